import { backoffDelay } from './backoff.ts';
import { formatDuration } from './duration.ts';
import type { Failure } from './failure.ts';
import type { Outcome } from './outcome.ts';

/** How long failures are put up with (contract, "Polling"). Times in milliseconds. */
export interface RetryPolicy {
  /** From the start of an outage's first failed request. */
  readonly retryForMs: number;
  /** When `--timeout` ends all, on the clock's time; Infinity for never. */
  readonly deadline: number;
  readonly names: SettingNames;
}

/** What the user calls these settings, for the words that say what ended it. */
export interface SettingNames {
  readonly timeout: string;
  readonly retryFor: string;
}

/** An outage under way: since when, on the clock's time, and how many requests failed in it. */
interface Outage {
  readonly since: number;
  readonly attempt: number;
}

/** None, to count the first failure on. */
export const NO_OUTAGE: Outage = { since: Number.POSITIVE_INFINITY, attempt: 0 };

/** The outage with one more failed request, which left at `startedAt`. */
export function withFailure({ since, attempt }: Outage, startedAt: number): Outage {
  return { since: Math.min(since, startedAt), attempt: attempt + 1 };
}

/** How long to wait before asking again, in milliseconds, or the outcome where asking again is pointless. */
export function afterFailure(
  failure: Failure,
  outage: Outage,
  now: number,
  policy: RetryPolicy,
  random: () => number,
): number | Outcome {
  if (!failure.transient) return { kind: failure.kind, failure };
  const left = outage.since + policy.retryForMs - now;
  if (left < 1) return gaveUp(failure, outage, now);
  const asked = failure.retryAfterMs ?? 0;
  if (now + asked > policy.deadline && policy.deadline - now <= left)
    return askedTooMuch(failure, asked, policy.names.timeout, 'timed_out');
  if (asked > left) return askedTooMuch(failure, asked, policy.names.retryFor, failure.kind);
  return Math.min(left, Math.max(asked, backoffDelay(outage.attempt, random)));
}

function gaveUp(failure: Failure, outage: Outage, now: number): Outcome {
  if (outage.attempt === 1) return { kind: failure.kind, failure };
  const what = `${failure.what}, the last of ${outage.attempt} failures in ${formatDuration(now - outage.since)}`;
  return { kind: failure.kind, failure: { ...failure, what } };
}

/** A `Retry-After` past what the user allows: waiting would only delay the same end, so it comes at once. */
function askedTooMuch(failure: Failure, askedMs: number, setting: string, kind: Failure['kind'] | 'timed_out'): Outcome {
  const what = `${failure.what} and asked to be left alone for ${formatDuration(askedMs)}, longer than ${setting} allows`;
  const told: Failure = { ...failure, what, fix: `run the command again later, or set a longer ${setting}` };
  return kind === 'timed_out' ? { kind, reason: told } : { kind, failure: told };
}
