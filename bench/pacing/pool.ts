import { exponential, heavyTailed, type Random } from './chance.ts';
import type { Passages } from './pipeline.ts';

/** A pipeline of another build: one pool of workers for both stages, and a search that waits while the queues are long. */
interface Pool {
  readonly workers: number;
  readonly candidates: number;
  /** No search starts while more than so many candidates wait. */
  readonly mostWaiting: number;
  readonly passes: number;
  readonly fits: number;
  /** Means: candidates a search, seconds a search, seconds an enrichment, seconds an evaluation. */
  readonly batch: number;
  readonly search: number;
  readonly enrichment: number;
  readonly evaluation: number;
}

type Job = 'search' | 'enrichment' | 'evaluation';

/** Plays it event by event until no work is left or `target` candidates fit. Evaluations go before enrichments. */
export function runPool(random: Random, pool: Pool, target: number): Passages {
  const passages = { discovered: [] as number[], enriched: [] as number[], evaluated: [] as number[], highFit: [] as number[] };
  const underWay: { at: number; job: Job }[] = [];
  const waiting = { enrichment: 0, evaluation: 0 };
  let undiscovered = pool.candidates;
  const start = (now: number) => {
    const isFree = () => underWay.filter(({ job }) => job !== 'search').length < pool.workers;
    while (isFree() && waiting.enrichment + waiting.evaluation > 0) {
      const job = waiting.evaluation > 0 ? 'evaluation' : 'enrichment';
      waiting[job] -= 1;
      underWay.push({ at: now + heavyTailed(random, pool[job]), job });
    }
    const isSearching = underWay.some(({ job }) => job === 'search');
    if (isSearching || undiscovered === 0 || waiting.enrichment + waiting.evaluation >= pool.mostWaiting) return;
    underWay.push({ at: now + exponential(random, pool.search), job: 'search' });
  };
  const finish = (job: Job, now: number) => {
    if (job === 'search') {
      const found = Math.min(undiscovered, Math.max(1, Math.round(exponential(random, pool.batch))));
      undiscovered -= found;
      waiting.enrichment += found;
      for (let index = 0; index < found; index += 1) passages.discovered.push(now);
    } else if (job === 'enrichment') {
      if (random() >= pool.passes) return;
      passages.enriched.push(now);
      waiting.evaluation += 1;
    } else {
      passages.evaluated.push(now);
      if (random() < pool.fits) passages.highFit.push(now);
    }
  };
  start(0);
  while (underWay.length > 0 && passages.highFit.length < target) {
    const next = underWay.reduce((first, other) => (other.at < first.at ? other : first));
    underWay.splice(underWay.indexOf(next), 1);
    finish(next.job, next.at);
    start(next.at);
  }
  return passages;
}
