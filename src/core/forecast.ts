import type { History } from './forecast-history.ts';

/*
 * How long until the end of a watch. The pacing and the time left on a screen both read it. docs/polling.md tells it in plain
 * words; `npm run bench:pacing` measures both uses. Times are in milliseconds.
 */

/**
 * A time to come that is uncertain, by a log-logistic distribution: half of all such times are up to `median`, and the larger
 * `shape`, the closer the others are to it. Its chances and its hazard have closed forms.
 */
export interface Spread {
  readonly medianMs: number;
  readonly shape: number;
}

/** What may end the watch: with this chance it does, that much later. */
interface Risk {
  readonly chance: number;
  readonly spread: Spread;
}

/** What is known of a watch's end when an answer came. */
export interface Forecast {
  /** When the answer came, on the clock. */
  readonly at: number;
  /** The end that can be foreseen: the goal is reached, or all that the exhausted sources gave is scored. Null where none can. */
  readonly end: Spread | null;
  /** All that may end the watch, each by itself. */
  readonly risks: readonly Risk[];
  /** The chance of an end that nothing announces, such as a failure: in each millisecond. */
  readonly surprise: number;
}

const SECOND_MS = 1000;

/** An end that nothing announces is as likely in each part of a watch's age, and less so at its start than that. */
const SURPRISE_AGES = 10;
const SOONEST_SURPRISE_MS = 30_000;

/** Sources that are as likely dry as not are no longer counted on. */
const LIKELY_DRY = 0.5;

/** The forecast from what is kept of a task's history. */
export function forecastOf(history: History): Forecast {
  const { at, since, reachedAt, isDry } = history;
  const surprise = 1 / (SURPRISE_AGES * (at - since) + SOONEST_SURPRISE_MS);
  if (reachedAt !== null) return { at, end: null, risks: [certain(overdue(at - reachedAt))], surprise };
  const goal = untilGoal(history);
  if (isDry) {
    const scored = untilScored(history);
    const end = goal && scored && goal.medianMs < scored.medianMs ? goal : scored;
    return { at, end, risks: [goal, scored].flatMap((spread) => (spread ? certain(spread) : [])), surprise };
  }
  const dry = chanceOfDry(history);
  const scored = untilScored(history);
  const risks = [...(goal ? [certain(goal)] : []), ...(scored && dry > 0 ? [{ chance: dry, spread: scored }] : [])];
  return { at, end: dry < LIKELY_DRY || isInReach(history) ? goal : null, risks, surprise };
}

function certain(spread: Spread): Risk {
  return { chance: 1, spread };
}

/** The chance that the end comes within `ms` after the answer. */
export function chanceBy({ medianMs, shape }: Spread, ms: number): number {
  return ms <= 0 ? 0 : 1 / (1 + (ms / medianMs) ** -shape);
}

/** The chance that the watch ends in the millisecond `ms` after the answer, if it has not ended before. */
export function hazardAt({ risks, surprise }: Forecast, ms: number): number {
  return risks.reduce((sum, risk) => sum + hazardOf(risk, ms), surprise);
}

function hazardOf({ chance, spread }: Risk, ms: number): number {
  const by = chanceBy(spread, ms);
  const density = (spread.shape / ms) * by * (1 - by);
  return (chance * density) / (1 - chance * by);
}

/**
 * How far the median may lie beyond the age of the watch: a pace that was seen for a minute says little of the next hour, and
 * tasks end sooner than their early pace promises, by failing and for want of candidates.
 */
const MOST_AGES = 2.9;

/** The parts of what makes a forecast uncertain, as variances of the logarithm of the time. */
const PER_STEP = 0.43;
const PER_AGE = 0.072;
const MOST_COUNTED_AGES = 4;
const PER_UNEVENNESS = 0.05;
const BEYOND_QUEUE = 0.09;

/** A few steps may take much longer: the last ones of a queue are those that hang. */
const PER_DRY_STEP = 0.53;
const PER_PAUSE = 0.33;

/** When what is missing to the nearest goal will have come: evaluations come more evenly than the few that fit. */
function untilGoal(history: History): Spread | null {
  const { funnel, left } = history;
  const share = (funnel.highFit + 0.5) / (funnel.evaluated + 1);
  const expected = expectedMs(history, left / share);
  if (expected === null) return null;
  const age = ageOf(history);
  const median = expected / (1 + expected / (MOST_AGES * age));
  const queued = Math.min(1, ((funnel.enriched - funnel.evaluated) * share) / left);
  return spreadOf(
    median,
    PER_STEP / left +
      PER_AGE * Math.min(MOST_COUNTED_AGES, expected / age) +
      PER_UNEVENNESS * unevennessOf(history) +
      BEYOND_QUEUE * (1 - queued),
  );
}

/** When all that was enriched will have been scored. */
function untilScored(history: History): Spread | null {
  const { funnel, longestPause, at, movedAt } = history;
  const queue = funnel.enriched - funnel.evaluated;
  if (queue === 0) return overdue(at - movedAt);
  const expected = expectedMs(history, queue);
  if (expected === null) return null;
  const pause = longestPause / ageOf(history);
  return spreadOf(expected, PER_DRY_STEP / queue + PER_UNEVENNESS * unevennessOf(history) + PER_PAUSE * pause ** 2);
}

/** What is overdue for so long may take so many times as long yet, half of the time; and at first this long. */
const OVERDUE = 2;
const SOONEST_MS = 2000;

/** What ought to have ended `sinceMs` ago may end at any moment: the longer it has not, the longer it may take. */
function overdue(sinceMs: number): Spread {
  return { medianMs: OVERDUE * sinceMs + SOONEST_MS, shape: 1 };
}

/** How long so many evaluations take: at the pace of late and that of the whole watch, of which neither is the better guess. */
function expectedMs({ at, funnel, began, evaluationRate }: History, evaluations: number): number | null {
  if (evaluationRate === 0 || at === began.at || evaluations === Number.POSITIVE_INFINITY) return null;
  return evaluations / Math.sqrt(evaluationRate * ((funnel.evaluated - began.evaluated) / (at - began.at)));
}

/** By how much the two paces differ, as the square of a logarithm. */
function unevennessOf({ at, funnel, began, evaluationRate }: History): number {
  return Math.log((evaluationRate * (at - began.at)) / (funnel.evaluated - began.evaluated)) ** 2;
}

/** At worst the end is as likely now as later: with a shape under 1 it would be likeliest at once. */
function spreadOf(medianMs: number, variance: number): Spread {
  return { medianMs, shape: Math.max(1, 1 / Math.sqrt(variance)) };
}

function ageOf({ at, since }: History): number {
  return at - since + SECOND_MS;
}

/**
 * How likely the sources are dry, though the task does not say so: by how long they have been silent, against the longest that
 * they were before.
 */
function chanceOfDry({ at, funnel, suppliedAt, longestPause }: History): number {
  const silence = at - suppliedAt;
  // Before anything was evaluated the queues are not empty but idle: it has hardly begun.
  return funnel.evaluated === 0 ? 0 : silence / (silence + longestPause);
}

/** Whether what is queued may reach the goal, without any more candidates. */
function isInReach({ funnel, left }: History): boolean {
  const share = (funnel.highFit + 0.5) / (funnel.evaluated + 1);
  return (funnel.enriched - funnel.evaluated) * share >= left;
}
