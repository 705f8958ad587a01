import { Chalk } from 'chalk';
import { describe, expect, it } from 'vitest';
import type { Outcome } from '../../src/core/outcome.ts';
import { endLine } from '../../src/render/end-line.ts';
import { ended, FAILURE } from '../support/progress.ts';
import { ENDED } from '../support/tasks.ts';

const ID = '0b6f7f0e-8b7c-4b1c-9d53-6a4b0d7f1c2e';
const COMMAND = `extruct-task watch ${ID}`;
const STOPPED = { kind: 'interrupted', signal: 'SIGINT', reason: { what: 'Stopped', fix: 'run it again' } } as const;

/** The last lines of a watch of so many columns that took four minutes, in 20 polls. */
function lines(
  all: readonly ReturnType<typeof of>[],
  columns = 120,
  command = COMMAND,
  unicode = true,
  isSpoken = false,
): string[] {
  const end = {
    command,
    meanwhile: all.length > 1 ? 'they go on' : 'it goes on',
    columns,
    unicode,
    isSpoken,
    now: 241_000,
    startedAt: 0,
  };
  return endLine(all, end, new Chalk({ level: 0 }))
    .split('\n')
    .slice(0, -1);
}

function of(outcome: Outcome, task: Readonly<Record<string, unknown>> | null = {}, polls = 20) {
  return { ...ended(outcome, task), polls, answeredAt: 241_000 };
}

describe('the last line of a watch', () => {
  it.each([
    ['✓ done: 50 of 50 high-fit in 4m 1s', of({ kind: 'done' }, ENDED.done)],
    ['✓ done: 50 of 50 high-fit', of({ kind: 'done' }, ENDED.done, 1)],
    ['✓ num_results>=20 holds: 25 of 50 high-fit in 4m 1s', of({ kind: 'condition_met', condition: 'num_results>=20' })],
    [
      '✗ failed after 4m 1s: source_unavailable',
      of({ kind: 'failed' }, { error: { code: 'source_unavailable' }, status: 'failed' }),
    ],
    ['✗ failed after 4m 1s at 25 of 50 high-fit', of({ kind: 'failed' }, { status: 'failed' })],
    ['○ exhausted: 31 of 50 high-fit in 4m 1s', of({ kind: 'exhausted' }, ENDED.exhausted)],
    ['○ exhausted: 31 of 50 high-fit in 4m 1s, 3 not scored', of({ kind: 'exhausted', unscored: 3 }, ENDED.exhausted)],
    ['■ stopped at 25 of 50 high-fit; it goes on', of(STOPPED)],
    ['■ stopped; it goes on', of(STOPPED, null)],
    ['■ timed out at 25 of 50 high-fit; it goes on', of({ kind: 'timed_out', reason: STOPPED.reason })],
    ['✗ stalled at 25 of 50 high-fit: no change for 10m', of({ kind: 'stalled', unchangedMs: 600_000 })],
    ['✗ unreachable for 0s, last seen at 25 of 50 high-fit', of({ kind: 'unreachable', failure: FAILURE })],
    ['✗ not found', of({ kind: 'not_found', failure: FAILURE }, null)],
  ])('%s', (words, progress) => {
    const [line = '', ...others] = lines([progress]);
    expect(others).toEqual([]);
    expect(line.startsWith(words)).toBe(true);
    // The commands stand below each other where the words leave room for that.
    expect(line.slice(words.length)).toBe(' '.repeat(Math.max(47 - words.length, 3)) + COMMAND);
  });

  it('of several tasks tells how each stands', () => {
    const all = [of({ kind: 'done' }, ENDED.done), of({ kind: 'failed' }, ENDED.failed), of({ kind: 'done' }, ENDED.done)];
    expect(lines(all, 80, '')).toEqual(['✗ 3 tasks in 4m 1s: 2 done, 1 failed']);
    expect(lines([of({ kind: 'done' }, ENDED.done), of(STOPPED)], 80, '')).toEqual([
      '■ 2 tasks in 4m 1s: 1 done, 1 interrupted; they go on',
    ]);
  });

  it('of several has the mark of the one that decides the exit code', () => {
    const ends = [of({ kind: 'exhausted' }, ENDED.exhausted), of({ kind: 'failed' }, ENDED.failed)];
    expect(lines(ends, 80, '')).toEqual(['✗ 2 tasks in 4m 1s: 1 exhausted, 1 failed']);
    expect(lines([...ends, of(STOPPED)], 80, '')[0]).toMatch(/^■ 3 tasks in 4m 1s: /);
  });

  it('keeps the command whole on a narrow screen, on a line of its own', () => {
    expect(lines([of(STOPPED)], 60)).toEqual(['■ stopped at 25 of 50 high-fit; it goes on', COMMAND]);
    expect(lines([of(STOPPED)], 20)).toEqual(['■ stopped at 25 of', '  50 high-fit; it', '  goes on', COMMAND]);
  });

  it('has no mark where it is heard, and the command on a line of its own', () => {
    expect(lines([of({ kind: 'done' }, ENDED.done)], 120, COMMAND, true, true)).toEqual([
      'done: 50 of 50 high-fit in 4m 1s',
      COMMAND,
    ]);
    expect(lines([of(STOPPED)], 20, '', true, true)).toEqual(['stopped at 25 of 50', 'high-fit; it goes on']);
  });

  it('is ASCII where there is nothing else', () => {
    const failed = of({ kind: 'failed' }, { status: 'failed', error: { code: 'Quelle überlastet' } });
    expect(lines([failed], 120, '', false)).toEqual(['x failed after 4m 1s: Quelle uberlastet']);
  });
});
