import { simulateSearch, simulateSearches } from '../../src/sandbox/pipeline.ts';
import { runBatches } from './batches.ts';
import { between, exponential, logNormal, pick, type Random, wholeBetween } from './chance.ts';
import type { TaskHistory } from './history.ts';
import { type Passages, runPipeline, stageOf, unevenly } from './pipeline.ts';
import { runPool } from './pool.ts';
import { anyAfterwards, anyDuration, record, TARGETS } from './record.ts';

/*
 * Families of tasks that differ in how their candidates are found and worked off. The distributions of the forecast were
 * fitted to the first four; the last three had no part in that.
 */

/** A kind of task: how many histories of it are replayed, and what makes another at each call. */
export interface Family {
  readonly name: string;
  readonly count: number;
  /** Whether it had no part in the choice of the forecast's weights. */
  readonly isHeldOut?: boolean;
  create(random: Random): TaskHistory;
}

/** What is replayed. Of `rounds`, which a pacer can hardly foresee and the service is not known to do, there are fewer. */
export const FAMILIES: readonly Family[] = [
  { name: 'bursts', count: 600, create: bursts },
  { name: 'trickle', count: 500, create: trickle },
  { name: 'troubled', count: 600, create: troubled },
  { name: 'rounds', count: 200, create: rounds },
  { name: 'pool', count: 500, create: pool, isHeldOut: true },
  { name: 'batches', count: 300, create: batches, isHeldOut: true },
  { name: 'sandbox', count: 300, create: sandbox, isHeldOut: true },
];

/** How many candidates there are in all: about half as many again as the target needs, at times far fewer or far more. */
function supplyFor(random: Random, target: number, share: number): number {
  return Math.max(3, Math.round((target / share) * logNormal(random, 1.5, 0.7)));
}

/** Sources that yield bursts of uneven size, at uneven distances; stages from idle to overloaded. */
function bursts(random: Random): TaskHistory {
  const target = pick(random, TARGETS);
  const [passes, fits] = [between(random, 0.3, 0.8), between(random, 0.1, 0.6)];
  const supply = supplyFor(random, target, passes * fits);
  const sizes = Array.from({ length: wholeBetween(random, 2, 20) }, () => exponential(random, 1));
  const scale = supply / sizes.reduce((sum, size) => sum + size, 0);
  let time = 0;
  const found = sizes.flatMap((size) => {
    time += 1 + 8 * random() ** 2;
    const from = time;
    return Array.from({ length: Math.max(1, Math.round(size * scale)) }, () => from + random());
  });
  const passages = runPipeline(random, found, {
    passes,
    fits: () => fits,
    enrichment: stageOf(random, found.length * passes, time, between(random, 0.3, 1.5), wholeBetween(random, 1, 12), 0),
    evaluation: stageOf(random, found.length * passes, time, between(random, 0.3, 1.8), wholeBetween(random, 1, 10), 0.2),
  });
  return record(random, passages, { target, duration: anyDuration(random), afterwards: anyAfterwards(random), flush: 0 });
}

/** Candidates that come singly, ever fewer, the best of them first; even work; counters that are written every few seconds. */
function trickle(random: Random): TaskHistory {
  const target = pick(random, TARGETS);
  const [passes, fits] = [between(random, 0.4, 0.9), between(random, 0.15, 0.7)];
  const fall = between(random, 0, 0.6);
  const decay = between(random, 0.2, 2);
  const found = Array.from(
    { length: supplyFor(random, target, passes * fits) },
    () => 1 - 100 * decay * Math.log(1 - random() * (1 - Math.exp(-1 / decay))),
  );
  const passages = runPipeline(random, found, {
    passes,
    fits: (part) => fits * (1.3 - fall * part),
    enrichment: stageOf(random, found.length * passes, 100, between(random, 0.2, 1.3), wholeBetween(random, 4, 40), 0),
    evaluation: stageOf(random, found.length * passes, 100, between(random, 0.2, 1.3), wholeBetween(random, 4, 40), 0),
  });
  const flush = random() < 0.5 ? 0 : between(random, 1, 8);
  return record(random, passages, { target, duration: anyDuration(random), afterwards: anyAfterwards(random), flush });
}

/** Several sources at once, uneven work, and machines that slow down and nearly stand still for a while. */
function troubled(random: Random): TaskHistory {
  const target = pick(random, TARGETS);
  const [passes, fits] = [between(random, 0.3, 0.8), between(random, 0.1, 0.6)];
  const sources = wholeBetween(random, 2, 8);
  const each = supplyFor(random, target, passes * fits) / sources;
  const found = Array.from({ length: sources }, () => fromSource(random, each)).flat();
  const time = Math.max(...found);
  const stage = (most: number) => {
    const load = between(random, 0.1, most);
    return stageOf(random, found.length * passes, time, load, wholeBetween(random, 1, 20), 0.8);
  };
  const even = runPipeline(random, found, { passes, fits: () => fits, enrichment: stage(1.2), evaluation: stage(1.5) });
  const passages = unevenly(random, even, time);
  return record(random, passages, { target, duration: anyDuration(random), afterwards: anyAfterwards(random), flush: 0 });
}

function fromSource(random: Random, yields: number): number[] {
  const batches = wholeBetween(random, 1, 8);
  let time = exponential(random, 20);
  return Array.from({ length: batches }, () => {
    time += exponential(random, 12);
    const [from, span] = [time, exponential(random, 3)];
    const size = Math.max(1, Math.round((yields / batches) * exponential(random, 1)));
    return Array.from({ length: size }, () => from + random() * span);
  }).flat();
}

/**
 * A search that works off all it found, thinks, and only then goes on: each pause could be the end, and the end comes some
 * seconds after a pause began. The hardest of the families.
 */
function rounds(random: Random): TaskHistory {
  const target = pick(random, TARGETS);
  const [passes, think, size] = [between(random, 0.3, 0.9), between(random, 5, 40), between(random, 10, 80)];
  const keeps = between(random, 0.7, 1);
  const [workers, scorers] = [wholeBetween(random, 2, 16), wholeBetween(random, 2, 16)];
  const [enriching, scoring] = [logNormal(random, 6, 0.5), logNormal(random, 10, 0.5)];
  const isEndedByRound = random() < 0.5;
  const all = { discovered: [] as number[], enriched: [] as number[], evaluated: [] as number[], highFit: [] as number[] };
  let fits = between(random, 0.1, 0.6);
  let [from, end] = [between(random, 1, 20), 0];
  for (let left = wholeBetween(random, 1, 14); left > 0 && all.highFit.length < target; left -= 1) {
    const count = Math.max(1, Math.round(size * logNormal(random, 1, 0.5)));
    const start = from;
    const round: Passages = runPipeline(
      random,
      Array.from({ length: count }, () => start + exponential(random, 4)),
      {
        passes,
        fits: () => fits,
        enrichment: { workers, work: () => enriching * between(random, 0.4, 1.6) },
        evaluation: { workers: scorers, work: () => scoring * (0.2 + exponential(random, 0.8)) },
      },
    );
    for (const step of ['discovered', 'enriched', 'evaluated', 'highFit'] as const) all[step].push(...round[step]);
    end = Math.max(...Object.values(round).map((times: readonly number[]) => times.at(-1) ?? 0));
    fits *= keeps;
    from = end + think * between(random, 0.5, 1.5);
  }
  const reachedAt = all.highFit[target - 1];
  const endsAt = isEndedByRound || reachedAt === undefined ? end : reachedAt;
  const duration = Math.min(5400, Math.max(10, endsAt * logNormal(random, 1, 0.5)));
  return record(random, all, { target, endsAt, duration, afterwards: between(random, 1, 12), flush: 0 });
}

/** One pool of workers for everything, a search that waits for it, work that at times takes very long. */
function pool(random: Random): TaskHistory {
  const target = pick(random, TARGETS);
  const [passes, fits] = [between(random, 0.3, 0.9), between(random, 0.08, 0.5)];
  const passages = runPool(
    random,
    {
      workers: wholeBetween(random, 2, 24),
      candidates: supplyFor(random, target, passes * fits),
      mostWaiting: wholeBetween(random, 5, 60),
      passes,
      fits,
      batch: between(random, 3, 30),
      search: between(random, 1, 15),
      enrichment: between(random, 1, 6),
      evaluation: between(random, 3, 12),
    },
    target,
  );
  // The service looks only so often whether a task has ended.
  const tick = pick(random, [0, 0, 2, 5, 10]);
  return record(random, passages, { target, duration: anyDuration(random), afterwards: tick * random(), flush: 0 });
}

/** Pages of candidates, and evaluations in batches of up to ten. The service says that the sources are exhausted only at the end. */
function batches(random: Random): TaskHistory {
  const target = pick(random, TARGETS);
  const [passes, fits] = [between(random, 0.3, 0.9), between(random, 0.1, 0.6)];
  const candidates = supplyFor(random, target, passes * fits);
  const page = wholeBetween(random, 10, 50);
  const search = between(random, 2, 20);
  const evaluators = wholeBetween(random, 1, 6);
  // From evaluators that wait for the sources to such that are far behind them.
  const load = between(random, 0.3, 3);
  const evaluation = (load * evaluators * 10 * search) / (page * 0.75 * passes);
  const passages = runBatches(random, { candidates, page, search, passes, fits, evaluators, evaluation });
  const history = record(random, passages, {
    target,
    duration: anyDuration(random),
    afterwards: between(random, 0, 5),
    flush: 0,
  });
  if (random() < 0.5) return history;
  const { exhaustedAt: _, ...silent } = history;
  return silent;
}

/** What the program's own sandbox plays. */
function sandbox(random: Random): TaskHistory {
  const target = pick(random, TARGETS);
  const seed = String(random());
  const isDry = random() < 0.25;
  const share = between(random, 0.1, 0.5);
  const { discovered, enriched, evaluated } = isDry
    ? simulateSearch(seed, 60_000, share, between(random, 0, 0.3))
    : simulateSearches(seed, 60_000, share, target);
  const highFit = evaluated.filter(({ isHighFit }) => isHighFit).map(({ at }) => at);
  const passages = { discovered, enriched, evaluated: evaluated.map(({ at }) => at), highFit };
  return record(random, passages, { target, duration: anyDuration(random), afterwards: 0, flush: 0 });
}
