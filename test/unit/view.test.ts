import { Chalk } from 'chalk';
import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { forecastOf } from '../../src/core/forecast.ts';
import { type History, remember } from '../../src/core/forecast-history.ts';
import { advance, begin, type Progress } from '../../src/core/progress.ts';
import { liveView } from '../../src/render/view.ts';
import { anyText } from '../support/any-text.ts';
import { answer, ended, FAILURE, progress } from '../support/progress.ts';
import { snapshot } from '../support/tasks.ts';

const paint = new Chalk({ level: 0 });
const outage = { failure: FAILURE, attempt: 2, retryAt: 8000 };
const MINUTE = 60_000;

function view(all: Progress | Progress[], columns: number, rows = 24, now = 3000, unicode = true): string[] {
  return liveView([all].flat(), now, { columns, rows, unicode }, paint);
}

/** A task that was polled every ten seconds, with so many high-fit results each time, of which each took four evaluations. */
function polled(counts: readonly number[], changes: Readonly<Record<string, unknown>> = {}): Progress {
  let history: History | null = null;
  return counts.reduce(
    (before, num_results, index) => {
      const fields = { num_results, num_results_evaluated: 4 * num_results, ...changes };
      history = remember(history, snapshot(fields), index * 10_000);
      const more = { changedAt: 10_000 * counts.indexOf(num_results), forecast: forecastOf(history) };
      return advance(before, answer(fields, index * 10_000, more));
    },
    begin('task-1', 0),
  );
}

const midway = polled([0, 2, 3, 3, 8, 11, 14, 14, 17, 25]);

describe('the live view of one task', () => {
  it.each([20, 40, 80, 120, 200])('on %i columns', async (columns) => {
    const lines = view(midway, columns - 3, 22, 93_000);
    await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot(`../views/task-${columns}.txt`);
  });

  it('shows that it is asking before the first answer', () => {
    expect(view(progress(null), 40)).toEqual(['task-1', 'asking · 3s']);
  });

  it('shows an outage with its countdown, in place of the next poll', () => {
    expect(view(progress({}, { outage, nextPollAt: 8000 }), 77).slice(-2)).toEqual([
      'retrying · 3s',
      'try 3 in 5s: The API answered 502 Bad Gateway',
    ]);
  });

  it('tells the time left, and nothing in its place where that is unknown', () => {
    expect(view(polled([0, 10, 20, 30, 40, 49]), 77, 24, 50_000).join('\n')).toMatch(/min · under a minute left$/m);
    expect(view(polled([0, 10, 10, 10, 10, 10]), 77, 24, 50_000).join('\n')).toMatch(/min$/m);
  });

  it('tells when nothing moves any more', () => {
    const still = polled([25, 25, 25]);
    expect(view(still, 77, 24, MINUTE - 1).at(-1)).toMatch(/^in progress/);
    expect(view(still, 77, 24, 4 * MINUTE).at(-1)).toBe('no change for 4m');
  });

  it.each([
    ['the target was raised from 50 to 80', { desired_num_results: 80 }],
    ['the target was lowered from 50 to 8', { desired_num_results: 8 }],
    ['the counters fell: the task started over', { num_results_discovered: 3 }],
  ])('tells that %s', (words, changes) => {
    const next = advance(midway, answer(changes, 100_000));
    expect(view(next, 77, 24, 100_000).at(-1)).toBe(words);
  });

  it('tells how many are still to be scored once the sources are exhausted', () => {
    const settling = advance(midway, answer({ is_exhausted: true, num_results_evaluated: 137 }, 100_000));
    expect(view(settling, 77, 24, 100_000).at(-1)).toBe('sources exhausted, 63 still to be scored');
    const scored = advance(settling, answer({ is_exhausted: true, num_results_evaluated: 200 }, 110_000));
    expect(view(scored, 77, 24, 110_000).join('\n')).not.toContain('to be scored');
  });

  it.each([
    [0, 0],
    [-5, 50],
    [80, 50],
    [1e300, 1],
  ])('copes with %d results of %d', (num_results, desired_num_results) => {
    expect(view(progress({ num_results, desired_num_results }), 80).join('\n')).toContain('target');
  });

  it('gives up the least telling lines first where there are few rows', () => {
    expect(view(midway, 40, 2, 93_000).map((line) => line.split(' ')[0])).toEqual(['solar', 'target']);
    expect(view(midway, 40, 4, 93_000).map((line) => line.split(' ')[0])).toEqual(['solar', 'target', 'pace', 'in']);
  });
});

describe('the live view of several tasks', () => {
  const three = [
    progress({ id: 'a' }, { nextPollAt: 9000 }),
    ended({ kind: 'done' }, { id: 'b', num_results: 50 }),
    progress({ id: 'c' }, { outage }),
  ];

  it.each([20, 40, 80, 120, 200])('on %i columns', async (columns) => {
    await expect(`${view(three, columns - 3).join('\n')}\n`).toMatchFileSnapshot(`../views/tasks-${columns}.txt`);
  });

  it('shows how many are still to be scored of one whose sources are exhausted', () => {
    const dry = progress({ id: 'dry', is_exhausted: true, num_results_evaluated: 137 });
    expect(view([dry, ...three], 80).join('\n')).toMatch(/^dry +63 to score /m);
  });

  it('shows those in trouble first, then the running ones, where there are more tasks than rows', () => {
    const all = [ended({ kind: 'done' }, { id: 'z' }), ...three, ended({ kind: 'failed' }, { id: 'y' })];
    const lines = view(all, 40, 6);
    expect(lines.slice(2).map((line) => line.split(/ +/, 2).join(' '))).toEqual([
      'y failed',
      'c retrying',
      'a in_progress',
      'and 2',
    ]);
  });
});

describe('the row of a task', () => {
  it.each([6, 12, 18])('fits where its state is %i characters of double width', (length) => {
    const wide = { status: '漢'.repeat(length), num_results: 123_456, desired_num_results: 123_456_789 };
    const all = [progress(wide), progress({})];
    for (let columns = 10; columns <= 80; columns += 1) {
      for (const line of view(all, columns)) expect(stringWidth(line)).toBeLessThanOrEqual(columns);
    }
  });
});

describe('any live view', () => {
  const text = anyText({ maxLength: 60 });
  const status = text.filter((words) => words !== '');
  const task = fc.record({
    query: text,
    status,
    num_results: fc.integer(),
    num_results_discovered: fc.nat(),
    desired_num_results: fc.integer(),
  });
  const some = fc.record({ tasks: fc.array(task, { maxLength: 8 }), isOut: fc.boolean() }).map(({ tasks, isOut }) => ({
    ...tasks.reduce((before, changes, index) => advance(before, answer(changes, index * 9000)), begin('task-1', 0)),
    ...(isOut ? { outage } : {}),
  }));

  it('is no wider and no higher than the screen, and holds nothing that acts', () => {
    fc.assert(
      fc.property(
        fc.array(some, { minLength: 1, maxLength: 5 }),
        fc.integer({ min: 1, max: 300 }),
        fc.integer({ min: 1, max: 12 }),
        fc.boolean(),
        (all, columns, rows, unicode) => {
          const lines = view(all, columns, rows, 100_000, unicode);
          expect(lines.length).toBeLessThanOrEqual(rows);
          for (const line of lines) {
            expect(stringWidth(line)).toBeLessThanOrEqual(columns);
            expect(line).not.toMatch(unicode ? /\p{Cc}/u : /[^ -~]/);
          }
        },
      ),
    );
  });
});
