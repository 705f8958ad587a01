import { seededRandom } from './random.ts';

/** When each candidate got through each step, in milliseconds from the start. */
export interface Arrivals {
  readonly discovered: readonly number[];
  readonly enriched: readonly number[];
  /** In order of time: the place of a candidate in it is the candidate's number. */
  readonly evaluated: readonly Evaluation[];
}

/** A candidate that was scored on all criteria. */
export interface Evaluation {
  /** Milliseconds from the start. */
  readonly at: number;
  readonly isHighFit: boolean;
}

const BURSTS = 14;
const ENRICHERS = 6;
const EVALUATORS = 4;

/**
 * Simulates a search: sources yield candidates in bursts, some pass the filter and wait for an enricher, then for an
 * evaluator, and some of those fit. The times are stretched so that the last evaluation falls on `durationMs`. `settling` is the
 * least part of it that passes after the last candidate was enriched: the evaluators are as slow as that takes.
 */
export function simulateSearch(seed: string, durationMs: number, highFitShare: number, settling = 0): Arrivals {
  const random = seededRandom(seed);
  const discovered = inBursts(random);
  const passed = discovered.filter(() => random() < 0.55);
  const enriched = throughWorkers(passed, ENRICHERS, () => 0.5 + random());
  const works = enriched.map(() => 0.3 + 1.2 * random() ** 2);
  const slowness = settling > 0 ? slownessFor(works, gatheredAt({ discovered, enriched }) / (1 - settling)) : 1;
  const evaluated = throughWorkers(enriched, EVALUATORS, (nth) => slowness * (works[nth] ?? 0));
  const last = evaluated.at(-1) ?? 1;
  // Divided first: by a factor made beforehand, the last one would come out a hair after the end.
  const stretch = (time: number) => (time / last) * durationMs;
  return {
    discovered: discovered.map(stretch),
    enriched: enriched.map(stretch),
    evaluated: evaluated.map((time) => ({ at: stretch(time), isHighFit: random() < highFitShare })),
  };
}

/**
 * One search of `durationMs` after the other, until they have found `wanted` high-fit candidates. What one finds does not depend
 * on how many follow, so that a task can ask for more later. `highFitShare` must be above 0.
 */
export function simulateSearches(seed: string, durationMs: number, highFitShare: number, wanted: number): Arrivals {
  const rounds: Arrivals[] = [];
  for (let found = 0; found < wanted; ) {
    const nth = rounds.length;
    const round = simulateSearch(nth === 0 ? seed : `${seed}/${nth}`, durationMs, highFitShare);
    rounds.push(later(round, nth * durationMs));
    found += round.evaluated.filter(({ isHighFit }) => isHighFit).length;
  }
  return {
    discovered: rounds.flatMap(({ discovered }) => discovered),
    enriched: rounds.flatMap(({ enriched }) => enriched),
    evaluated: rounds.flatMap(({ evaluated }) => evaluated),
  };
}

function later({ discovered, enriched, evaluated }: Arrivals, byMs: number): Arrivals {
  return {
    discovered: discovered.map((time) => time + byMs),
    enriched: enriched.map((time) => time + byMs),
    evaluated: evaluated.map(({ at, isHighFit }) => ({ at: at + byMs, isHighFit })),
  };
}

/** When no candidate comes any more and none waits for an enricher. */
export function gatheredAt({ discovered, enriched }: Pick<Arrivals, 'discovered' | 'enriched'>): number {
  return Math.max(discovered.at(-1) ?? 0, enriched.at(-1) ?? 0);
}

/** How much slower the evaluators must be for this work to take at least `least`, however they share it. */
function slownessFor(works: readonly number[], least: number): number {
  const work = works.reduce((sum, one) => sum + one, 0);
  return Math.max(1, (least * EVALUATORS) / work);
}

/** Arrival times in bursts of uneven size, at uneven distances; the unit is arbitrary. */
function inBursts(random: () => number): number[] {
  let start = 0;
  return Array.from({ length: BURSTS }, () => {
    start += 1 + 8 * random() ** 2;
    const burst = start;
    return Array.from({ length: 8 + Math.floor(50 * random() ** 2) }, () => burst + random());
  })
    .flat()
    .sort(ascending);
}

/**
 * A queue with a number of workers: each candidate starts when it is there and a worker is free. `work` tells how long the `nth`
 * takes (0 is the first). Returns when each is through.
 */
export function throughWorkers(times: readonly number[], workers: number, work: (nth: number) => number): number[] {
  const freeAt: number[] = Array.from({ length: workers }, () => 0);
  return times
    .map((time, nth) => {
      const first = freeAt.indexOf(Math.min(...freeAt));
      const end = Math.max(time, freeAt[first] ?? 0) + work(nth);
      freeAt[first] = end;
      return end;
    })
    .sort(ascending);
}

function ascending(a: number, b: number): number {
  return a - b;
}
