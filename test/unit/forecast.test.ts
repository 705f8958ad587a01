import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Goal } from '../../src/core/condition.ts';
import { chanceBy, type Forecast, forecastOf, hazardAt } from '../../src/core/forecast.ts';
import { type History, remember } from '../../src/core/forecast-history.ts';
import { type TimeLeft, timeLeft } from '../../src/core/forecast-said.ts';
import { advance, begin, type Progress, timeLeftOf } from '../../src/core/progress.ts';
import { timeLeftWords } from '../../src/render/time-left.ts';
import { answer, FAILURE } from '../support/progress.ts';
import { snapshot } from '../support/tasks.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;

const results = (...counts: number[]): Goal[] => counts.map((count) => ({ counter: 'highFit', count }));

/** An end that is so far, more or less surely. */
function endIn(medianMs: number, shape = 8): Forecast {
  return { at: 0, ageMs: 30 * MINUTE, ends: [{ medianMs, shape, chance: 1 }], isTold: true, surprise: 0 };
}

function wordsOf(left: TimeLeft | null): string | null {
  return left && timeLeftWords(left);
}

type Fields = Readonly<Record<string, unknown>>;

/** What is foreseen of a task that was asked for every 10 s for so long; `at` gives its fields after so many seconds. */
function foreseen(forMs: number, at: (seconds: number) => Fields, goals: readonly Goal[] = []): Forecast {
  let history: History | null = null;
  for (let now = 0; now <= forMs; now += 10 * SECOND) history = remember(history, snapshot(at(now / SECOND)), now, goals);
  return forecastOf(history as History);
}

function numbersIn({ ends }: Forecast): number[] {
  return ends.flatMap(({ chance, medianMs, shape }) => [chance, medianMs, shape]);
}

/** Evaluates one candidate a second, of which one in ten fits, and has candidates in plenty. */
const steady = (seconds: number): Fields => ({
  num_results_discovered: 1000 + 4 * seconds,
  num_results_enriched: 1000 + 2 * seconds,
  num_results_evaluated: seconds,
  num_results: Math.floor(seconds / 10),
});

/** The same, with 200 candidates in all, all of them enriched after 100 s. */
const drying = (seconds: number): Fields => ({
  num_results_discovered: 400,
  num_results_enriched: Math.min(200, 2 * seconds),
  num_results_evaluated: Math.min(200, seconds),
  num_results: Math.min(20, Math.floor(seconds / 10)),
});

const NOTHING: Fields = { num_results_enriched: 0, num_results_evaluated: 0, num_results: 0 };

describe('the end that is foreseen', () => {
  it.each([
    ['the target, at the pace of the evaluations', foreseen(400 * SECOND, steady), 100],
    ['what --until waits for, if that comes first', foreseen(400 * SECOND, steady, results(45, 60)), 50],
    [
      'what --until waits for of another counter, if that comes first',
      foreseen(400 * SECOND, steady, [{ counter: 'evaluated', count: 460 }]),
      60,
    ],
    [
      'what --until waits for of the candidates, before any is evaluated',
      foreseen(100 * SECOND, (s) => ({ ...NOTHING, num_results_discovered: 4 * s }), [{ counter: 'discovered', count: 600 }]),
      50,
    ],
    [
      'the end of the queue, once the sources are exhausted',
      foreseen(150 * SECOND, (s) => ({ ...drying(s), is_exhausted: s >= 100 })),
      50,
    ],
  ])('is %s', (_what, forecast, seconds) => {
    expect(forecast.isTold).toBe(true);
    expect(chanceBy(forecast, seconds * SECOND * 0.6)).toBeLessThan(0.25);
    expect(chanceBy(forecast, seconds * SECOND * 1.5)).toBeGreaterThan(0.75);
  });

  it.each([
    ['after the first answer', foreseen(0, steady)],
    ['before anything is evaluated', foreseen(5 * MINUTE, () => ({ num_results_evaluated: 0, num_results: 0 }))],
    ['where the sources have long been silent and the queue does not reach the target', foreseen(3 * MINUTE, drying)],
    [
      'where these do not reach what --until waits for either',
      foreseen(3 * MINUTE, drying, [{ counter: 'evaluated', count: 400 }]),
    ],
    [
      'where nothing is known of when --until is met',
      foreseen(5 * MINUTE, (s) => ({ ...steady(s), num_results_discovered: 600 }), [{ counter: 'discovered', count: 700 }]),
    ],
    ['once the target is reached and the task runs on', foreseen(10 * MINUTE, (s) => ({ ...steady(s), num_results: 50 }))],
  ])('is not told %s', (_when, forecast) => {
    expect(timeLeft(forecast, forecast.at, null)).toBeNull();
  });

  it('is what --until waits for of the candidates, at their pace since the task began anew', () => {
    const anew = (seconds: number) => (seconds < 400 ? 500 : 3 * (seconds - 400));
    const candidates: Goal[] = [{ counter: 'discovered', count: anew(850) }];
    const { ends } = foreseen(800 * SECOND, (s) => ({ ...NOTHING, num_results_discovered: anew(s) }), candidates);
    expect(ends).toHaveLength(1);
    expect(ends[0]?.medianMs).toBeLessThan(1.5 * 50 * SECOND);
  });

  it('is at the pace of a counter that --until waits for, however far, and the less sure the less has come', () => {
    const atPace = (count: number) =>
      foreseen(3 * MINUTE, (s) => ({ ...NOTHING, num_results_discovered: Math.floor(s / 20) }), [
        { counter: 'discovered', count },
      ]);
    expect(chanceBy(atPace(600), 600 * 20 * SECOND)).toBeGreaterThan(0.4);
    expect(chanceBy(atPace(600), 600 * 20 * SECOND)).toBeLessThan(0.6);
    expect(atPace(600).ends[0]?.shape).toBeGreaterThan(2);
    expect(
      foreseen(MINUTE, (s) => ({ ...NOTHING, num_results_discovered: Math.floor(s / 20) }), [
        { counter: 'discovered', count: 600 },
      ]).ends[0]?.shape,
    ).toBeLessThan(atPace(600).ends[0]?.shape ?? 0);
  });

  it('counts the chance that the sources run dry before the target: the more candidates it takes, the likelier', () => {
    const shareOfGoal = (target: number) => {
      const plenty = foreseen(3 * MINUTE, (seconds) => ({ ...steady(seconds), desired_num_results: target }));
      return plenty.ends[0]?.chance ?? 0;
    };
    expect(shareOfGoal(50)).toBeGreaterThan(0.9);
    expect(shareOfGoal(250)).toBeLessThan(shareOfGoal(150));
  });

  it('has a hazard where the end is long overdue', () => {
    const forecast = { at: 0, ageMs: 60_000, ends: [{ medianMs: 1, shape: 20, chance: 1 }], isTold: true, surprise: 0 };
    expect(hazardAt(forecast, 60_000)).toBeCloseTo(20 / 60_000, 8);
  });

  it('is of numbers where the counters are too large to be squared', () => {
    const forecast = foreseen(3 * MINUTE, (seconds) => ({ num_results_evaluated: seconds * 1e300, num_results: 3 }));
    expect(numbersIn(forecast).filter(Number.isNaN)).toEqual([]);
  });

  it('is of numbers and of chances that make 1, with a hazard, whatever the counters do', () => {
    const count = fc.oneof(
      fc.integer({ min: -10, max: 300 }),
      fc.maxSafeInteger(),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
    );
    const goal = fc.record({ counter: fc.constantFrom('discovered', 'enriched', 'evaluated', 'highFit'), count });
    const fields = fc.record({
      num_results_discovered: count,
      num_results_enriched: count,
      num_results_evaluated: count,
      num_results: count,
      desired_num_results: count,
      is_exhausted: fc.boolean(),
    });
    const pause = fc.oneof(fc.nat({ max: 3 }), fc.nat({ max: 120_000 }));
    fc.assert(
      fc.property(fc.array(fc.tuple(fields, pause), { minLength: 1, maxLength: 20 }), fc.array(goal), (answers, goals) => {
        let [history, now]: [History | null, number] = [null, 0];
        for (const [task, afterMs] of answers) {
          now += afterMs;
          history = remember(history, snapshot(task), now, goals);
        }
        const forecast = forecastOf(history as History);
        expect(numbersIn(forecast).filter(Number.isNaN)).toEqual([]);
        for (const ms of [1, 1000, 60_000]) expect(hazardAt(forecast, ms)).toBeGreaterThan(0);
        if (forecast.ends.length > 0) expect(forecast.ends.reduce((sum, { chance }) => sum + chance, 0)).toBeCloseTo(1);
      }),
    );
  });
});

describe('the time left', () => {
  it.each([
    [20 * SECOND, 8, 'under a minute left'],
    [2 * MINUTE, 8, 'about 2 min left'],
    [10 * MINUTE, 8, 'about 10 min left'],
    [4 * MINUTE, 3, '2 to 10 min left'],
    [10 * MINUTE, 4, '5 to 15 min left'],
    [10 * MINUTE, 3, '5 to 20 min left'],
    [10 * MINUTE, 2, '4 to 20 min left'],
    [MINUTE, 4, 'under 2 min left'],
    [MINUTE, 1.4, 'under 3 min left'],
    [12 * MINUTE, 1, null],
    [40 * 60 * MINUTE, 8, null],
  ])('of %d ms with a shape of %d is said as %s', (medianMs, shape, words) => {
    expect(wordsOf(timeLeft(endIn(medianMs, shape), 0, null))).toBe(words);
  });

  it('means what it says', () => {
    expect(timeLeft(endIn(10 * MINUTE), 0, null)).toMatchObject({ fromMs: (10 / 1.5) * MINUTE, toMs: 15 * MINUTE });
    expect(timeLeft(endIn(10 * MINUTE, 3), 0, null)).toMatchObject({ fromMs: 5 * MINUTE, toMs: 20 * MINUTE });
    expect(timeLeft(endIn(MINUTE, 1.4), 0, null)).toMatchObject({ fromMs: 0, toMs: 3 * MINUTE });
  });

  it('keeps its words as long as they are sure enough', () => {
    const about10 = timeLeft(endIn(10 * MINUTE), 0, null);
    expect(wordsOf(timeLeft(endIn(9 * MINUTE), 0, about10))).toBe('about 10 min left');
    expect(wordsOf(timeLeft(endIn(5 * MINUTE), 0, about10))).toBe('about 5 min left');
  });

  it('counts that its words stand until the next answer', () => {
    expect(wordsOf(timeLeft(endIn(10 * MINUTE, 20), 8 * MINUTE, null))).toBe('about 7 min left');
  });

  it('takes the likeliest of what tells as much', () => {
    expect([4, 5, 7, 10].map((minutes) => wordsOf(timeLeft(endIn(minutes * MINUTE, 12), 0, null)))).toEqual(
      [4, 5, 7, 10].map((minutes) => `about ${minutes} min left`),
    );
  });

  it('takes the likeliest of its ranges where none is sure', () => {
    expect(wordsOf(timeLeft(endIn(10 * MINUTE, 2), 0, null))).toBe('4 to 20 min left');
  });

  it('says nothing that is as likely too short as not', () => {
    const about5 = timeLeft(endIn(5 * MINUTE), 0, null);
    expect(timeLeft(endIn(6 * MINUTE, 4), 0, about5)).not.toBeNull();
    expect(timeLeft(endIn(8 * MINUTE, 4), 0, about5)).toBeNull();
  });

  it('tells a watch that may be in its first fifth only what holds for that case as well', () => {
    const said = (ageMs: number) => wordsOf(timeLeft({ ...endIn(10 * MINUTE, 3), ageMs }, 0, null));
    expect(said(30 * MINUTE)).toBe('5 to 20 min left');
    expect(said(3 * MINUTE)).toBe('7 to 30 min left');
  });

  it('says nothing rather than more than before', () => {
    const about2 = timeLeft(endIn(2 * MINUTE), 0, null);
    expect(timeLeft(endIn(10 * MINUTE), 0, about2)).toBeNull();
  });
});

describe('the time left of a watch', () => {
  /** The progress with one more answer, by which the end is so far. */
  function answered(before: Progress, minutes: number, at: number, fields: Fields = {}, changedAt = at): Progress {
    return advance(before, answer(fields, at, { forecast: { ...endIn(minutes * MINUTE), at }, changedAt }));
  }
  const about2 = answered(begin('task-1', 0), 2, 0);

  it('does not rise by itself, not even after it was gone', () => {
    const gone = answered(about2, 10, 10 * SECOND);
    expect(timeLeftOf(gone)).toBeNull();
    expect(timeLeftOf(answered(gone, 5, 20 * SECOND))).toBeNull();
    expect(wordsOf(timeLeftOf(answered(gone, 2, 20 * SECOND)))).toBe('about 2 min left');
  });

  it.each([
    ['an outage', advance(about2, { kind: 'retrying', failure: FAILURE, attempt: 1, at: SECOND, delayMs: SECOND }), {}, MINUTE],
    ['another target', about2, { desired_num_results: 75 }, MINUTE],
    ['a fresh start', about2, { num_results_discovered: 3 }, MINUTE],
    ['a standstill', about2, {}, 0],
    ['sources that are exhausted now', about2, { is_exhausted: true }, MINUTE],
  ])('may rise after %s', (_cause, before, fields, changedAt) => {
    expect(wordsOf(timeLeftOf(answered(before, 10, MINUTE, fields, changedAt)))).toBe('about 10 min left');
  });

  it('does not rise after a pause that is short for a long watch', () => {
    const afterAnHour = answered(about2, 2, 60 * MINUTE);
    expect(timeLeftOf(answered(afterAnHour, 10, 62 * MINUTE, {}, 60 * MINUTE))).toBeNull();
    expect(wordsOf(timeLeftOf(answered(afterAnHour, 10, 70 * MINUTE, {}, 60 * MINUTE)))).toBe('about 10 min left');
  });

  it('is not told in an outage', () => {
    expect(timeLeftOf(advance(about2, { kind: 'retrying', failure: FAILURE, attempt: 1, at: 10, delayMs: 10 }))).toBeNull();
  });

  it('never rises, whatever is foreseen', () => {
    const ends = fc.array(fc.tuple(fc.double({ min: 0.1, max: 100, noNaN: true }), fc.constantFrom(1, 2, 4, 8)), {
      maxLength: 30,
    });
    fc.assert(
      fc.property(ends, (all) => {
        let progress = begin('task-1', 0);
        let last = { fromMs: Number.POSITIVE_INFINITY, toMs: Number.POSITIVE_INFINITY };
        for (const [index, [minutes, shape]] of all.entries()) {
          const forecast = { ...endIn(minutes * MINUTE, shape), at: index * SECOND };
          progress = advance(progress, answer({}, index * SECOND, { forecast }));
          const left = timeLeftOf(progress);
          if (left === null) continue;
          expect(left.fromMs).toBeLessThanOrEqual(last.fromMs);
          expect(left.toMs).toBeLessThanOrEqual(last.toMs);
          last = left;
        }
      }),
    );
  });
});
