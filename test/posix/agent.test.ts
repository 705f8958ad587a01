import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { startSandbox } from '../../src/sandbox/index.ts';
import { runBinary } from '../support/run.ts';

/*
 * A coding agent, as docs/agents.md has it: its calls are killed, at any moment, and it makes them again.
 */

/** How long the calls of an agent may take before they are killed, in milliseconds: within the start, a request, a wait; then no limit. */
const LIMITS = [40, 150, 250, 400, null];

it('an agent whose calls are killed at any moment pays for one task, and has all of its results', async () => {
  const sandbox = await startSandbox({ speed: 100 });
  onTestFinished(() => sandbox.close());
  const folder = mkdtempSync(join(tmpdir(), 'extruct-task-agent-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const env = { EXTRUCT_API_URL: sandbox.url, EXTRUCT_API_TOKEN: sandbox.token };

  /** Makes a call until one is not killed and does not say 8, which means to look again. */
  const call = async (...args: readonly string[]) => {
    for (let attempt = 0; ; attempt++) {
      const limit = LIMITS[Math.min(attempt, LIMITS.length - 1)] ?? null;
      const onStart = (pid: number) => {
        if (limit !== null) setTimeout(() => kill(pid), limit);
      };
      const ran = await runBinary(args, { env, onStart });
      if (ran.died === null && ran.code !== 8) return ran;
    }
  };

  const created = await call('create', 'breweries that sell malt', '--desired', '20', '--reuse', '24h');
  expect(created.code).toBe(0);
  const id = created.stdout.trim();
  const watched = await call('watch', id, '--for', '1s', '--json', '--final');
  expect(watched.json).toMatchObject([{ id, outcome: 'done', exit_code: 0 }]);
  const file = join(folder, 'companies.ndjson');
  expect((await call('results', id, '--high-fit', '-o', file)).code).toBe(0);
  const companies = readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { id: string });
  expect(new Set(companies.map((company) => company.id)).size).toBe(watched.json[0]?.num_results);

  const listed = await call('list', '--json', '--search', 'breweries that sell malt');
  expect(listed.stdout.match(/"query"/g)).toHaveLength(1);
});

/** A process that has ended by then is no fault. */
function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {}
}
