import { Chalk } from 'chalk';
import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { forecastOf } from '../../src/core/forecast.ts';
import { type History, remember } from '../../src/core/forecast-history.ts';
import type { Outcome } from '../../src/core/outcome.ts';
import { advance, begin, type Progress } from '../../src/core/progress.ts';
import { liveView } from '../../src/render/view.ts';
import { widthOf } from '../../src/render/width.ts';
import { anyText } from '../support/any-text.ts';
import { answer, ended, FAILURE, progress } from '../support/progress.ts';
import { companies, ENDED, snapshot, wireResult } from '../support/tasks.ts';

const paint = new Chalk({ level: 0 });
const outage = { failure: FAILURE, attempt: 2, retryAt: 97_000 };
const MINUTE = 60_000;

/** The view's lines on a screen of so many columns and rows, of which one is the cursor's. */
function view(all: Progress | Progress[], columns: number, rows = 24, now = 93_000, unicode = true): string[] {
  const [first = '', ...others] = liveView([all].flat(), now, { columns, rows: rows - 1, unicode }, paint);
  return [first.replace(/^ /, unicode ? '⠸' : '/'), ...others];
}

/** A task that was polled every ten seconds, with so many high-fit results each time, of which each took two evaluations. */
function polled(counts: readonly number[], changes: Readonly<Record<string, unknown>> = {}): Progress {
  let history: History | null = null;
  return counts.reduce(
    (before, num_results, index) => {
      const counters = {
        num_results_discovered: 170 + 4 * Math.max(0, num_results - 27),
        num_results_enriched: 61 + 2 * Math.max(0, num_results - 27),
        num_results_evaluated: 2 * num_results - 1,
      };
      const fields = { ...counters, num_results, ...changes };
      history = remember(history, snapshot(fields), index * 10_000);
      const more = { changedAt: 10_000 * counts.indexOf(num_results), forecast: forecastOf(history) };
      return advance(before, answer(fields, index * 10_000, more));
    },
    begin('task-1', 0),
  );
}

const QUERY = 'climate-tech companies in Europe that sell to industry';
const timeLeft = { fromMs: 80_000, toMs: 180_000, about: 2 };
const midway: Progress = { ...polled([0, 2, 3, 3, 8, 11, 14, 14, 17, 27], { query: QUERY }), timeLeft };
const best = companies(
  wireResult(0, { company_name: 'Wärmewerk GmbH', hq_country: 'Germany', relevance: 98 }),
  wireResult(1, { company_name: '株式会社ヒートポンプ', hq_country: 'Japan', relevance: 95 }),
  wireResult(2, { company_name: 'Thermo', hq_country: 'The United Kingdom of Great Britain', relevance: null }),
);

/** A task of several: `id` and query, with other changes to its object. */
function named(query: string | null, id: string, changes: Readonly<Record<string, unknown>> = {}, more: Partial<Progress> = {}) {
  return progress({ id, query, ...changes }, { changedAt: 60_000, nextPollAt: 95_000, ...more });
}

function endedTask(query: string, id: string, outcome: Outcome, changes: Readonly<Record<string, unknown>>): Progress {
  return { ...ended(outcome, { id, query, ...changes }), polls: 20, answeredAt: 81_000 };
}

const several = [
  endedTask('heat-pump makers in France', 'fr-1', { kind: 'done' }, ENDED.done),
  endedTask('solar installers in Spain', 'es-1', { kind: 'failed' }, { status: 'failed', error: { code: 'source_unavailable' } }),
  named('vertical SaaS for freight', 'saas-1', { num_results: 31 }, { timeLeft }),
  endedTask('bakeries with a mill of their own', 'mill-1', { kind: 'exhausted', unscored: 3 }, ENDED.exhausted),
  named('breweries that sell malt', 'malt-1', { num_results: 40 }, { outage }),
  named('makers of satellites', 'sat-1', { num_results: 12 }, { changedAt: 3000 }),
  named('dairies that deliver', 'milk-1', { is_exhausted: true, num_results_evaluated: 137 }),
  named('vertical SaaS for freight', 'saas-2', { num_results: 1, desired_num_results: 250 }),
  begin('not-answered-yet', 0),
];

describe.each([20, 40, 60, 80, 120, 200])('on %i columns', (columns) => {
  it('the view looks as in its file, at each height', async () => {
    const kinds = [
      ['one task', midway],
      ['one in an outage, with its best companies', { ...midway, outage, best }],
      ['several tasks', several],
    ] as const;
    const pictures = kinds.flatMap(([kind, all]) =>
      [4, 6, 10, 24].map((rows) => `${rows} rows: ${kind}\n\n${view([all].flat(), columns, rows).join('\n')}\n`),
    );
    await expect(pictures.join('\n\n')).toMatchFileSnapshot(`../views/${columns}-columns.txt`);
  });
});

describe('the live view of one task', () => {
  it('has its form, without figures, before the first answer', () => {
    expect(view(begin('task-1', 90_000), 80)).toEqual([
      '⠸ task-1                                                                      3s',
      '                         ────────────────────────────',
      '',
      '  discovered',
      '  enriched',
      '  evaluated',
      '  high-fit',
      '                                                   awaiting an answer',
    ]);
  });

  it.each([
    ['! the target was raised to 80', { desired_num_results: 80 }],
    ['! the target was lowered to 8', { desired_num_results: 8 }],
    ['! the counters fell: the task started over', { num_results_discovered: 3 }],
    ['… sources exhausted, 8 still to be scored', { is_exhausted: true }],
  ])('tells what is odd: %s', (words, changes) => {
    const counters = { num_results_discovered: 170, num_results_enriched: 61, num_results_evaluated: 53 };
    const next = advance(midway, answer({ ...counters, ...changes }, 100_000));
    expect(view(next, 80, 24, 100_000).at(-1)).toBe(words);
  });

  it('tells the time left, and nothing in its place where that is unknown', () => {
    expect(view(polled([0, 10, 20, 30, 40, 49]), 80, 24, 50_000)[1]).toMatch(/ 98% {5}under 2 min left$/);
    expect(view(polled([0, 10, 10, 10, 10, 10]), 80, 24, 50_000)[1]).toMatch(/ 20%$/);
  });

  it('keeps a blank before the largest figure', () => {
    const huge = advance(midway, answer({ num_results_discovered: 301_605_000 }, 100_000));
    expect(view(huge, 80, 24, 100_000).join('\n')).toContain('discovered 301605000 ');
  });

  it('tells when nothing moves any more', () => {
    const still = polled([25, 25, 25]);
    expect(view(still, 77, 24, MINUTE - 1).at(-1)).not.toContain('no change');
    expect(view(still, 77, 24, 4 * MINUTE).at(-1)).toBe('… no change for 4m');
  });

  it('tells what is odd in fewer words on a narrow screen, and cuts no sentence', () => {
    const odd = { ...midway, outage, surprise: { kind: 'target', from: 50, to: 80 } as const };
    const oddities = [80, 40, 28, 20].map((columns) => view(odd, columns, 12).slice(-2));
    expect(oddities).toEqual([
      ['! 502 Bad Gateway, again in 4s (try 3)', '! the target was raised to 80'],
      ['! 502 Bad Gateway, again in 4s (try 3)', '! the target was raised to 80'],
      ['! again in 4s (try 3)', '! target raised to 80'],
      ['! again in 4s', '! target now 80'],
    ]);
  });

  it('keeps high-fit against the target on the lowest screen', () => {
    expect(view(midway, 40, 2)).toEqual([expect.stringMatching(/^⠸ 27\/50 /)]);
    expect(view(midway, 40, 3)).toEqual([expect.stringMatching(/^⠸ climate/), expect.stringMatching(/^ {2}27\/50 /)]);
  });

  it.each([40, 46, 60, 70, 80, 120])('keeps its columns from the first frame to the last, on %i columns', (columns) => {
    const counts = [0, 1, 9, 27, 99, 100, 480, 999];
    const run = counts.map((num_results, index) =>
      polled(counts.slice(0, index + 1), {
        query: QUERY,
        desired_num_results: 1000,
        num_results_discovered: 10 * num_results + 1,
        num_results_enriched: 5 * num_results + 1,
        num_results_evaluated: 2 * num_results + 1,
      }),
    );
    const places = [begin('task-1', 0), ...run].map((moment, index) => {
      const lines = view(moment, columns, 24, index * 10_000);
      const goal = lines[1] ?? '';
      const figures = lines.slice(2).map((line) => /^ {2}[a-z-]+ +\d*/.exec(line)?.[0].length ?? 0);
      return {
        lines: lines.length,
        bar: goal.search(/[━╸─]/),
        barEnds: goal.length - [...goal].reverse().join('').search(/[━╸─]/),
        blocks: lines.slice(3, 7).map((line) => line.indexOf('▆')),
        figures,
        shares: lines.slice(4, 7).map((line) => line.indexOf('% of')),
        next: lines[7]?.search(/next check|awaiting/),
      };
    });
    const [, second, ...others] = places;
    for (const key of ['lines', 'bar', 'barEnds', 'next'] as const) {
      expect(new Set(places.map((place) => place[key])).size).toBe(1);
    }
    for (const place of others) expect(place).toEqual({ ...second, ...place, figures: second?.figures });
  });
});

describe('the live view of several tasks', () => {
  const states: readonly (readonly [Outcome | null, Readonly<Record<string, unknown>>])[] = [
    [null, {}],
    [{ kind: 'done' }, ENDED.done],
    [{ kind: 'failed' }, ENDED.failed],
    [{ kind: 'exhausted' }, ENDED.exhausted],
    [{ kind: 'condition_met', condition: 'num_results>=20' }, {}],
    [{ kind: 'stalled', unchangedMs: 60_000 }, {}],
    [{ kind: 'unreachable', failure: FAILURE }, {}],
    [{ kind: 'not_found', failure: FAILURE }, {}],
    [{ kind: 'interrupted', signal: 'SIGINT', reason: { what: 'Stopped', fix: 'run it again' } }, {}],
  ];
  const queries = [
    'the same',
    null,
    '日本の会社 日本の会社 日本の会社',
    'שלום עולם ירושלים',
    '👩🏽‍🌾 farms 🇪🇸 👨‍👩‍👧',
    'soft\u00adhyphen',
    '',
  ];

  /** So many tasks, in all states and with all kinds of queries. */
  function many(number: number): Progress[] {
    return Array.from({ length: number }, (_, index) => {
      const [outcome, changes] = states[index % states.length] ?? [null, {}];
      const task = { id: `task-${index}`, query: queries[index % queries.length] ?? null, ...changes };
      const odd = outcome === null && index % 2 === 1 ? { outage } : {};
      return outcome === null ? progress(task, { changedAt: 60_000, ...odd }) : ended(outcome, task);
    });
  }

  it.each([5, 30, 200])(
    'counts every one of %i tasks in its head, at every width, and is no larger than the screen',
    (number) => {
      const all = many(number);
      for (let columns = 20; columns <= 200; columns += number > 100 ? 9 : 2) {
        const lines = view(all, columns, 4 + (columns % 30));
        expect(lines.length).toBeLessThanOrEqual(3 + (columns % 30));
        for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(columns);
        const [head = ''] = lines[0]?.split(/ {3,}(?=\d+ of|\d+m)/) ?? [];
        const counts = head.replace(/^⠸ (?:\d+ tasks)?/, '').match(/\d+/g) ?? [];
        expect(counts.reduce((sum, count) => sum + Number(count), 0)).toBe(number);
      }
    },
  );

  it('shows what may want a person first, and what failed, is exhausted or done after what runs', () => {
    const marks = view(several, 80, 24).map((line) => line[0]);
    expect(marks).toEqual(['⠸', '!', '…', ' ', ' ', ' ', ' ', '✗', '○', '✓']);
    const low = view(many(200), 80, 24).slice(1, -1);
    expect(low.filter((line) => /^[✗○✓■]/.test(line))).toEqual([]);
  });

  it('tells why a time left has risen: another target, a fresh start', () => {
    const rows = ([{ kind: 'target', from: 50, to: 75 }, { kind: 'restart' }] as const).map(
      (surprise) => view([named('a', 'a-1', {}, { surprise }), named('b', 'b-1')], 100)[1],
    );
    expect(rows).toEqual([expect.stringMatching(/^! a .*target now 75/), expect.stringMatching(/^! a .*started over/)]);
  });

  it('counts what it has no rows for', () => {
    expect(view(several, 80, 6).at(-1)).toBe('  and 6 more: 3 running, 1 failed, 1 exhausted, 1 done');
  });

  it('tells tasks of equal names apart by as much of their IDs as that takes', () => {
    const names = (ids: readonly string[], columns: number) =>
      view(
        ids.map((id) => named('vertical SaaS for freight', id)),
        columns,
      )
        .slice(1)
        .map((line) => line.slice(2, line.search(/ +25\/50/)));
    expect(names(['0b6f7f0e-1', '0b70aaaa-2', 'ffff0000-3'], 100)).toEqual([
      'vertical SaaS for freight (0b6f)',
      'vertical SaaS for freight (0b70)',
      'vertical SaaS for freight (ffff)',
    ]);
    expect(names(['climate-search-1', 'climate-search-2'], 40)).toEqual(['vertic… (…1)', 'vertic… (…2)']);
    expect(names(['a', 'a-b'], 100)).toEqual(['vertical SaaS for freight (a)', 'vertical SaaS for freight (a-b)']);
  });

  it('keeps its columns while the tasks move', () => {
    const places = [0, 7, 99, 250].map((num_results) => {
      const row = view([named('a', 'a', { num_results, desired_num_results: 250 }), named('b', 'b')], 80)[1] ?? '';
      return [row.indexOf('/250') + 4, row.search(/[━╸─]/)];
    });
    expect(new Set(places.map(String)).size).toBe(1);
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
    desired_num_results: fc.oneof(fc.integer(), fc.constantFrom(0, 1e300, -1e300, 0.5)),
  });
  const some = fc
    .record({ tasks: fc.array(task, { maxLength: 8 }), isOut: fc.boolean(), name: text })
    .map(({ tasks, isOut, name }) => ({
      ...tasks.reduce((before, changes, index) => advance(before, answer(changes, index * 9000)), begin('task-1', 0)),
      ...(isOut ? { outage: { ...outage, failure: { ...FAILURE, what: name } } } : {}),
      best: companies(wireResult(1, { company_name: name, hq_country: name, relevance: 1e300 })),
    }));

  it('is no wider and no higher than the screen, and holds nothing that acts', () => {
    fc.assert(
      fc.property(
        fc.array(some, { minLength: 1, maxLength: 5 }),
        fc.integer({ min: 12, max: 300 }),
        fc.integer({ min: 2, max: 16 }),
        fc.boolean(),
        (all, columns, rows, unicode) => {
          const lines = view(all, columns, rows, 100_000, unicode);
          expect(lines.length).toBeLessThan(rows);
          for (const line of lines) {
            expect(Math.max(widthOf(line), stringWidth(line))).toBeLessThanOrEqual(columns);
            expect(line).not.toMatch(unicode ? /[\p{Cc}\p{Cf}]/u : /[^ -~]/);
          }
        },
      ),
    );
  });
});
