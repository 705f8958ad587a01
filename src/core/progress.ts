import type { Company } from './company.ts';
import type { Failure, Reason } from './failure.ts';
import { type TimeLeft, timeLeft } from './forecast-said.ts';
import type { Outcome } from './outcome.ts';
import type { PollEvent } from './poll.ts';
import type { SnapshotEvent } from './poll-event.ts';
import { type Sample, withSample } from './samples.ts';
import type { TaskSnapshot } from './task.ts';

/** All that is known of one watched task. Times are the clock's, in milliseconds. */
export interface Progress {
  readonly id: string;
  readonly startedAt: number;
  /** The newest answer; null until there was one. */
  readonly task: TaskSnapshot | null;
  /** Whether that looks ended, and may be older than the request by which the task was just resumed. */
  readonly mayBeOld: boolean;
  readonly nextPollAt: number | null;
  /** The outage under way: its newest failure, the number of failures in a row, when it is tried again. */
  readonly outage: { readonly failure: Failure; readonly attempt: number; readonly retryAt: number } | null;
  readonly outcome: Outcome | null;
  /** Why it ended, in words for the user; null before the end, or if the task itself gives the reason. */
  readonly reason: Reason | null;
  /** When the newest answer came; null before the first. */
  readonly answeredAt: number | null;
  /** When a counter, the target or the status last changed; null before the first answer. */
  readonly changedAt: number | null;
  /** How long the watch will still take; null where that is not known. For views: `timeLeftOf`. */
  readonly timeLeft: TimeLeft | null;
  /** The time left that was told last, which the next one does not exceed; null where none was, or where there is cause to exceed it. */
  readonly told: TimeLeft | null;
  /** High-fit results over the time of the watch; null where nobody looks at them: of thousands of tasks they are the most of it. */
  readonly samples: readonly Sample[] | null;
  /** What happened to the task that nobody expects: its target was raised or lowered, or it started over. */
  readonly surprise: Surprise | null;
  /** Answers that came, and requests that failed and were repeated. */
  readonly polls: number;
  readonly retries: number;
  /** The best of what it has found so far, in the API's order; none until somebody asks for them. */
  readonly best: readonly Company[];
  /** What it found, once it has ended and that was asked for; else null. */
  readonly companies: readonly Company[] | null;
}

export type Surprise = { readonly kind: 'target'; readonly from: number; readonly to: number } | { readonly kind: 'restart' };

/** The progress of a task before anything is known about it. `keepsSamples` is for views that draw a rate. */
export function begin(id: string, now: number, keepsSamples = true): Progress {
  return {
    id,
    startedAt: now,
    task: null,
    mayBeOld: false,
    nextPollAt: null,
    outage: null,
    outcome: null,
    reason: null,
    answeredAt: null,
    changedAt: null,
    timeLeft: null,
    told: null,
    samples: keepsSamples ? [] : null,
    surprise: null,
    polls: 0,
    retries: 0,
    best: [],
    companies: null,
  };
}

/** Folds one event into the progress. A success ends an outage; counters may go either way. */
export function advance(progress: Progress, event: PollEvent): Progress {
  switch (event.kind) {
    case 'snapshot':
      return withAnswer(progress, event);
    case 'retrying': {
      const outage = { failure: event.failure, attempt: event.attempt, retryAt: event.at + event.delayMs };
      return { ...progress, nextPollAt: outage.retryAt, outage, retries: progress.retries + 1 };
    }
    case 'settled':
      return { ...progress, nextPollAt: null, outage: null, outcome: event.outcome };
  }
}

function withAnswer(progress: Progress, { task, at, changedAt, nextPollAt, mayBeOld, forecast }: SnapshotEvent): Progress {
  const { task: before, samples } = progress;
  const surprise = before && surpriseOf(before, task);
  const hasRunDry = before !== null && task.isExhausted && !before.isExhausted;
  const told = surprise || hasRunDry || progress.outage || hasStood(progress, at) ? null : progress.told;
  const left = timeLeft(forecast, nextPollAt, told);
  return {
    ...progress,
    task,
    mayBeOld,
    nextPollAt,
    outage: null,
    answeredAt: at,
    changedAt,
    timeLeft: left,
    told: left ?? told,
    // After a fresh start the old counts say nothing of the new ones.
    samples: samples && withSample(surprise?.kind === 'restart' ? [] : samples, { at, highFit: task.funnel.highFit }),
    surprise: surprise ?? progress.surprise,
    polls: progress.polls + 1,
  };
}

/** After this time without a change a task counts as standing still, in milliseconds. */
export const STANDSTILL_MS = 60_000;

/** A task that is watched for hours may pause for a minute again and again: only a longer part of its time is a cause. */
const STANDSTILL_SHARE = 0.05;

/** Whether a task stands still for so long that its time left may rise: no counter, target or status has changed. */
function hasStood({ changedAt, startedAt }: Progress, now: number): boolean {
  return changedAt !== null && now - changedAt >= Math.max(STANDSTILL_MS, STANDSTILL_SHARE * (now - startedAt));
}

/**
 * How long the watch will still take, for views; null where that is not known, and in an outage. It does not rise, but after what a
 * view shows as well: an outage, a standstill, another target, a fresh start, sources that are exhausted.
 */
export function timeLeftOf(progress: Progress): TimeLeft | null {
  return progress.outage || progress.outcome ? null : progress.timeLeft;
}

function surpriseOf(before: TaskSnapshot, task: TaskSnapshot): Surprise | null {
  if (task.funnel.discovered < before.funnel.discovered) return { kind: 'restart' };
  return task.target === before.target ? null : { kind: 'target', from: before.target, to: task.target };
}
