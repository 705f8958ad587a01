import type { Attempt } from '../core/attempt.ts';
import { type Answered, type AskDeps, attempts, type RetryPolicy } from '../core/attempts.ts';
import type { Failure } from '../core/failure.ts';
import type { RetryingEvent } from '../core/poll-event.ts';
import type { Client } from './client.ts';

/** Asks until there is an answer, through an outage if need be. `about` is the ID of the task that is asked for; empty for none. */
export type Ask = <T>(
  question: (client: Client, signal: AbortSignal) => Promise<Attempt<T>>,
  about?: string,
) => Promise<Answered<T>>;

/**
 * Makes a client repeat failed requests, as a policy says; `onRetry` is called for each failure before the next request. After one
 * good answer about the same, even to an earlier caller (`wasAnswered`), a request that is denied is sent once more.
 */
export function createAsk(
  client: Client,
  policy: RetryPolicy,
  deps: AskDeps,
  onRetry: (retry: RetryingEvent<Failure>) => void,
  wasAnswered = false,
): Ask {
  const answered = new Set<string>();
  return async (question, about = '') => {
    const asking = attempts((signal) => question(client, signal), policy, deps, wasAnswered || answered.has(about));
    let step = await asking.next();
    for (; !step.done; step = await asking.next()) onRetry(step.value);
    if (step.value.ok) answered.add(about);
    return step.value;
  };
}
