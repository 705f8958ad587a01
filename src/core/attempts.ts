import type { Attempt } from './attempt.ts';
import { backoffDelay, withJitter } from './backoff.ts';
import type { Clock } from './clock.ts';
import type { Failure } from './failure.ts';
import type { Gate } from './gate.ts';
import type { Outcome } from './outcome.ts';
import type { RetryingEvent } from './poll-event.ts';

/** How long to keep retrying (contract, "Polling"). Times in milliseconds. */
export interface RetryPolicy {
  /** From the start of an outage's first failed request. */
  readonly retryForMs: number;
  /** When the user's time is up, on the clock's time; Infinity for never. */
  readonly deadline: number;
}

/** What asking needs of the world. The reason of `signal` is the outcome. */
export interface AskDeps {
  readonly clock: Clock;
  readonly random: () => number;
  /** The one of all requests to the service. */
  readonly gate: Gate;
  readonly signal: AbortSignal;
}

/** The outcome that ended the asking, with the failure that the last request came to, if one did. */
interface Unanswered {
  readonly ok: false;
  readonly outcome: Outcome;
  readonly failure?: Failure;
}

/** What was asked for, or why it did not come. */
export type Answered<T> = { readonly ok: true; readonly value: T } | Unanswered;

/** The same of a run of attempts, with when the request left that was answered. */
type Ran<T> = Extract<Attempt<T>, { ok: true }> | Unanswered;

/** A run of failed attempts: an outage. */
interface Outage {
  /** Since when, on the clock's time. */
  readonly since: number;
  /** When the newest of its failures came. */
  readonly lastAt: number;
  /** How many requests failed in it. */
  readonly attempt: number;
  /** Whether all of them were refused for the rate alone. */
  readonly isRateOnly: boolean;
  /** How many said that the task is not there, or not for this token. */
  readonly denials: number;
}

const NO_OUTAGE: Outage = {
  since: Number.POSITIVE_INFINITY,
  lastAt: Number.POSITIVE_INFINITY,
  attempt: 0,
  isRateOnly: true,
  denials: 0,
};

/** How long after a denial that is not believed the same is asked once more, in milliseconds (contract, "Polling"). */
const DOUBT_MS = 1000;

/**
 * Asks until there is an answer, the policy allows no more, or `signal` aborts. Yields each failed attempt that will be repeated, and
 * waits after that. `wasAnswered` says that the service answered the same caller well before: then a denial is not believed at once.
 */
export async function* attempts<T>(
  ask: (signal: AbortSignal) => Promise<Attempt<T>>,
  policy: RetryPolicy,
  { clock, random, gate, signal }: AskDeps,
  wasAnswered: boolean,
): AsyncGenerator<RetryingEvent<Failure>, Ran<T>, void> {
  let outage = NO_OUTAGE;
  let failure: Failure | undefined;
  while (!signal.aborted) {
    const cameAt = clock.now();
    await gate.enter(policy.retryForMs, signal);
    // Time at the gate does not count as time of the outage.
    outage = { ...outage, since: outage.since + clock.now() - cameAt };
    const enteredAt = clock.now();
    const attempt = await ask(signal);
    // One that waited for a connection behind the gate left late, but at the pace of its entry: its refusal says nothing of a newer one.
    gate.tell({ ...attempt, startedAt: enteredAt }, policy.retryForMs);
    if (attempt.ok) return attempt;
    failure = attempt.failure;
    if (signal.aborted) break;
    const at = clock.now();
    outage = withFailure(outage, failure, attempt.startedAt, at, gate.lastAnswerAt());
    const isDoubted = wasAnswered && isDenial(failure) && outage.denials === 1;
    const next = isDoubted ? DOUBT_MS : afterFailure(failure, outage, at, policy, random, gate);
    if (typeof next !== 'number') return { ok: false, outcome: next, failure };
    yield { kind: 'retrying', failure, attempt: outage.attempt, at, delayMs: next };
    await clock.sleep(next - (clock.now() - at), signal);
  }
  return { ok: false, outcome: signal.reason as Outcome, ...(failure && { failure }) };
}

/**
 * The outage with one more failed request, which left at `startedAt` and failed `at`. One of refusals for the rate alone begins anew
 * if the service has answered others since the last: a request that waits for its turn has not lost the service.
 */
function withFailure(outage: Outage, failure: Failure, startedAt: number, at: number, lastAnswerAt: number): Outage {
  const isRateOnly = outage.isRateOnly && failure.problem === 'rate_limit';
  const isServed = isRateOnly && lastAnswerAt > outage.lastAt;
  return {
    since: isServed ? startedAt : Math.min(outage.since, startedAt),
    lastAt: at,
    attempt: outage.attempt + 1,
    isRateOnly,
    denials: outage.denials + (isDenial(failure) ? 1 : 0),
  };
}

/** 401, 403, 404. */
function isDenial({ kind, transient }: Failure): boolean {
  return !transient && (kind === 'unauthorized' || kind === 'not_found');
}

/** How long to wait before asking again, in milliseconds, or the outcome where asking again is pointless. */
function afterFailure(
  failure: Failure,
  outage: Outage,
  now: number,
  policy: RetryPolicy,
  random: () => number,
  gate: Gate,
): number | Outcome {
  const { kind } = failure;
  if (!failure.transient) return { kind, failure };
  // The attempt's own minimum takes precedence: a task that was just created may be missing for a while.
  const left = outage.since + Math.max(policy.retryForMs, failure.retryForMs ?? 0) - now;
  // A single attempt is not a series of failures.
  if (left < 1)
    return outage.attempt === 1
      ? { kind, failure }
      : { kind, failure, gaveUp: { attempts: outage.attempt, afterMs: now - outage.since } };
  // A `Retry-After` past what the user allows: waiting would only delay the same end, so it comes at once.
  const askedMs = failure.retryAfterMs ?? 0;
  if (now + askedMs > policy.deadline && policy.deadline - now <= left)
    return { kind: 'timed_out', failure, gaveUp: { askedMs, limit: 'timeout' } };
  if (askedMs > left) return { kind, failure, gaveUp: { askedMs, limit: 'retryFor' } };
  const jittered = withJitter(askedMs, random);
  // What was allowed is not given up for the sake of the jitter.
  const atLeast = now + jittered > policy.deadline ? askedMs : jittered;
  return Math.min(left, Math.max(atLeast, backoffDelay(outage.attempt, random), gate.nextAt() - now));
}
