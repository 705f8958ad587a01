import type { Goal } from './condition.ts';
import type { Funnel, TaskSnapshot } from './task.ts';

/*
 * What is kept of a task's history so that its end can be foreseen: about thirty numbers, however long the watch. Times are the
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
  /** What `--until` waits for of the other counters. */
  readonly awaited: readonly Goal[];
  /** Since when nothing is missing any more; null while something is. */
  readonly reachedAt: number | null;
  /** The first answer, or one that is below it, after counters fell. */
  readonly first: { readonly at: number; readonly funnel: Funnel };
  /** By how much each counter has risen a millisecond of late: moving averages. */
  readonly rates: Funnel;
  /** The last answer before the evaluations began to move, as far as this watch has seen. */
  readonly began: Beginning;
  /** How evenly they have moved since. */
  readonly steps: Steps;
  /** When any counter last moved. */
  readonly movedAt: number;
  /** Whether the sources are exhausted by the task's own account: what is in the queue is all that is left. */
  readonly isDry: boolean;
  /** When candidates last came in: discovered or enriched moved. */
  readonly suppliedAt: number;
  /** When candidates were last discovered, and the longest pause between two such times. */
  readonly discoveredAt: number;
  readonly longestSilence: number;
  /** When evaluations last came, and the longest pause between two. */
  readonly evaluatedAt: number;
  readonly longestPause: number;
  /** For how long nothing has moved with all that was enriched evaluated. */
  readonly idleMs: number;
}

interface Beginning {
  readonly at: number;
  readonly evaluated: number;
}

/** Sums over steps of the evaluations, each at least an eighth of the time since they began. */
interface Steps {
  /** Where the step under way began. */
  readonly from: Beginning;
  /** Of the squares of evaluations, of the durations in seconds, and of their products. */
  readonly evaluations: number;
  readonly durations: number;
  readonly products: number;
}

/**
 * What the moving average covers, in milliseconds and then as a part of the watch's age: long enough not to jump with a
 * burst, short enough to follow one. Doubling or halving either changes little.
 */
const LEAST_RATE_WINDOW_MS = 20_000;
const RATE_WINDOW_SHARE = 0.2;

/** A pause is only told from the rhythm of the polls when it is longer than their least distance, in milliseconds. */
const SHORTEST_PAUSE_MS = 2000;

/** How many steps the evaluations take, of equal duration, when nothing is older than they are. */
const STEPS = 8;

/** The history with one more answer. `goals` are what `--until` waits for. */
export function remember(before: History | null, task: TaskSnapshot, at: number, goals: readonly Goal[] = []): History {
  const now = presentOf(before, task, at, goals);
  return before ? goneOn(before, now) : begun(now);
}

/** How a task stands by its newest answer. */
type Present = Pick<History, 'at' | 'funnel' | 'left' | 'awaited' | 'reachedAt' | 'isDry'>;

/** Goals behind us hold no more, and exhausted sources give nothing new. */
function presentOf(before: History | null, task: TaskSnapshot, at: number, goals: readonly Goal[]): Present {
  const funnel = upright(task.funnel);
  const ahead = goals.filter(({ counter, count }) => count > funnel[counter]);
  // Once the sources are exhausted, reaching the task's own target ends nothing.
  const target = task.isExhausted ? Number.POSITIVE_INFINITY : task.target;
  const results = ahead.filter(({ counter }) => counter === 'highFit');
  const left = Math.max(0, Math.min(target, ...results.map(({ count }) => count)) - funnel.highFit);
  const awaited = ahead.filter(({ counter }) => counter === 'evaluated' || (counter !== 'highFit' && !task.isExhausted));
  const reachedAt = left > 0 ? null : (before?.reachedAt ?? at);
  return { at, funnel, left, awaited, reachedAt, isDry: task.isExhausted };
}

function begun(now: Present): History {
  const { at, funnel } = now;
  const here = { at, evaluated: funnel.evaluated };
  return {
    since: at,
    first: { at, funnel },
    rates: { discovered: 0, enriched: 0, evaluated: 0, highFit: 0 },
    began: here,
    steps: noSteps(here),
    movedAt: at,
    suppliedAt: at,
    discoveredAt: at,
    longestSilence: SHORTEST_PAUSE_MS,
    evaluatedAt: at,
    longestPause: SHORTEST_PAUSE_MS,
    idleMs: 0,
    ...now,
  };
}

function goneOn(before: History, now: Present): History {
  const { at, funnel } = now;
  const here = { at, evaluated: funnel.evaluated };
  const discovered = funnel.discovered !== before.funnel.discovered;
  const supplied = discovered || funnel.enriched !== before.funnel.enriched;
  const evaluated = funnel.evaluated !== before.funnel.evaluated;
  const moved = supplied || evaluated || funnel.highFit !== before.funnel.highFit;
  const isIdle = !moved && funnel.evaluated > 0 && funnel.evaluated === funnel.enriched;
  // What was evaluated before this watch says nothing of the pace, and after counters fell it begins anew.
  const stands = funnel.evaluated <= before.began.evaluated;
  const began = stands ? here : before.began;
  return {
    since: before.since,
    first: funnel.discovered < before.first.funnel.discovered ? { at, funnel } : before.first,
    rates: nextRates(before, funnel, at),
    began,
    steps: stands ? noSteps(here) : stepped(before.steps, began, here),
    movedAt: moved ? at : before.movedAt,
    suppliedAt: supplied ? at : before.suppliedAt,
    discoveredAt: discovered ? at : before.discoveredAt,
    longestSilence: discovered ? Math.max(before.longestSilence, at - before.discoveredAt) : before.longestSilence,
    evaluatedAt: evaluated ? at : before.evaluatedAt,
    longestPause: evaluated ? Math.max(before.longestPause, at - before.evaluatedAt) : before.longestPause,
    idleMs: before.idleMs + (isIdle ? at - before.at : 0),
    ...now,
  };
}

/** The counters made to stand in the order of the funnel, and whole numbers whose squares are neither 0 nor Infinity, whatever was sent. */
function upright(counts: Funnel): Funnel {
  const between = (least: number, count: number) => Math.max(least, Math.min(Number.MAX_SAFE_INTEGER, Math.floor(count)));
  const highFit = between(0, counts.highFit);
  const evaluated = between(highFit, counts.evaluated);
  const enriched = between(evaluated, counts.enriched);
  return { discovered: between(enriched, counts.discovered), enriched, evaluated, highFit };
}

/**
 * Exponential moving averages over uneven steps, which cover no more than the watch has seen. A counter that fell counts as standing
 * still.
 */
function nextRates({ since, at: earlier, funnel: counts, rates }: History, funnel: Funnel, at: number): Funnel {
  const step = at - earlier;
  if (step <= 0) return rates;
  const age = at - since;
  const window = Math.max(LEAST_RATE_WINDOW_MS, age * RATE_WINDOW_SHARE);
  // The part of the average that the step makes: all of it for the first one.
  const part = Math.expm1(-step / window) / Math.expm1(-age / window);
  const next = (counter: keyof Funnel) =>
    rates[counter] + part * (Math.max(0, funnel[counter] - counts[counter]) / step - rates[counter]);
  return { discovered: next('discovered'), enriched: next('enriched'), evaluated: next('evaluated'), highFit: next('highFit') };
}

function noSteps(from: Beginning): Steps {
  return { from, evaluations: 0, durations: 0, products: 0 };
}

/** Ends the step under way if it is long enough. */
function stepped(steps: Steps, began: Beginning, here: Beginning): Steps {
  if (here.at - steps.from.at < (here.at - began.at) / STEPS) return steps;
  return { from: here, ...addedUp(steps, here) };
}

function addedUp({ from, evaluations, durations, products }: Steps, here: Beginning): Omit<Steps, 'from'> {
  const [more, seconds] = [here.evaluated - from.evaluated, (here.at - from.at) / 1000];
  return { evaluations: evaluations + more ** 2, durations: durations + seconds ** 2, products: products + more * seconds };
}

/**
 * How unevenly the evaluations have come: the squares of what each step had more or less of them, as a share of all, than of the
 * time. For work that comes at random it is 1 divided by the evaluations; for one burst nearly 1.
 */
export function jumpinessOf({ at, funnel, began, steps }: History): number {
  const { evaluations, durations, products } = addedUp(steps, { at, evaluated: funnel.evaluated });
  const [all, seconds] = [funnel.evaluated - began.evaluated, (at - began.at) / 1000];
  return all > 0 && seconds > 0
    ? Math.max(0, evaluations / all ** 2 - (2 * products) / (all * seconds) + durations / seconds ** 2)
    : 1;
}
