import type { Failure } from '../core/failure.ts';
import { type Outcome, whatOf } from '../core/outcome.ts';
import { ExtructError } from './error.ts';
import type { Task } from './types.ts';

/*
 * What goes wrong is a value in the core. Here it becomes the error that a user of the library catches.
 */

/** A request's failure as an error, with the last task that was seen. */
export function errorOfFailure(failure: Failure, task?: Task): ExtructError {
  return new ExtructError(failure.kind, failure.what, { ...detailsOf(failure), task });
}

/** What ended a call, where that is not the task's own end. `lost` is what its last request left unknown. */
export function errorOfOutcome(outcome: Outcome, task?: Task, lost?: string): ExtructError {
  const what = whatOf(outcome) ?? '';
  if ('failure' in outcome) {
    const { kind, failure, gaveUp } = outcome;
    const limit = gaveUp && 'limit' in gaveUp ? `, longer than ${gaveUp.limit}Ms allows` : '';
    return new ExtructError(kind, what + limit, { ...detailsOf(failure), task });
  }
  if (outcome.kind === 'timed_out') return new ExtructError(outcome.kind, what, { task, lost });
  if (outcome.kind === 'stalled') return new ExtructError(outcome.kind, `${what} (stallTimeoutMs)`, { task });
  throw new Error(`a call ended as ${outcome.kind}`);
}

function detailsOf({ status, retryAfterMs, problem, lost, cause }: Failure) {
  return { status, retryAfterMs, isRateLimit: problem === 'rate_limit' || undefined, lost, cause };
}
