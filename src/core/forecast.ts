import type { Goal } from './condition.ts';
import type { History } from './forecast-history.ts';
import { ageOf, changeOf, paceOf, type Sign, type Signs, signsOfGoal, signsOfScored } from './forecast-signs.ts';

/*
 * How long until the end of a watch. The pacing and the time left on a screen both read it. docs/polling.md tells it in plain
 * words; `npm run bench:pacing` measures both uses. Times are in milliseconds.
 */

/** What is known of a watch's end when an answer came. */
export interface Forecast {
  /** When the answer came, on the clock, and for how long the watch had gone on. */
  readonly at: number;
  readonly ageMs: number;
  /** The ways in which the watch may end; none where nothing is known yet. */
  readonly ends: readonly End[];
  /** Whether a time may be told: that the goal is missed is the less likely, or the sources are exhausted by the task's own account. */
  readonly isTold: boolean;
  /** The hazard of an end that nothing announces, such as a failure. */
  readonly surprise: number;
}

/** One way for the watch to end, and the chance that it is the one: together they make 1. */
interface End extends Spread {
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
  const { at, since, awaited } = history;
  const task = taskEnds(history);
  const first = awaited.length > 0 ? firstAwaited(history) : null;
  // What is awaited may come at any moment where its pace is not known.
  const isUnknown = awaited.length > 0 && first === null;
  // An end of the task that comes before it, and as likely as not, may be that of the sources.
  const isFirst = first !== null && task.ends.every((end) => end.medianMs > first.medianMs || end.chance < MOST_TOLD_SHORTAGE);
  const { ends, isTold } = isFirst
    ? { ends: [only(first)], isTold: true }
    : { ends: task.ends, isTold: task.isTold && !isUnknown };
  return { at, ageMs: ageOf(history), ends, isTold, surprise: 1 / (SURPRISE_AGES * (at - since) + SOONEST_SURPRISE_MS) };
}

/** How the task itself may end, and whether that may be told. */
function taskEnds(history: History): { readonly ends: readonly End[]; readonly isTold: boolean } {
  const { at, reachedAt, isDry } = history;
  if (reachedAt !== null) return { ends: [only(overdue(at - reachedAt))], isTold: false };
  if (isDry) return { ends: dryEnds(history), isTold: true };
  const ends = openEnds(history);
  return { ends, isTold: (ends[1]?.chance ?? 1) < MOST_TOLD_SHORTAGE };
}

/** When the first comes of what `--until` waits for of the counters that are not the results'; null where no pace is known. */
function firstAwaited(history: History): Spread | null {
  const spreads = history.awaited.flatMap((goal) => untilCount(history, goal) ?? []);
  return spreads.sort((one, other) => one.medianMs - other.medianMs)[0] ?? null;
}

/** What nobody counts makes a pace uncertain too: the variance of the logarithm of such a time is no less than this. */
const LEAST_VARIANCE = 0.1;

/** The standard deviation of a logistic distribution of scale 1. */
const LOGISTIC_DEVIATION = Math.PI / Math.sqrt(3);

/** When a counter reaches a count, if what it counts comes one by one: the fewer have come or are missing, the less sure. */
function untilCount({ at, funnel, first, rates }: History, { counter, count }: Goal): Spread | null {
  const [seen, missing, forMs] = [funnel[counter] - first.funnel[counter], count - funnel[counter], at - first.at];
  const pace = paceOf(rates[counter], seen, forMs);
  if (pace === 0) return null;
  const variance = LEAST_VARIANCE + 1 / seen + 1 / missing + Math.log(changeOf(rates[counter], seen, forMs)) ** 2;
  return { medianMs: missing / pace, shape: Math.max(1, LOGISTIC_DEVIATION / Math.sqrt(variance)) };
}

/**
 * An end that nothing announces: if one task in ten fails, in a life of three times the age so far, its hazard is 1 divided by so many ages;
 * and less at the start, when the age says little.
 */
const SURPRISE_AGES = 30;
const SOONEST_SURPRISE_MS = 60_000;

/** No time is told for a target that is nearly as likely missed as reached. */
const MOST_TOLD_SHORTAGE = 0.49;

/** While the sources may give more: the goal is reached, or they run dry first. */
function openEnds(history: History): End[] {
  const signs = signsOfGoal(history);
  if (!signs) return [];
  const shortage = 1 / (1 + Math.exp(-sumOf(SHORTAGE, signs)));
  return [
    { chance: 1 - shortage, ...spreadOf(history, signs, GOAL) },
    { chance: shortage, ...spreadOf(history, signs, SHORT) },
  ];
}

/** Once the sources are exhausted: all is scored, or before that what `--until` waits for has come. */
function dryEnds(history: History): End[] {
  const { funnel, at, movedAt } = history;
  if (funnel.enriched === funnel.evaluated) return [only(overdue(at - movedAt))];
  const toScored = signsOfScored(history);
  if (!toScored) return [];
  const scored = spreadOf(history, toScored, SCORED);
  const signs = signsOfGoal(history);
  const goal = signs && spreadOf(history, signs, GOAL);
  return [only(goal && goal.medianMs < scored.medianMs ? goal : scored)];
}

function only(spread: Spread): End {
  return { chance: 1, ...spread };
}

/** The chance that the end comes within `ms` after the answer, unless it comes by surprise. */
export function chanceBy({ ends }: Forecast, ms: number): number {
  let chance = 0;
  for (const end of ends) chance += end.chance * partBy(end, ms);
  return chance;
}

/** The hazard at `ms` after the answer: the chance of an end in that millisecond, if none has come before. */
export function hazardAt({ ends, surprise }: Forecast, ms: number): number {
  let [now, later] = [0, 0];
  for (const { chance, shape, medianMs } of ends) {
    const by = partBy({ medianMs, shape }, ms);
    now += (chance * by * (1 - by) * shape) / ms;
    later += chance * (1 - by);
  }
  return surprise + (later > 0 ? now / later : 0);
}

/** The part of such times that is up to `ms`. Some always take longer: what divides by their part can rely on it. */
function partBy({ medianMs, shape }: Spread, ms: number): number {
  return ms <= 0 ? 0 : Math.min(1 - Number.EPSILON, 1 / (1 + (medianMs / ms) ** shape));
}

/** Half of what is overdue for a time takes so many times as long yet; at first it takes this long. */
const OVERDUE = 2;
const SOONEST_MS = 2000;

/** What ought to have ended `sinceMs` ago may end at any moment: the longer it has not, the longer it may take. */
function overdue(sinceMs: number): Spread {
  return { medianMs: OVERDUE * sinceMs + SOONEST_MS, shape: 1 };
}

/** How much each sign counts; the others do not. */
type Weights = Readonly<Partial<Record<Sign, number>>>;

/** A time to come: what its median makes as a part of the watch's age, and how far it spreads; both as logarithms. */
interface Weighing {
  readonly median: Weights;
  readonly spread: Weights;
}

/** At worst the end is as likely now as later: with a shape under 1 it would be likeliest at once. */
function spreadOf(history: History, signs: Signs, { median, spread }: Weighing): Spread {
  return { medianMs: ageOf(history) * Math.exp(sumOf(median, signs)), shape: Math.max(1, Math.exp(-sumOf(spread, signs))) };
}

function sumOf(weights: Weights, signs: Signs): number {
  let sum = 0;
  for (const [sign, weight] of Object.entries(weights)) sum += weight * signs[sign as Sign];
  return sum;
}

/*
 * The weights are what `npm run bench:fit` prints: fitted to generated histories of four families; three others were held out
 * (docs/polling.md).
 */

/** When the goal is reached, if it is. */
const GOAL: Weighing = {
  median: { one: -0.01, far: 0.97, farther: -0.17, few: -1.27, queued: -0.18, unenriched: -0.17 },
  spread: { one: -1.29, farther: 0.2, jumps: 0.12, change: 0.44, last: 1.24 },
};

/** When the sources are exhausted and all is scored, if that comes first. */
const SHORT: Weighing = {
  median: { one: 0.95, far: 0.46, few: -0.62, pause: 0.46, silence: 0.11, lack: -0.17 },
  spread: { one: -0.61, queued: -0.9, lack: 0.16 },
};

/** The odds, as a logarithm, that it comes first. */
const SHORTAGE: Weights = { one: -0.81, far: 0.45, queued: -3.17, yield: -0.71, unenriched: -0.91, lack: 0.35 };

/** When all is scored, once the sources are exhausted. */
const SCORED: Weighing = {
  median: { one: -0.14, far: 0.86, idle: -2.35 },
  spread: { one: -1.22, farther: -0.02, jumps: 0.17, change: 0.6, last: 1.39 },
};
