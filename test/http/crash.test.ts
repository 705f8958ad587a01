import { readdirSync, readFileSync } from 'node:fs';
import { createRequire, SourceMap } from 'node:module';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { tellBug } from '../../src/main.ts';
import { startApi, task } from '../support/api.ts';
import { runBinary } from '../support/run.ts';
import { ENDED } from '../support/tasks.ts';

/*
 * A crash of the built program is told at a line that stands in the sources, for whoever reads the report.
 */

const ROOT = resolve(import.meta.dirname, '../..');
const DIST = join(ROOT, 'dist');

/** The place in what is told of a bug, and what stands there. */
function placeIn(told: string): { place: string | undefined; code: string | undefined } {
  const [, place, file = '', line] = /, at (([^\s:]+):(\d+))\)/.exec(told) ?? [];
  const text = place === undefined ? '' : readFileSync(join(ROOT, file), 'utf8');
  return { place, code: text.split('\n')[Number(line) - 1] };
}

/** What the built program tells of an error of which that line and column of its file is the top of the stack. */
function tell(file: string, line: number, column: number): string {
  const { tellBug } = createRequire(import.meta.url)(join(DIST, 'main.cjs'));
  const error = new Error('boom');
  error.stack = `Error: boom\n    at ask (${join(DIST, file)}:${line}:${column})\n    at node:internal/timers:581:17`;
  let told = '';
  tellBug(error, { write: (text: string) => (told += text) });
  return told;
}

/** Gives the line of the sources where a place in a built file comes from, by the map beside it. */
function sourceLines(file: string): (place: { line: number; column: number }) => string | undefined {
  const map = new SourceMap(JSON.parse(readFileSync(join(DIST, `${file}.map`), 'utf8')));
  const texts = new Map<string, string[]>();
  return ({ line, column }) => {
    const found = map.findEntry(line - 1, column - 1);
    if (!('originalSource' in found)) return undefined;
    const path = join(DIST, found.originalSource);
    const lines = texts.get(path) ?? readFileSync(path, 'utf8').split('\n');
    texts.set(path, lines);
    return lines[found.originalLine];
  };
}

/** Every function of ours and of the packages in a built file, with where its name stands. */
function functionsOf(file: string): { name: string; line: number; column: number }[] {
  return readFileSync(join(DIST, file), 'utf8')
    .split('\n')
    .flatMap((text, index) => {
      const [before = '', name] = /^\s*(?:async )?function\*? (?=([\w$]+)\()/.exec(text) ?? [];
      return name === undefined ? [] : [{ name, line: index + 1, column: before.length + 1 }];
    });
}

describe('a crash of the built program', () => {
  it('is told where the sources have it', async () => {
    const api = await startApi();
    api.replies(task(ENDED.done));
    // It breaks once, a function of the language that the program makes text harmless with; told without it the bug could not be.
    const breaks =
      'f=String.prototype.toWellFormed;String.prototype.toWellFormed=()=>{String.prototype.toWellFormed=f;throw(Error(`boom`))}';
    const crash = `data:text/javascript,globalThis.${breaks}`;
    const { code, stderr } = await runBinary(['get', 'task-1'], { api, env: { NODE_OPTIONS: `--import ${crash}` } });
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /^error: extruct-task itself failed, which is a bug \(Error: boom, at src\/.*\.ts:\d+\); run it again/,
    );
    expect(placeIn(stderr).code).toContain('toWellFormed()');
  });

  it.each(readdirSync(DIST).filter((file) => file.endsWith('.cjs') && functionsOf(file).length > 0))(
    'is told at the right line for every function of %s',
    (file) => {
      const functions = functionsOf(file);
      // Where two files have a function of one name, the bundler numbers them.
      const isOf = (name: string, code: string | undefined) => code?.includes(name.replace(/\$\d+$/, '')) ?? false;
      const lineOf = sourceLines(file);
      expect(functions.filter((made) => !isOf(made.name, lineOf(made)))).toEqual([]);
      // What tells a bug reads the map anew each time, so it does that once.
      const [{ name, line, column } = expect.unreachable()] = functions;
      expect(placeIn(tell(file, line, column)).code).toSatisfy((code) => isOf(name, code));
    },
  );

  it('is told by the name of a file where it did not come from the program', () => {
    expect(tell('../test/http/crash.test.ts', 7, 1)).toContain('(Error: boom, at crash.test.ts:7)');
  });
});

it.each([
  ['EMFILE', 'This process may open too few files (EMFILE); run `ulimit -n 256`, and the command again'],
  ['ENOSPC', 'The disk is full (ENOSPC); free some space, and run the command again'],
])('%s, thrown anywhere, is what the machine refuses and no bug', (code, sentence) => {
  let told = '';
  tellBug(Object.assign(new Error('no'), { code }), { write: (text) => (told += text) });
  expect(told).toBe(`error: ${sentence}\n`);
});
