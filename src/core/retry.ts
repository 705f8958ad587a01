import type { Attempt } from './attempt.ts';
import type { Clock } from './clock.ts';
import type { Failure } from './failure.ts';
import type { Gate } from './gate.ts';
import { afterFailure, NO_OUTAGE, type RetryPolicy, withFailure } from './outage.ts';
import type { Outcome } from './outcome.ts';

/** What was asked for, or the outcome that ended the asking; with the failure that the last request came to, if one did. */
export type Answered<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly outcome: Outcome; readonly failure?: Failure };

/** A request that failed and will be repeated. */
export interface Retry {
  readonly failure: Failure;
  /** 1 for the first in a row. */
  readonly attempt: number;
  readonly delayMs: number;
}

/** What asking needs of the world. Whoever aborts `signal` gives the outcome as the reason. */
export interface AskDeps {
  readonly clock: Clock;
  readonly random: () => number;
  /** The one of all requests to the service. */
  readonly gate: Gate;
  readonly signal: AbortSignal;
}

/** What `withRetries` needs of the world. */
export interface RetryDeps extends AskDeps {
  readonly onRetry: (retry: Retry) => void;
}

/** Asks once, when the gate lets it; tells how long it was kept there, in milliseconds. */
export async function askOnce<T>(
  ask: (signal: AbortSignal) => Promise<Attempt<T>>,
  { retryForMs }: RetryPolicy,
  { clock, gate, signal }: AskDeps,
): Promise<Attempt<T> & { readonly waitedMs: number }> {
  const cameAt = clock.now();
  await gate.enter(retryForMs, signal);
  const waitedMs = clock.now() - cameAt;
  const attempt = await ask(signal);
  gate.tell(attempt, retryForMs);
  return { ...attempt, waitedMs };
}

/**
 * Asks until there is an answer, the policy allows no more, or `signal` aborts: for a single answer what `poll` is for a watch.
 * `wasAnswered` says that the service answered the same caller well before.
 */
export async function withRetries<T>(
  ask: (signal: AbortSignal) => Promise<Attempt<T>>,
  policy: RetryPolicy,
  deps: RetryDeps,
  wasAnswered: boolean,
): Promise<Answered<T>> {
  const { clock, random, gate, signal } = deps;
  let outage = NO_OUTAGE;
  let failure: Failure | undefined;
  while (!signal.aborted) {
    const attempt = await askOnce(ask, policy, deps);
    if (attempt.ok) return attempt;
    failure = attempt.failure;
    if (signal.aborted) break;
    outage = withFailure(outage, failure, attempt);
    const standing = { wasAnswered, lastAnswerAt: gate.lastAnswerAt(), opensAt: gate.nextAt() };
    const next = afterFailure(failure, outage, clock.now(), policy, random, standing);
    if (typeof next !== 'number') return { ok: false, outcome: next, failure };
    deps.onRetry({ failure, attempt: outage.attempt, delayMs: next });
    await clock.sleep(next, signal);
  }
  return { ok: false, outcome: signal.reason as Outcome, ...(failure && { failure }) };
}
