import type { Funnel, TaskSnapshot } from './task.ts';

/*
 * What is kept of a task's history so that its end can be foreseen: about twenty numbers, however long the watch. Times are the
 * clock's, in milliseconds.
 */

/** Sums, not snapshots, so that a day's watch is as small as a minute's. */
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
  /** The last answer before the evaluations began to move, as far as this watch has seen. */
  readonly began: Beginning;
  /** When any counter last moved. */
  readonly movedAt: number;
  /** Whether the sources are exhausted by the task's own account: what is in the queue is all that is left. */
  readonly isDry: boolean;
  /** When candidates last came in (discovered or enriched moved), and the longest that this has ever paused. */
  readonly suppliedAt: number;
  readonly longestPause: number;
  /** The same of discoveries alone. */
  readonly discoveredAt: number;
  readonly longestSilence: number;
  /** For how long nothing has moved with all that was enriched evaluated. */
  readonly idleMs: number;
}

interface Beginning {
  readonly at: number;
  readonly evaluated: number;
}

/**
 * What the moving average covers, in milliseconds and then as a part of the watch's age: long enough not to jump with a
 * burst, short enough to follow one. Doubling or halving either changes little.
 */
const LEAST_RATE_WINDOW_MS = 20_000;
const RATE_WINDOW_SHARE = 0.2;

/** A pause is only told from the rhythm of the polls when it is longer than their least distance, in milliseconds. */
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
  const now = { at, funnel, left, reachedAt, isDry: task.isExhausted };
  if (!before) {
    const began = { at, evaluated: funnel.evaluated };
    return {
      since: at,
      evaluationRate: 0,
      began,
      movedAt: at,
      suppliedAt: at,
      longestPause: SHORTEST_PAUSE_MS,
      discoveredAt: at,
      longestSilence: SHORTEST_PAUSE_MS,
      idleMs: 0,
      ...now,
    };
  }
  const supplied = funnel.discovered !== before.funnel.discovered || funnel.enriched !== before.funnel.enriched;
  const moved = supplied || funnel.evaluated !== before.funnel.evaluated || funnel.highFit !== before.funnel.highFit;
  const discovered = funnel.discovered !== before.funnel.discovered;
  const isIdle = !moved && funnel.evaluated > 0 && funnel.evaluated === funnel.enriched;
  // What was evaluated before this watch says nothing of the pace, and after counters fell it begins anew.
  const stands = funnel.evaluated <= before.began.evaluated;
  return {
    since: before.since,
    evaluationRate: nextRate(before, funnel.evaluated, at),
    began: stands ? { at, evaluated: funnel.evaluated } : before.began,
    movedAt: moved ? at : before.movedAt,
    suppliedAt: supplied ? at : before.suppliedAt,
    longestPause: supplied ? Math.max(before.longestPause, at - before.suppliedAt) : before.longestPause,
    discoveredAt: discovered ? at : before.discoveredAt,
    longestSilence: discovered ? Math.max(before.longestSilence, at - before.discoveredAt) : before.longestSilence,
    idleMs: before.idleMs + (isIdle ? at - before.at : 0),
    ...now,
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
