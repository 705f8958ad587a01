import type { History } from './forecast-history.ts';

/*
 * How long until the end of a watch. The pacing and the time left on a screen both read it. docs/polling.md tells it in plain
 * words; `npm run bench:pacing` measures both uses. Times are in milliseconds.
 */

/** What is known of a watch's end when an answer came. */
export interface Forecast {
  /** When the answer came, on the clock. */
  readonly at: number;
  /** The ways in which the watch may end; none where nothing is known yet. */
  readonly ends: readonly End[];
  /** Whether a time may be told: that the goal is missed is the less likely, or the sources are exhausted by the task's own account. */
  readonly isTold: boolean;
  /** The hazard of an end that nothing announces, such as a failure. */
  readonly surprise: number;
}

/** One way for the watch to end. */
interface End extends Spread {
  /** The chance that this is the way in which it ends: together they make 1. */
  readonly share: number;
  /** The chance that it would end in this way if no other were quicker. */
  readonly chance: number;
}

/**
 * A time to come that is uncertain, by a log-logistic distribution: half of all such times are up to the median, and the larger
 * `shape`, the closer the others are to it. Its chances have short formulas.
 */
interface Spread {
  readonly medianMs: number;
  readonly shape: number;
}

/** The forecast from what is kept of a task's history. */
export function forecastOf(history: History): Forecast {
  const { at, since, reachedAt, isDry } = history;
  const surprise = 1 / (SURPRISE_AGES * (at - since) + SOONEST_SURPRISE_MS);
  if (reachedAt !== null) return { at, ends: [only(overdue(at - reachedAt))], isTold: false, surprise };
  const goal = untilGoal(history);
  const scored = untilScored(history);
  // What `--until` waits for may come before all is scored.
  if (isDry) return { at, ends: scored ? [only(soonerOf(goal, scored))] : [], isTold: true, surprise };
  if (!goal || !scored) return { at, ends: [], isTold: false, surprise };
  const short = chanceOfShortage(history);
  const dry = chanceOfDry(history);
  const ends = [
    { share: 1 - short, chance: 1, ...goal },
    { share: short * dry, chance: dry, ...scored },
    { share: short * (1 - dry), chance: short * (1 - dry), ...untilShort(history, goal) },
  ];
  return { at, ends, isTold: short < MOST_TOLD_SHORTAGE, surprise };
}

function only(spread: Spread): End {
  return { share: 1, chance: 1, ...spread };
}

function soonerOf(goal: Spread | null, scored: Spread): Spread {
  return goal && goal.medianMs < scored.medianMs ? goal : scored;
}

/** The chance that the end comes within `ms` after the answer, unless it comes by surprise. */
export function chanceBy({ ends }: Forecast, ms: number): number {
  let chance = 0;
  for (const end of ends) chance += end.share * partBy(end, ms);
  return chance;
}

/** The hazard at `ms` after the answer: the chance of an end in that millisecond, if none has come before. */
export function hazardAt({ ends, surprise }: Forecast, ms: number): number {
  let hazard = surprise;
  for (const { chance, shape, medianMs } of ends) {
    const by = partBy({ medianMs, shape }, ms);
    hazard += (chance * by * (1 - by) * shape) / (ms * (1 - chance * by));
  }
  return hazard;
}

/** The part of such times that is up to `ms`. Some always take longer: what divides by their part can rely on it. */
function partBy({ medianMs, shape }: Spread, ms: number): number {
  return ms <= 0 ? 0 : Math.min(1 - Number.EPSILON, 1 / (1 + (medianMs / ms) ** shape));
}

/*
 * The constants below were fitted to generated histories of four families and tried on three others (docs/polling.md). A variance
 * is one of the logarithm of a time.
 */

const SECOND_MS = 1000;

/** An end that nothing announces is as likely in each part of a watch's age, and less so at its start. */
const SURPRISE_AGES = 10;
const SOONEST_SURPRISE_MS = 30_000;

/** No time is told for a target that is as likely missed as reached. */
const MOST_TOLD_SHORTAGE = 0.5;

/** A pace that was seen for a minute says little of the next hours: the median is never farther than so many times the watch's age. */
const MOST_AGES = 20;

/** What makes the time to a goal uncertain: a single step, few results so far, a far end, an uneven pace, silent sources. */
const STEP_VARIANCE = 0.43;
const RESULT_VARIANCE = 0.18;
const DISTANCE_VARIANCE = 0.0125;
const MOST_DISTANCE = 4;
const UNEVENNESS_VARIANCE = 0.158;
const SILENCE_VARIANCE = 0.26;

/** When what is missing to the nearest goal will have come: evaluations come more evenly than the few that fit. */
function untilGoal(history: History): Spread | null {
  const { at, funnel, left, suppliedAt } = history;
  const expected = expectedMs(history, left / fittingShare(history));
  if (expected === null) return null;
  const age = ageOf(history);
  const variance =
    STEP_VARIANCE / left +
    RESULT_VARIANCE / (funnel.highFit + 1) +
    DISTANCE_VARIANCE * Math.min(MOST_DISTANCE, expected / age) +
    UNEVENNESS_VARIANCE * unevennessOf(history) +
    (SILENCE_VARIANCE * (at - suppliedAt)) / age;
  return spreadOf(expected / (1 + expected / (MOST_AGES * age)), variance);
}

/** What makes the end of a queue uncertain: the last ones are those that hang, and work that paused before may pause again. */
const LAST_VARIANCE = 0.53;
const PAUSE_VARIANCE = 0.33;

/** When all that was enriched will have been scored. */
function untilScored(history: History): Spread | null {
  const { funnel, longestPause, at, movedAt } = history;
  const queue = funnel.enriched - funnel.evaluated;
  if (queue === 0) return overdue(at - movedAt);
  const expected = expectedMs(history, queue);
  if (expected === null) return null;
  const variance =
    LAST_VARIANCE / queue + UNEVENNESS_VARIANCE * unevennessOf(history) + PAUSE_VARIANCE * (longestPause / ageOf(history)) ** 2;
  return spreadOf(expected, variance);
}

const SHORTAGE_PART = 0.5;
const SHORTAGE_VARIANCE = 0.38;

/** When sources end that will not reach the goal: between now and then, by how long the watch has taken and how long that would take. */
function untilShort(history: History, { medianMs }: Spread): Spread {
  return spreadOf(SHORTAGE_PART * Math.sqrt(medianMs * ageOf(history)), SHORTAGE_VARIANCE);
}

/** Half of what is overdue for a time takes so many times as long yet; at first it takes this long. */
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

/** The share of the evaluated that fits. */
function fittingShare({ funnel }: History): number {
  return (funnel.highFit + 0.5) / (funnel.evaluated + 1);
}

/** How likely the sources are dry already, by how long they have been silent, against the longest that they were before. */
function chanceOfDry({ at, suppliedAt, longestPause }: History): number {
  const silence = at - suppliedAt;
  return silence / (silence + longestPause);
}

/** The logarithm of the odds of a shortage: with candidates enough in the queue, and what need, silence and idleness add. */
const NO_NEED = -2.6;
const PER_NEED = 1.94;
const PER_SILENCE = 1.2;
const PER_IDLENESS = 6;

/**
 * How likely the sources run dry before the goal is reached: by how many times the candidates so far that takes, how long no new ones
 * were discovered if the queue falls short of the goal by more than chance, and how much of the time the evaluations had nothing to do.
 */
function chanceOfShortage(history: History): number {
  const { at, funnel, left, discoveredAt, longestSilence, idleMs } = history;
  const needed = funnel.evaluated + left / fittingShare(history);
  const need = Math.log(Math.max(1, needed / Math.max(1, funnel.enriched)));
  const lacking = left - (funnel.enriched - funnel.evaluated) * fittingShare(history);
  const silence = Math.max(0, Math.min(1, lacking / Math.sqrt(left))) * Math.log1p((at - discoveredAt) / longestSilence);
  const odds = NO_NEED + PER_NEED * Math.sqrt(need) + PER_SILENCE * silence + (PER_IDLENESS * idleMs) / ageOf(history);
  return 1 / (1 + Math.exp(-odds));
}
