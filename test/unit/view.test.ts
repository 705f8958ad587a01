import { Chalk } from 'chalk';
import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import type { Progress } from '../../src/core/progress.ts';
import { liveView } from '../../src/render/view.ts';
import { ended, FAILURE, progress } from '../support/progress.ts';

const paint = new Chalk({ level: 0 });
const outage = { failure: FAILURE, attempt: 2, retryAt: 8000 };

function view(all: Progress | Progress[], columns: number, rows = 24, now = 3000): string[] {
  return liveView([all].flat(), now, { columns, rows }, paint);
}

describe('the live view of one task', () => {
  it('shows the funnel, the target, the time gone by and the time to the next poll', () => {
    expect(view(progress({}, { nextPollAt: 10_000 }), 77)).toEqual([
      'solar companies in Spain',
      'discovered 400 → enriched 200 → evaluated 100 → high-fit 25',
      '███████████████░░░░░░░░░░░░░░░  high-fit 25 of 50',
      'in progress · 3s · next poll in 7s',
    ]);
  });

  it('stacks the funnel where it is too wide', () => {
    expect(view(progress({}, { nextPollAt: 10_000 }), 27)).toEqual([
      'solar companies in Spain',
      'discovered  400',
      'enriched    200',
      'evaluated   100',
      '████░░░░  high-fit 25 of 50',
      '3s · poll in 7s',
    ]);
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

  it.each([
    [0, 0],
    [-5, 50],
    [80, 50],
    [1e300, 1],
  ])('copes with %d results of %d', (num_results, desired_num_results) => {
    expect(view(progress({ num_results, desired_num_results }), 80).join('\n')).toContain('high-fit');
  });

  it('gives up the least telling lines first where there are few rows', () => {
    const lines = view(progress({}, { nextPollAt: 10_000 }), 77, 2);
    expect(lines).toEqual(['solar companies in Spain', '███████████████░░░░░░░░░░░░░░░  high-fit 25 of 50']);
  });
});

describe('the live view of several tasks', () => {
  const three = [progress({ id: 'a' }), ended({ kind: 'done' }, { id: 'b', num_results: 50 }), progress({ id: 'c' }, { outage })];

  it('has a row for each', () => {
    expect(view(three, 77)).toEqual([
      '3 tasks · 1 ended · 3s',
      'task  state             discovered  enriched  evaluated  high-fit',
      'a     in_progress              400       200        100     25/50',
      'b     done                     400       200        100     50/50',
      'c     retrying                 400       200        100     25/50',
    ]);
  });

  it('keeps the high-fit results where there is little room', () => {
    expect(view(three, 40).slice(1, 3)).toEqual(['task  state             high-fit', 'a     in_progress          25/50']);
  });

  it('shows the running ones first where there are more tasks than rows, and counts the rest', () => {
    const all = [ended({ kind: 'done' }, { id: 'z' }), ...three];
    const lines = view(all, 40, 5);
    expect(lines.slice(2).map((line) => line.split(/ +/, 3).join(' '))).toEqual([
      'a in_progress 25/50',
      'c retrying 25/50',
      'and 2 more',
    ]);
  });
});

describe('any live view', () => {
  const text = fc.string({ unit: 'binary', maxLength: 60 });
  const task = fc.record({
    query: text,
    status: text.filter(Boolean),
    num_results: fc.integer(),
    num_results_discovered: fc.nat(),
    desired_num_results: fc.integer(),
  });
  const some = fc
    .record({ task: fc.option(task), outage: fc.option(fc.constant(outage)) })
    .map((made) => progress(made.task, { outage: made.outage, nextPollAt: 9000 }));

  it('is no wider and no higher than the screen, and holds nothing that acts', () => {
    fc.assert(
      fc.property(
        fc.array(some, { minLength: 1, maxLength: 5 }),
        fc.integer({ min: 1, max: 120 }),
        fc.integer({ min: 1, max: 12 }),
        (all, columns, rows) => {
          const lines = view(all, columns, rows);
          expect(lines.length).toBeLessThanOrEqual(rows);
          for (const line of lines) {
            expect(stringWidth(line)).toBeLessThanOrEqual(columns);
            expect(line).not.toMatch(/\p{Cc}/u);
          }
        },
      ),
    );
  });
});
