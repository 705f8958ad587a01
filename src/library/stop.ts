import { formatDuration } from '../core/duration.ts';
import type { Outcome } from '../core/outcome.ts';
import { systemClock } from '../system-clock.ts';
import type { Call } from './check.ts';
import { onAbort } from './on-abort.ts';

/** What ends a call from outside. The signal's reason is the outcome, as `poll` has it. */
export interface Stop {
  readonly signal: AbortSignal;
  /** When the call's time is up, on the clock's time. */
  readonly deadline: number;
  /** Ends the call, if it has not ended. */
  abort(): void;
  /** Stops listening: the call is over. */
  release(): void;
}

/** How a task stands whose watch is called off: as far as anybody knows, it runs. */
const CALLED_OFF: Outcome = { kind: 'running' };

/** Listens for the caller's signal and for the end of the call's time. */
export function listenForStop({ signal, timeoutMs }: Call): Stop {
  const stop = new AbortController();
  const abort = () => stop.abort(CALLED_OFF);
  const stopListening = signal === null ? () => {} : onAbort(signal, abort);
  if (signal?.aborted) abort();
  if (timeoutMs < Number.POSITIVE_INFINITY) {
    const reason = { what: `There was no end within ${formatDuration(timeoutMs)} (timeoutMs)`, fix: 'set a longer timeoutMs' };
    // Where something else woke it, the call has ended, and this does nothing.
    void systemClock.sleep(timeoutMs, stop.signal).then(() => stop.abort({ kind: 'timed_out', reason } satisfies Outcome));
  }
  return {
    signal: stop.signal,
    deadline: systemClock.now() + timeoutMs,
    abort,
    release() {
      stopListening();
      abort();
    },
  };
}
