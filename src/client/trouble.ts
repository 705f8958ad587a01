import type { Failure, Reason } from '../core/failure.ts';
import type { Outcome } from '../core/outcome.ts';
import { ExtructError, type ExtructErrorKind } from './error.ts';
import type { Task } from './types.ts';

/*
 * What goes wrong is a value in the core. Here it becomes the error that a user of the library catches.
 */

/** A request's failure as an error, with the last task that was seen. */
export function errorOfFailure(failure: Failure, task?: Task): ExtructError {
  return errorWith(failure.kind, failure, task);
}

/** What ended a call, where that is not the task's own end. `lost` is what its last request left unknown. */
export function errorOfOutcome(outcome: Outcome, task?: Task, lost?: string): ExtructError {
  if ('failure' in outcome) return errorWith(outcome.kind, outcome.failure, task, lost);
  if (outcome.kind === 'timed_out' || outcome.kind === 'stalled') return errorWith(outcome.kind, outcome.reason, task, lost);
  throw new Error(`a call ended as ${outcome.kind}`);
}

/** Why, as the core tells it: a request's failure says more than another reason does. */
type Why = Reason & Partial<Pick<Failure, 'retryAfterMs' | 'isRateLimit' | 'lost' | 'cause'>>;

function errorWith(kind: ExtructErrorKind, why: Why, task?: Task, lost = why.lost): ExtructError {
  const { what, status, retryAfterMs, isRateLimit, cause } = why;
  return new ExtructError(kind, what, { status, retryAfterMs, isRateLimit, lost, task, cause });
}
