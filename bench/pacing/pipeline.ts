import { throughWorkers } from '../../src/sandbox/pipeline.ts';
import { ascending, between, exponential, type Random } from './chance.ts';

/** When each candidate got through each step, each list in order of time. */
export interface Passages {
  readonly discovered: readonly number[];
  readonly enriched: readonly number[];
  readonly evaluated: readonly number[];
  readonly highFit: readonly number[];
}

/** A stage with a queue: so many workers, each so long at a candidate. */
export interface Stage {
  readonly workers: number;
  work(): number;
}

/** What candidates go through once a source has yielded them. */
interface Pipeline {
  /** The part of the candidates that passes the filter before enrichment. */
  readonly passes: number;
  readonly enrichment: Stage;
  readonly evaluation: Stage;
  /** The chance of the candidate that was evaluated after `part` of all to be high-fit. */
  fits(part: number): number;
}

/** Sends candidates, found at these times, through filter, enrichment and evaluation. */
export function runPipeline(random: Random, found: readonly number[], pipeline: Pipeline): Passages {
  const discovered = [...found].sort(ascending);
  const passed = discovered.filter(() => random() < pipeline.passes);
  const enriched = through(pipeline.enrichment, passed);
  const evaluated = through(pipeline.evaluation, enriched);
  const highFit = evaluated.filter((_, index) => random() < pipeline.fits(index / evaluated.length));
  return { discovered, enriched, evaluated, highFit };
}

function through({ workers, work }: Stage, times: readonly number[]): number[] {
  return throughWorkers(times, workers, work);
}

/**
 * A stage that takes `load` of the time in which so many candidates are found: under 1 it keeps up with them, above 1 its queue
 * is what the task waits for. `variation` 0 is even work, 1 as uneven as waiting for a bus.
 */
export function stageOf(
  random: Random,
  candidates: number,
  time: number,
  load: number,
  workers: number,
  variation: number,
): Stage {
  const mean = (time * load * workers) / Math.max(1, candidates);
  return { workers, work: () => mean * ((1 - variation) * between(random, 0.6, 1.4) + variation * exponential(random, 1)) };
}

/** The same passages with time running at an uneven speed, with near standstills, as on machines that others use too. */
export function unevenly(random: Random, passages: Passages, time: number): Passages {
  const warp = unevenTime(random, time);
  const { discovered, enriched, evaluated, highFit } = passages;
  return {
    discovered: discovered.map(warp),
    enriched: enriched.map(warp),
    evaluated: evaluated.map(warp),
    highFit: highFit.map(warp),
  };
}

function unevenTime(random: Random, time: number): (at: number) => number {
  const stretches: { from: number; to: number; speed: number }[] = [];
  let [from, to] = [0, 0];
  // The last stretch has no end; eight times the time of discovery is later than nearly all that happens.
  while (from < time * 8) {
    const speed = random() < 0.15 ? 0.1 : between(random, 0.4, 2);
    stretches.push({ from, to, speed });
    const length = exponential(random, time / 4);
    from += length;
    to += length / speed;
  }
  return (at) => {
    const stretch = stretches.findLast((candidate) => candidate.from <= at) ?? { from: 0, to: 0, speed: 1 };
    return stretch.to + (at - stretch.from) / stretch.speed;
  };
}
