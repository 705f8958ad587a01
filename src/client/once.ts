import type { Attempt } from '../core/attempt.ts';
import type { Failure } from '../core/failure.ts';

/**
 * What a request that costs credits comes to. It may be repeated only where nothing of it left: a service that did not answer,
 * or not well, may all the same have done what it was asked for (RFC 9110 section 9.2.2 on what is not idempotent). `lost` is what is
 * not known then, in a clause.
 */
export function sentOnce<T>(attempt: Attempt<T>, lost: string): Attempt<T> {
  return attempt.ok ? attempt : { ...attempt, failure: finalFailure(attempt.failure, lost) };
}

function finalFailure(failure: Failure, lost: string): Failure {
  if (failure.unsent) return failure;
  if (isRefusal(failure)) return { ...failure, transient: false };
  return { ...failure, transient: false, lost, what: `${failure.what}, and ${lost}` };
}

/** Whether the service said plainly that it did nothing. A proxy's 5xx says nothing of the service behind it, nor does 408. */
function isRefusal({ status }: Failure): boolean {
  return status !== undefined && status >= 300 && status < 500 && status !== 408;
}
