import { ascending, between, exponential, logNormal, type Random, wholeBetween } from './chance.ts';
import type { Passages } from './pipeline.ts';

/** A pipeline that works in batches: whole pages of candidates are found, and up to ten are evaluated at once. Seconds. */
interface Batches {
  readonly candidates: number;
  /** Candidates on a page of a source, and the mean time from one page to the next. */
  readonly page: number;
  readonly search: number;
  readonly passes: number;
  readonly fits: number;
  /** Evaluators, each with a batch of its own, and the mean time that one takes. */
  readonly evaluators: number;
  readonly evaluation: number;
}

const LARGEST_BATCH = 10;

/** Plays it to its end. A batch is what waits when an evaluator is free; its candidates are through together. */
export function runBatches(random: Random, batches: Batches): Passages {
  const { discovered, enriched } = gather(random, batches);
  const freeAt = Array.from({ length: batches.evaluators }, () => 0);
  const [evaluated, highFit] = [[] as number[], [] as number[]];
  for (let next = 0; next < enriched.length; ) {
    const evaluator = freeAt.indexOf(Math.min(...freeAt));
    const start = Math.max(freeAt[evaluator] ?? 0, enriched[next] ?? 0);
    const waiting = enriched.findIndex((at, index) => index >= next && at > start);
    const size = Math.min(LARGEST_BATCH, (waiting < 0 ? enriched.length : waiting) - next);
    const end = start + batches.evaluation * between(random, 0.5, 1) + exponential(random, batches.evaluation / 4);
    freeAt[evaluator] = end;
    next += size;
    for (let nth = 0; nth < size; nth += 1) {
      evaluated.push(end);
      if (random() < batches.fits) highFit.push(end);
    }
  }
  return { discovered, enriched, evaluated: evaluated.sort(ascending), highFit: highFit.sort(ascending) };
}

/** Page after page; the profiles of a page come a little later, one by one. */
function gather(random: Random, { candidates, page, search, passes }: Batches): Pick<Passages, 'discovered' | 'enriched'> {
  const [discovered, enriched] = [[] as number[], [] as number[]];
  for (let [at, left] = [0, candidates]; left > 0; ) {
    at += search * logNormal(random, 0.9, 0.4);
    const size = Math.min(left, wholeBetween(random, Math.ceil(page / 2), page));
    left -= size;
    for (let nth = 0; nth < size; nth += 1) {
      discovered.push(at);
      if (random() < passes) enriched.push(at + 2 + exponential(random, search / 2));
    }
  }
  return { discovered, enriched: enriched.sort(ascending) };
}
