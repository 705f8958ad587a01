import type { Gate } from './gate.ts';
import type { Funnel, TaskSnapshot } from './task.ts';

/*
 * When to ask next. A fixed interval is one pacer; `auto` is the other: it guesses from the counters how far the end is,
 * asks seldom while that is far and closely as it nears. docs/polling.md tells it in plain words, with figures;
 * `npm run bench:pacing` measures it. Times are in milliseconds.
 */

/** A shorter fixed interval is refused (contract, "Settings"). */
export const SHORTEST_INTERVAL_MS = 100;

/** The longest time between two polls of a task that paces itself, where no person looks on. */
export const SLOWEST_MS = 30_000;

/** From what is kept of a task's history to the time from the start of its last poll to the start of the next. */
export type Pacer = (history: History) => number;

/** What is kept of a task's history: sums, not snapshots, so that a day's watch is as small as a minute's. Clock times. */
export interface History {
  /** When the first and the newest answer came. */
  readonly since: number;
  readonly at: number;
  /** The newest counters, none below the next one in the funnel: an older answer that lacks some has them as 0. */
  readonly funnel: Funnel;
  /** High-fit results that are missing to the nearest goal: the target, or what `--until` waits for; Infinity where there is none. */
  readonly left: number;
  /** Since when nothing is missing any more; null while something is. */
  readonly reachedAt: number | null;
  /** Evaluations a millisecond of late, a moving average. */
  readonly evaluationRate: number;
  /** When any counter last moved. */
  readonly movedAt: number;
  /** Whether the sources are exhausted by the task's own account: what is in the queue is all that is left. */
  readonly isDry: boolean;
  /** When candidates last came in (discovered or enriched moved), and the longest that this has ever paused. */
  readonly suppliedAt: number;
  readonly longestPause: number;
}

/** Never faster than this, unless the end is within reach: an answer sooner would seldom tell anything new. */
const FASTEST_MS = 2000;

/** Never faster at all. */
const FASTEST_IN_REACH_MS = 1000;

/**
 * What the moving average covers, in milliseconds and then as a part of the watch's age: long enough not to jump with a
 * burst, short enough to follow one. Doubling or halving either changes little.
 */
const LEAST_RATE_WINDOW_MS = 20_000;
const RATE_WINDOW_SHARE = 0.2;

/** A pause is only told from the rhythm of the polls when it is longer than their least distance. */
const SHORTEST_PAUSE_MS = 2000;

/**
 * The history with one more answer. `goals` are the counts of high-fit results that `--until` waits for; those behind us
 * hold no more.
 */
export function remember(before: History | null, task: TaskSnapshot, at: number, goals: readonly number[] = []): History {
  const funnel = upright(task.funnel);
  // Once the sources are exhausted, reaching the task's own target ends nothing.
  const target = task.isExhausted ? Number.POSITIVE_INFINITY : task.target;
  const left = Math.max(0, Math.min(target, ...goals.filter((goal) => goal > funnel.highFit)) - funnel.highFit);
  const reachedAt = left > 0 ? null : (before?.reachedAt ?? at);
  if (!before) {
    const none = { evaluationRate: 0, movedAt: at, suppliedAt: at, longestPause: SHORTEST_PAUSE_MS };
    return { since: at, at, funnel, left, reachedAt, isDry: task.isExhausted, ...none };
  }
  const supplied = funnel.discovered !== before.funnel.discovered || funnel.enriched !== before.funnel.enriched;
  const moved = supplied || funnel.evaluated !== before.funnel.evaluated || funnel.highFit !== before.funnel.highFit;
  return {
    since: before.since,
    at,
    funnel,
    left,
    reachedAt,
    isDry: task.isExhausted,
    evaluationRate: nextRate(before, funnel.evaluated, at),
    movedAt: moved ? at : before.movedAt,
    suppliedAt: supplied ? at : before.suppliedAt,
    longestPause: supplied ? Math.max(before.longestPause, at - before.suppliedAt) : before.longestPause,
  };
}

/** The counters made to stand in the order of the funnel. */
function upright({ highFit, evaluated, enriched, discovered }: Funnel): Funnel {
  const counts = { highFit: Math.max(0, highFit), evaluated: 0, enriched: 0, discovered: 0 };
  counts.evaluated = Math.max(counts.highFit, evaluated);
  counts.enriched = Math.max(counts.evaluated, enriched);
  counts.discovered = Math.max(counts.enriched, discovered);
  return counts;
}

/** An exponential moving average over uneven steps. Counters that fell count as standing still. */
function nextRate(before: History, evaluated: number, at: number): number {
  const step = at - before.at;
  if (step <= 0) return before.evaluationRate;
  const window = Math.max(LEAST_RATE_WINDOW_MS, (at - before.since) * RATE_WINDOW_SHARE);
  const weight = Math.exp(-step / window);
  return before.evaluationRate * weight + (1 - weight) * Math.max(0, (evaluated - before.funnel.evaluated) / step);
}

/** The pacer of a fixed interval. */
export function fixedPace(intervalMs: number): Pacer {
  return () => intervalMs;
}

/**
 * The pacer of `--interval auto`: as long as the nearest of the ends that can be foreseen allows, and the one that cannot;
 * never longer than `slowestMs`.
 */
export function autoPace(slowestMs: number): Pacer {
  return (history) => {
    if (history.at === history.since) return FASTEST_MS;
    const delay = Math.min(untilReached(history), untilDry(history), untilSurprise(history), slowestMs);
    return Math.max(FASTEST_IN_REACH_MS, delay);
  };
}

/** The pacer that polls less often, by the factor that the gate gives. */
export function slowed(pace: Pacer, { slowness }: Pick<Gate, 'slowness'>): Pacer {
  return (history) => pace(history) * slowness();
}

/** How long before the watch's own end the last poll starts, in milliseconds: enough time for the answer, and little more. */
const LAST_LOOK_MS = 2000;

/**
 * The pacer that asks once more shortly before `deadline`, on the clock's time: what ended between the last poll and the watch's own
 * end would be told as not ended.
 */
export function withLastLook(pace: Pacer, deadline: number): Pacer {
  return (history) => {
    const delay = pace(history);
    const toLastLook = deadline - LAST_LOOK_MS - history.at;
    return toLastLook >= FASTEST_MS ? Math.min(delay, toLastLook) : delay;
  };
}

/** The part of the time to the expected end to let pass; the rest is for a guess that is wrong. */
const CAUTION = 0.7;

/** Lateness that a request is worth: where the end can come at any moment, asking is spaced by the mean of this and that. */
const WORTH_MS = 2500;

/** How many steps typically come at once, in bursts or batches. Fewer are as uncertain as one. */
const STEPS_AT_ONCE = 2.5;

/**
 * The delay towards an end that is `steps` away, at `rate` steps a millisecond. Many steps even out, so most of the
 * expected time can be let pass; the last one may come at any moment, for which the geometric mean of the expected time and
 * `worthMs` is the best balance of asking and being late. In between, one weighs against the other by the number of steps.
 */
function approach(steps: number, rate: number, worthMs: number): number {
  if (rate <= 0) return Number.POSITIVE_INFINITY;
  const weight = 1 / (1 + Math.max(1, steps / STEPS_AT_ONCE));
  return CAUTION * (steps / rate) ** (1 - weight) * worthMs ** weight;
}

/** What part of the time since something moved, or ought to have ended, to let pass: a standstill is asked after ever less. */
const PATIENCE = 0.4;

/** The end by the target. Evaluations come evenly, and a share of them fits: steadier than to count the few that fit. */
function untilReached({ at, funnel, left, reachedAt, evaluationRate }: History): number {
  if (reachedAt !== null) return PATIENCE * (at - reachedAt);
  const share = (funnel.highFit + 0.5) / (funnel.evaluated + 1);
  return approach(left, evaluationRate * share, WORTH_MS);
}

/**
 * The end by exhaustion: nothing comes in any more and what is in the queue is worked off. How likely the sources are dry is
 * told by how long they have been silent, against the longest that they were before; the task itself may know.
 */
function untilDry({ at, funnel, isDry, movedAt, suppliedAt, longestPause, evaluationRate }: History): number {
  const queue = funnel.enriched - funnel.evaluated;
  if (isDry) return approach(queue, evaluationRate, WORTH_MS);
  const silence = at - suppliedAt;
  // Before anything was evaluated the queues are not empty but idle: it has hardly begun.
  if (silence === 0 || funnel.evaluated === 0) return Number.POSITIVE_INFINITY;
  const dry = silence / (silence + longestPause);
  if (queue === 0) return Math.max(FASTEST_MS, (PATIENCE * (at - movedAt)) / dry);
  return approach(queue, evaluationRate, WORTH_MS / dry);
}

/** Failure out of the blue: late by a small part of what the task took is soon enough, and sooner than this is not worth it. */
const SURPRISE_SHARE = 1 / 20;
const SOONEST_SURPRISE_MS = 14_000;

function untilSurprise({ at, since }: History): number {
  return Math.max(SOONEST_SURPRISE_MS, (at - since) * SURPRISE_SHARE);
}

/**
 * When the next poll of a task starts, on the clock's time in milliseconds. The delay counts from start to start; after
 * an answer that took longer, or a laptop's sleep, the next poll leaves at once, and the missed ones are not made up for.
 */
export function nextPollAt(startedAt: number, delayMs: number, now: number): number {
  return Math.max(now, startedAt + delayMs);
}

/**
 * How much later than usual the second poll of the `index`th of `count` tasks starts, in milliseconds. All first polls
 * leave at once, because a user waits for them; this spreads the later ones evenly over the interval.
 * Later and not sooner: the interval is a promise to the server.
 */
export function phaseOffset(index: number, count: number, intervalMs: number): number {
  return (intervalMs * index) / count;
}
