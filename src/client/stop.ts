import { formatDuration } from '../core/duration.ts';
import type { Outcome } from '../core/outcome.ts';
import { systemClock } from '../system-clock.ts';
import { onAbort } from './on-abort.ts';

/** What ends a call from outside. The signal's reason is the core's outcome. */
export interface Stop {
  readonly signal: AbortSignal;
  /** When the call's time is up, on the clock's time. */
  readonly deadline: number;
  /** Ends the call, if it has not ended: it throws this. */
  abort(thrown: unknown): void;
  /** What a call that was ended so throws; null for one that was not. */
  aborted(): { readonly thrown: unknown } | null;
  /** Stops listening: the call is over. */
  release(): void;
}

/** How a task stands whose watch is called off: as far as anybody knows, it runs. */
const CALLED_OFF: Outcome = { kind: 'running' };

/** Listens for the caller's signals and for the end of the call's time, in milliseconds. */
export function listenForStop(signals: readonly AbortSignal[], timeoutMs: number): Stop {
  const stop = new AbortController();
  let aborted: { readonly thrown: unknown } | null = null;
  const abort = (thrown: unknown) => {
    if (stop.signal.aborted) return;
    aborted = { thrown };
    stop.abort(CALLED_OFF);
  };
  const stopListening = signals.map((signal) => onAbort(signal, () => abort(signal.reason)));
  for (const signal of signals) if (signal.aborted) abort(signal.reason);
  if (timeoutMs < Number.POSITIVE_INFINITY) {
    const reason = { what: `Timed out after ${formatDuration(timeoutMs)} (timeoutMs)`, fix: 'set a longer timeoutMs' };
    // Where something else woke it, the call has ended, and this does nothing.
    void systemClock.sleep(timeoutMs, stop.signal).then(() => stop.abort({ kind: 'timed_out', reason } satisfies Outcome));
  }
  return {
    signal: stop.signal,
    deadline: systemClock.now() + timeoutMs,
    abort,
    aborted: () => aborted,
    release() {
      for (const stopOne of stopListening) stopOne();
      stop.abort(CALLED_OFF);
    },
  };
}
