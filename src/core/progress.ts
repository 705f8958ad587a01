import type { Failure } from './failure.ts';
import type { Outcome } from './outcome.ts';
import type { PollEvent } from './poll.ts';
import type { TaskSnapshot } from './task.ts';

/** All that is known of one watched task. Times are the clock's, in milliseconds. */
export interface Progress {
  readonly id: string;
  readonly startedAt: number;
  /** The newest answer; null until there was one. */
  readonly task: TaskSnapshot | null;
  readonly nextPollAt: number | null;
  /** The outage under way: its newest failure, the number of failures in a row, when it is tried again. */
  readonly outage: { readonly failure: Failure; readonly attempt: number; readonly retryAt: number } | null;
  readonly outcome: Outcome | null;
}

/** The progress of a task of which nothing is known yet. */
export function begin(id: string, now: number): Progress {
  return { id, startedAt: now, task: null, nextPollAt: null, outage: null, outcome: null };
}

/** Folds one event into the progress. A success ends an outage; counters may go either way. */
export function advance(progress: Progress, event: PollEvent): Progress {
  switch (event.kind) {
    case 'snapshot':
      return { ...progress, task: event.task, nextPollAt: event.nextPollAt, outage: null };
    case 'retrying': {
      const outage = { failure: event.failure, attempt: event.attempt, retryAt: event.at + event.delayMs };
      return { ...progress, nextPollAt: outage.retryAt, outage };
    }
    case 'settled':
      return { ...progress, nextPollAt: null, outage: null, outcome: event.outcome };
  }
}
