import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { startApi, task } from '../support/api.ts';
import { newFolder } from '../support/folder.ts';
import { ENDED } from '../support/tasks.ts';

const QUICK_WATCH = resolve(import.meta.dirname, '../support/quick-watch.cjs');

const FEW = 150;
const MANY = 700;

/** What may come to live with each poll, in bytes: less than the smallest closure, and so nothing. */
const MOST_KEPT = 32;

/** Machine code, and what V8 learns for it, live on the heap as well, and come when V8 likes. */
const NO_COMPILERS = ['--no-opt', '--no-maglev', '--no-sparkplug', '--no-lazy-feedback-allocation', '--no-flush-bytecode'];

const LOG_MAPS = ['--log-maps', '--no-log-maps-details', '--no-logfile-per-isolate'];

/** Watches for many polls, in a process of its own. Gives the bytes that live after a few and after all, and V8's log of hidden classes. */
async function watchLong(options: readonly string[]) {
  const api = await startApi();
  const moved = (poll: number) => task({ num_results_discovered: 400 + poll, num_results_enriched: 200 + Math.floor(poll / 3) });
  api.replies(...Array.from({ length: MANY + 1 }, (_, poll) => moved(poll)), task(ENDED.done));
  const log = join(newFolder(), 'maps.log');
  const flags = ['--expose-gc', ...NO_COMPILERS, ...LOG_MAPS, `--logfile=${log}`];
  const { stdout } = await promisify(execFile)(process.execPath, [...flags, QUICK_WATCH, api.url, `${FEW},${MANY}`, ...options]);
  return { ...(JSON.parse(stdout) as { ending: number; alive: number[] }), maps: readFileSync(log, 'utf8') };
}

/** How often each hidden class was made, by line and member. */
function timesMade(maps: string): Map<string, number> {
  const made = new Map<string, number>();
  for (const [, line, name] of maps.matchAll(/^map,Transition,(?:[^,]*,){4}(\d+,\d+),[^,]*,(.*)$/gm)) {
    made.set(`${name} at ${line}`, (made.get(`${name} at ${line}`) ?? 0) + 1);
  }
  return made;
}

describe('a long watch', () => {
  it('keeps nothing of its polls, and makes no hidden classes with them', async () => {
    const { ending, alive, maps } = await watchLong(['--json', '--progress', 'live']);
    expect(ending).toBe(0);
    const [few = 0, many = Number.POSITIVE_INFINITY] = alive;
    expect((many - few) / (MANY - FEW)).toBeLessThan(MOST_KEPT);
    // In Node.js 20 a literal that begins with a spread and adds members makes new ones each time (docs/performance.md).
    const made = timesMade(maps);
    expect(made.size).toBeGreaterThan(100);
    expect([...made].filter(([, times]) => times >= MANY - FEW)).toEqual([]);
  });
});
