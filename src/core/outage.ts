import { backoffDelay, withJitter } from './backoff.ts';
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

/** An outage under way. */
interface Outage {
  /** Since when, on the clock's time. */
  readonly since: number;
  /** How many requests failed in it. */
  readonly attempt: number;
  /** Whether all of them were refused for the rate alone. */
  readonly isRateOnly: boolean;
  /** How many said that the task is not there, or not for this token. */
  readonly denials: number;
}

/** None, to count the first failure on. */
export const NO_OUTAGE: Outage = { since: Number.POSITIVE_INFINITY, attempt: 0, isRateOnly: true, denials: 0 };

/** The outage with one more failed request, which left at `startedAt` after `waitedMs` at the gate: that is no time of the outage's. */
export function withFailure(outage: Outage, failure: Failure, { startedAt, waitedMs }: Passage): Outage {
  return {
    since: Math.min(outage.since + waitedMs, startedAt),
    attempt: outage.attempt + 1,
    isRateOnly: outage.isRateOnly && failure.isRateLimit === true,
    denials: outage.denials + (isDenial(failure) ? 1 : 0),
  };
}

/** 401, 403, 404. */
function isDenial({ kind, transient }: Failure): boolean {
  return !transient && (kind === 'unauthorized' || kind === 'not_found');
}

/** When a request left, on the clock's time, and how long it had been kept at the gate, in milliseconds. */
interface Passage {
  readonly startedAt: number;
  readonly waitedMs: number;
}

/** What is known of the service besides, at the time of a failure. */
export interface Standing {
  /** Whether the same was answered well before: then one that denies it is asked once more. */
  readonly wasAnswered: boolean;
  /** When the service last answered anybody well, on the clock's time. */
  readonly lastAnswerAt: number;
  /** When the gate opens for the next request. */
  readonly opensAt: number;
}

/** How long after a denial that is not believed the same is asked once more, in milliseconds (contract, "Polling"). */
const DOUBT_MS = 1000;

/** How long to wait before asking again, in milliseconds, or the outcome where asking again is pointless. */
export function afterFailure(
  failure: Failure,
  outage: Outage,
  now: number,
  policy: RetryPolicy,
  random: () => number,
  { wasAnswered, lastAnswerAt, opensAt }: Standing,
): number | Outcome {
  if (isDenial(failure) && wasAnswered && outage.denials === 1) return DOUBT_MS;
  if (!failure.transient) return { kind: failure.kind, failure };
  // While the service answers others, who was only refused for the rate has not lost it.
  const since = outage.isRateOnly ? Math.max(outage.since, lastAnswerAt) : outage.since;
  const left = since + policy.retryForMs - now;
  if (left < 1) return gaveUp(failure, outage, now);
  const asked = failure.retryAfterMs ?? 0;
  if (now + asked > policy.deadline && policy.deadline - now <= left)
    return askedTooMuch(failure, asked, policy.names.timeout, 'timed_out');
  if (asked > left) return askedTooMuch(failure, asked, policy.names.retryFor, failure.kind);
  const jittered = withJitter(asked, random);
  // What was allowed is not given up for the sake of the jitter.
  const atLeast = now + jittered > policy.deadline ? asked : jittered;
  return Math.min(left, Math.max(atLeast, backoffDelay(outage.attempt, random), opensAt - now));
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
