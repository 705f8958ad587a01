import type { Answered } from '../core/attempts.ts';
import { exitCodeOf } from '../core/exit-code.ts';
import type { Failure as FailedRequest } from '../core/failure.ts';
import { type Outcome as Ending, unscoredIn, whatOf } from '../core/outcome.ts';
import type { TaskSnapshot } from '../core/task.ts';
import type { Failure, Outcome, Result } from './outcome.ts';

/*
 * How a call ended, in the library's words. The command line's tell a person which command to run next; a program is told what
 * happened, and decides for itself.
 */

/** How a watch ended, of the core's outcome and the last answer. */
export function outcomeOf(ending: Ending, task: TaskSnapshot | null): Outcome {
  const exitCode = exitCodeOf(ending);
  if (task && (ending.kind === 'done' || ending.kind === 'exhausted' || ending.kind === 'failed')) {
    return { kind: ending.kind, task, unscored: unscoredIn(task), exitCode };
  }
  if (task && ending.kind === 'condition_met') return { kind: ending.kind, condition: ending.condition, task, exitCode };
  const failure = failureOf(ending);
  return { kind: failure.kind, failure, task, exitCode };
}

/** What kept a call from its answer, where the core's outcome is not the task's own. */
function failureOf(ending: Ending): Failure {
  const message = whatOf(ending) ?? 'The call was aborted';
  if ('failure' in ending) {
    const { failure, gaveUp, kind } = ending;
    const limit = gaveUp && 'limit' in gaveUp ? `, longer than ${gaveUp.limit}Ms allows` : '';
    return { ...failureOfRequest(failure), kind, message: message + limit };
  }
  if (ending.kind === 'stalled') return { kind: ending.kind, message: `${message} (stallTimeoutMs)` };
  // Nothing else ends a call whose task runs.
  return { kind: ending.kind === 'timed_out' ? ending.kind : 'aborted', message };
}

/** A request's failure. */
export function failureOfRequest({ problem, transient: _, unsent: __, what: message, ...rest }: FailedRequest): Failure {
  return { message, ...rest, ...(problem === 'rate_limit' ? { isRateLimit: true } : {}) };
}

/** What a call for a single answer comes to. A request that costs credits may be lost when its call is ended. */
export function resultOf<T, R extends object>(answered: Answered<T>, read: (value: T) => R): Result<R> {
  if (answered.ok) return { ok: true, ...read(answered.value) };
  const { outcome, failure } = answered;
  const lost = failure?.lost;
  return { ok: false, failure: { ...failureOf(outcome), ...(lost === undefined ? {} : { lost }) } };
}
