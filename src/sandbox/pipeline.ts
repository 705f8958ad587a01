import { seededRandom } from './random.ts';

/** When each candidate got through each step, in milliseconds from the start, each list in order of time. */
export interface Arrivals {
  readonly discovered: readonly number[];
  readonly enriched: readonly number[];
  readonly evaluated: readonly number[];
  readonly highFit: readonly number[];
}

const BURSTS = 14;
const ENRICHERS = 6;
const EVALUATORS = 4;

/**
 * Simulates a search: sources yield candidates in bursts, some pass the filter and wait for an enricher, then for an
 * evaluator, and some of those fit. The times are stretched so that the last evaluation falls on `durationMs`.
 */
export function simulateSearch(seed: string, durationMs: number, highFitShare: number): Arrivals {
  const random = seededRandom(seed);
  const discovered = inBursts(random);
  const passed = discovered.filter(() => random() < 0.55);
  const enriched = throughWorkers(passed, ENRICHERS, () => 0.5 + random());
  const evaluated = throughWorkers(enriched, EVALUATORS, () => 0.3 + 1.2 * random() ** 2);
  const highFit = evaluated.filter(() => random() < highFitShare);
  const last = evaluated.at(-1) ?? 1;
  // Divided first: by a factor made beforehand, the last one would come out a hair after the end.
  const stretch = (times: readonly number[]) => times.map((time) => (time / last) * durationMs);
  return {
    discovered: stretch(discovered),
    enriched: stretch(enriched),
    evaluated: stretch(evaluated),
    highFit: stretch(highFit),
  };
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

/** A queue with so many workers: each candidate starts when it is there and a worker is free. Returns when each is through. */
export function throughWorkers(times: readonly number[], workers: number, work: () => number): number[] {
  const freeAt: number[] = Array.from({ length: workers }, () => 0);
  return times
    .map((time) => {
      const first = freeAt.indexOf(Math.min(...freeAt));
      const end = Math.max(time, freeAt[first] ?? 0) + work();
      freeAt[first] = end;
      return end;
    })
    .sort(ascending);
}

function ascending(a: number, b: number): number {
  return a - b;
}
