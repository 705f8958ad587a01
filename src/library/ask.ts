import { type Ask, createAsk } from '../client/ask.ts';
import type { AskDeps } from '../core/attempts.ts';
import { systemClock } from '../system-clock.ts';
import { checkCall } from './check.ts';
import { connect } from './connect.ts';
import { gateFor } from './gates.ts';
import type { CallOptions } from './options.ts';
import { listenForStop } from './stop.ts';

/** How long an outage is put up with, in milliseconds, unless said otherwise. */
const RETRY_FOR_MS = 30_000;

/**
 * Gives `use` what asks the API, and the clock and signal that it keeps to, for as long as it takes. Rejects only for options that are
 * not allowed, or a bug.
 */
export async function withAsk<T>(options: CallOptions, use: (ask: Ask, deps: AskDeps) => Promise<T>): Promise<T> {
  const call = checkCall(options, RETRY_FOR_MS);
  const stop = listenForStop(call);
  try {
    const client = await connect(call);
    const policy = { retryForMs: call.retryForMs, deadline: stop.deadline };
    const deps = { clock: systemClock, random: Math.random, gate: gateFor(call.apiUrl), signal: stop.signal };
    return await use(
      createAsk(client, policy, deps, () => {}),
      deps,
    );
  } finally {
    stop.release();
  }
}
