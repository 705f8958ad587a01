import type { Answered, AskDeps, RetryPolicy } from '../core/attempts.ts';
import type { Failure } from '../core/failure.ts';
import type { RetryingEvent } from '../core/poll-event.ts';
import { systemClock } from '../system-clock.ts';
import { userAgent } from '../version.ts';
import { type Ask, createAsk } from './ask.ts';
import type { Call } from './check.ts';
import type { Client } from './client.ts';
import { gateFor } from './shared.ts';
import { listenForStop, type Stop } from './stop.ts';
import { errorOfFailure, errorOfOutcome } from './trouble.ts';

/** What is known of the task that a call is about. */
export interface About {
  readonly taskId?: string;
  /** Whether it was just created or resumed: then an answer that denies it is asked for once more. */
  readonly isKnown?: boolean;
}

/**
 * Gives `use` what asks the API, for as long as it takes, and the answer to the caller. Throws an ExtructError where there is none, and
 * what the caller's signal says where that ended it.
 */
export async function withCall<T>(
  call: Call,
  { taskId, isKnown = false }: About,
  use: (ask: Ask, deps: AskDeps) => Promise<Answered<T>>,
): Promise<T> {
  const stop = listenForStop(call.signals, call.timeoutMs);
  try {
    const client = await connect(call);
    const deps = askDeps(call, stop);
    const onRetry = ({ failure, attempt, delayMs }: RetryingEvent<Failure>) =>
      call.onRetry({ error: errorOfFailure(failure), attempt, delayMs, ...(taskId && { taskId }) });
    const answered = await use(createAsk(client, retryPolicy(call, stop), deps, onRetry, isKnown), deps);
    if (answered.ok) return answered.value;
    const aborted = stop.aborted();
    throw aborted ? aborted.thrown : errorOfOutcome(answered.outcome, undefined, answered.failure?.lost);
  } finally {
    stop.release();
  }
}

/** What asking needs of the world. */
export function askDeps({ apiUrl }: Call, { signal }: Stop): AskDeps {
  return { clock: systemClock, random: Math.random, gate: gateFor(apiUrl), signal };
}

/** How long a call keeps retrying. */
export function retryPolicy({ retryForMs }: Call, { deadline }: Stop): RetryPolicy {
  return { retryForMs, deadline };
}

/** The API's client for a call. It is most of the library, so it is loaded with the first call, not by who imports us. */
export async function connect({ token, apiUrl, proxy, requestTimeoutMs, onRequest }: Call): Promise<Client> {
  const { createClient } = await import('./client.ts');
  return createClient({
    ...{ token, apiUrl, proxy, requestTimeoutMs, userAgent },
    clock: systemClock,
    onExchange: ({ failure: _, ...request }) => onRequest(request),
  });
}
