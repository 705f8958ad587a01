import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createBudget } from '../../src/core/budget.ts';
import type { Goal } from '../../src/core/condition.ts';
import { forecastOf } from '../../src/core/forecast.ts';
import { type History, remember } from '../../src/core/forecast-history.ts';
import { autoPace, fixedPace, type Pacer } from '../../src/core/pacing.ts';
import { snapshot } from '../support/tasks.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;

const results = (...counts: number[]): Goal[] => counts.map((count) => ({ counter: 'highFit', count }));
const SLOWEST = 30 * SECOND;
const auto = paced(autoPace(SLOWEST));

/** The delay that a pacer gives after this history. */
function paced(pace: Pacer) {
  return (history: History) => pace(forecastOf(history));
}

/** The four counters, in the order of the funnel. */
type Counts = readonly [discovered: number, enriched: number, evaluated: number, highFit: number];

function taskWith([discovered, enriched, evaluated, highFit]: Counts, target: number) {
  const counters = { num_results_discovered: discovered, num_results_enriched: enriched, num_results_evaluated: evaluated };
  return snapshot({ ...counters, num_results: highFit, desired_num_results: target });
}

interface Watch {
  readonly target?: number;
  readonly goals?: readonly Goal[];
  readonly everyMs?: number;
}

/** What is kept of a task that was asked for every 10 s for so long; `at` gives its counters after so many seconds. */
function watched(forMs: number, at: (seconds: number) => Counts, { target = 50, goals = [], everyMs = 10 * SECOND }: Watch = {}) {
  let history: History | null = null;
  for (let now = 0; now <= forMs; now += everyMs) history = remember(history, taskWith(at(now / SECOND), target), now, goals);
  return history as History;
}

/** A task that evaluates one candidate a second, of which one in ten fits, and does not run out of candidates. */
const steady = (seconds: number): Counts => [1000 + 4 * seconds, 1000 + 2 * seconds, seconds, Math.floor(seconds / 10)];

/** The same, with sources that run dry after 100 s; the queue is worked off after 200 s. */
const drying = (seconds: number): Counts => {
  const enriched = 2 * Math.min(100, seconds);
  const evaluated = Math.min(enriched, seconds);
  return [enriched * 2, enriched, evaluated, Math.floor(evaluated / 10)];
};

describe('--interval auto', () => {
  it('asks again soon after the first answer, as nothing is known yet', () => {
    expect(auto(watched(0, steady))).toBeLessThan(5 * SECOND);
  });

  it('asks seldom while the target is far', () => {
    expect(auto(watched(MINUTE, steady, { target: 250 }))).toBeGreaterThan(10 * SECOND);
    expect(auto(watched(10 * MINUTE, steady, { target: 250 }))).toBe(SLOWEST);
  });

  it('asks ever more often as the target nears', () => {
    const delays = [400, 460, 480, 490].map((seconds) => auto(watched(seconds * SECOND, steady)));
    expect(delays).toEqual(delays.toSorted((a, b) => b - a));
    expect(delays.at(-1)).toBeLessThan(5 * SECOND);
  });

  it('asks most often once the target is reached and the task still runs, and ever less when that lasts', () => {
    const reached = (forMs: number) => auto(watched(forMs, () => [100, 100, 100, 50]));
    expect(reached(0)).toBeLessThanOrEqual(2 * SECOND);
    expect(reached(10 * SECOND)).toBeLessThan(4 * SECOND);
    expect(reached(5 * MINUTE)).toBeGreaterThan(10 * SECOND);
  });

  it('aims at what --until waits for, where that comes before the target', () => {
    const far = watched(190 * SECOND, steady, { target: 250 });
    const near = watched(190 * SECOND, steady, { target: 250, goals: results(20, 200) });
    expect(auto(near)).toBeLessThan(auto(far) / 2);
  });

  it('counts no goal that is behind it', () => {
    const behind = watched(300 * SECOND, steady, { target: 250, goals: results(20) });
    expect(behind).toEqual(watched(300 * SECOND, steady, { target: 250 }));
  });

  it('asks more often as the queue of silent sources runs out', () => {
    const [long, short] = [130, 190].map((seconds) => auto(watched(seconds * SECOND, drying, { target: 250 }))) as [
      number,
      number,
    ];
    expect(long).toBeGreaterThan(10 * SECOND);
    expect(short).toBeLessThan(long);
  });

  it('relaxes when a task stands still', () => {
    const delays = [210, 260, 500, 900].map((seconds) => auto(watched(seconds * SECOND, drying, { target: 250 })));
    expect(delays).toEqual(delays.toSorted((a, b) => a - b));
    expect(delays.at(-1)).toBeGreaterThan(15 * SECOND);
  });

  it('relaxes when the target is raised', () => {
    const before = watched(490 * SECOND, steady);
    const raised = remember(before, taskWith(steady(500), 250), 500 * SECOND);
    expect(auto(raised)).toBeGreaterThan(5 * auto(before));
  });

  it('follows a task whose older service knows no counter but the results', () => {
    const only = (seconds: number): Counts => [0, 0, 0, Math.floor(seconds / 10)];
    expect(auto(watched(490 * SECOND, only))).toBeLessThan(6 * SECOND);
  });

  it('never waits longer than the cap, nor shorter than 1 s, whatever the counters do', () => {
    const count = fc.oneof(fc.integer({ min: -10, max: 300 }), fc.maxSafeInteger());
    const answer = fc.tuple(
      fc.nat({ max: 120_000 }),
      fc.tuple(count, count, count, count),
      fc.oneof(fc.integer({ min: -5, max: 300 }), fc.nat()),
    );
    fc.assert(
      fc.property(fc.array(answer, { minLength: 1, maxLength: 30 }), fc.constantFrom(15, 30), (answers, slowest) => {
        const pace = paced(autoPace(slowest * SECOND));
        let history: History | null = null;
        let now = 0;
        for (const [afterMs, counts, target] of answers) {
          now += afterMs;
          history = remember(history, taskWith(counts, target), now);
          const delay = pace(history);
          expect(delay).toBeGreaterThanOrEqual(SECOND);
          expect(delay).toBeLessThanOrEqual(slowest * SECOND);
        }
      }),
    );
  });

  it('asks at least as often where the end is nearer', () => {
    const median = fc.integer({ min: 1, max: 10_000 * SECOND });
    fc.assert(
      fc.property(median, median, fc.double({ min: 1, max: 20, noNaN: true }), (one, other, shape) => {
        const delayTo = (medianMs: number) =>
          autoPace(SLOWEST)({ at: 0, ageMs: 0, ends: [{ medianMs, shape, chance: 1 }], isTold: true, surprise: 0 });
        expect(delayTo(Math.min(one, other))).toBeLessThanOrEqual(delayTo(Math.max(one, other)));
      }),
    );
  });

  it('keeps no more of a day than of a minute', () => {
    const sizeOf = (forMs: number) => JSON.stringify(watched(forMs, steady)).length;
    expect(sizeOf(24 * 60 * MINUTE)).toBeLessThan(sizeOf(MINUTE) + 100);
  });
});

describe('a fixed interval', () => {
  it('is kept to, however near the end', () => {
    for (const forMs of [0, MINUTE, 500 * SECOND]) expect(paced(fixedPace(7000))(watched(forMs, steady))).toBe(7000);
  });
});

describe('the budget that many tasks share', () => {
  it('leaves a few tasks alone', () => {
    const budget = createBudget();
    expect(['a', 'b', 'c'].map((id) => budget.grant(id, 2000))).toEqual([2000, 2000, 2000]);
  });

  it('stretches every delay by the same factor when all together would ask more than 10 times a second', () => {
    const budget = createBudget();
    const wishes = Array.from({ length: 400 }, (_, index) => ({ id: `task-${index}`, wishedMs: index < 20 ? 1000 : 20_000 }));
    for (const { id, wishedMs } of wishes) budget.grant(id, wishedMs);
    const granted = wishes.map(({ id, wishedMs }) => budget.grant(id, wishedMs));
    expect(granted.reduce((sum, delay) => sum + 1000 / delay, 0)).toBeCloseTo(10);
    expect(granted.at(-1)).toBeCloseTo(20 * (granted[0] ?? 0));
  });

  it('gives back what a task had that has ended', () => {
    const budget = createBudget();
    for (let index = 0; index < 100; index += 1) budget.grant(`task-${index}`, 1000);
    expect(budget.grant('task-0', 1000)).toBeCloseTo(10_000);
    for (let index = 1; index < 100; index += 1) budget.release(`task-${index}`);
    expect(budget.grant('task-0', 1000)).toBeCloseTo(1000);
  });
});
