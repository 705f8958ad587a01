import type { Attempt } from '../core/attempt.ts';
import type { Failure } from '../core/failure.ts';

/**
 * The result of a request that costs credits. The request may be repeated only if nothing of it was sent: a service that did not
 * answer, or answered with an error, may still have done what it was asked for (RFC 9110 section 9.2.2 on methods that are not
 * idempotent). `lost` says in a clause what is unknown then.
 */
export function sentOnce<T>(attempt: Attempt<T>, lost: string): Attempt<T> {
  return attempt.ok ? attempt : { ...attempt, failure: finalFailure(attempt.failure, lost) };
}

function finalFailure(failure: Failure, lost: string): Failure {
  if (failure.unsent) return failure;
  if (isRefusal(failure)) return { ...failure, transient: false };
  return { ...failure, transient: false, lost, what: `${failure.what}, and ${lost}` };
}

/** Whether the service clearly said that it did nothing. A 408 or a proxy's 5xx does not say what the service behind it did. */
function isRefusal({ status }: Failure): boolean {
  return status !== undefined && status >= 300 && status < 500 && status !== 408;
}
