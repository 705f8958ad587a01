import type { Attempt } from '../core/attempt.ts';
import type { RetryPolicy } from '../core/outage.ts';
import { type Answered, type RetryDeps, withRetries } from '../core/retry.ts';
import type { Client } from './client.ts';

/** Asks until there is an answer, through an outage if need be. */
export type Ask = <T>(question: (client: Client, signal: AbortSignal) => Promise<Attempt<T>>) => Promise<Answered<T>>;

/**
 * Makes a client's requests persistent, as a policy says. After one good answer, be it to an earlier caller (`wasAnswered`), a denial
 * is asked once more.
 */
export function createAsk(client: Client, policy: RetryPolicy, deps: RetryDeps, wasAnswered = false): Ask {
  let hasAnswered = wasAnswered;
  return async (question) => {
    const answered = await withRetries((signal) => question(client, signal), policy, deps, hasAnswered);
    hasAnswered ||= answered.ok;
    return answered;
  };
}
