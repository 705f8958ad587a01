import type { Attempt } from '../core/attempt.ts';
import { formatDuration } from '../core/duration.ts';
import type { Failure } from '../core/failure.ts';

/** What to say of such a request. */
interface OnceWords {
  /** What is not known when the answer was lost, in a clause. */
  readonly lost: string;
  /** How to find out then; starts with a verb. */
  readonly fix: string;
}

/**
 * What a request that costs credits comes to. It may be repeated only where nothing of it left: a service that did not answer,
 * or not well, may all the same have done what it was asked for (RFC 9110 section 9.2.2 on what is not idempotent).
 */
export function sentOnce<T>(attempt: Attempt<T>, words: OnceWords): Attempt<T> {
  return attempt.ok ? attempt : { ...attempt, failure: finalFailure(attempt.failure, words) };
}

function finalFailure(failure: Failure, { lost, fix }: OnceWords): Failure {
  if (failure.unsent) return failure;
  if (isRefusal(failure)) return { ...failure, transient: false, fix: fixOfRefusal(failure) };
  return { ...failure, transient: false, lost, what: `${failure.what}, and ${lost}`, fix };
}

/** A rate limit or a 425 asks for patience, which only the user can have here; what else was refused will be refused again. */
function fixOfRefusal({ transient, fix, retryAfterMs }: Failure): string {
  if (!transient) return fix;
  return `run the command again ${retryAfterMs === undefined ? 'later' : `in ${formatDuration(retryAfterMs)}`}`;
}

/** Whether the service said plainly that it did nothing. A proxy's 5xx says nothing of the service behind it, nor does 408. */
function isRefusal({ status }: Failure): boolean {
  return status !== undefined && status >= 300 && status < 500 && status !== 408;
}
