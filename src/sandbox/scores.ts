import type { WireScore } from '../core/wire-result.ts';
import type { WireTask } from '../core/wire-task.ts';
import { EXPLANATIONS, UNGRADED } from './company-words.ts';
import { between, orNull, pick, shuffled } from './draw.ts';

/** What a company got for each criterion, by the criterion's key. */
export type Scores = Record<string, WireScore | null>;

/** The part of the criteria that a high-fit company meets, with a grade of 4 or 5. The endpoint's page says so. */
const HIGH_FIT_PART = 0.75;

/**
 * Scores a company on all criteria: enough of the grades are good for a high-fit one, and too few for any other. `pages` are the
 * URLs that a score can be based on.
 */
export function drawScores(
  random: () => number,
  criteria: NonNullable<WireTask['criteria']>,
  isHighFit: boolean,
  pages: readonly string[],
): Scores {
  const enough = Math.ceil(criteria.length * HIGH_FIT_PART);
  const good = isHighFit ? between(random, enough, criteria.length) : between(random, 0, enough - 1);
  const met = new Set(shuffled(random, criteria).slice(0, good));
  return Object.fromEntries(
    criteria.map((criterion) => [
      criterion.key,
      met.has(criterion) ? drawScore(random, between(random, 4, 5), pages) : drawWeakScore(random, pages),
    ]),
  );
}

function drawWeakScore(random: () => number, pages: readonly string[]): WireScore | null {
  const grade = orNull(random, 0.06, between(random, 1, 3));
  return orNull(random, 0.06, drawScore(random, grade, pages));
}

function drawScore(random: () => number, grade: number | null, pages: readonly string[]): WireScore {
  const explanation = pick(random, EXPLANATIONS[grade ?? 0] ?? [UNGRADED]);
  return {
    grade,
    explanation: orNull(random, 0.04, explanation),
    sources: orNull(random, 0.06, shuffled(random, pages).slice(0, between(random, 0, 3))),
  };
}
