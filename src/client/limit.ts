/** What ends a request before its answer is whole, and all further tries with it: its time is up, or it is called off. */
export interface Limit {
  /** Calls `listener` with an error's code when that happens; at once if it has already happened. One listener at a time. */
  onOver(listener: (code: string) => void): void;
  readonly isOver: () => boolean;
  readonly release: () => void;
}

/**
 * Starts the clock of one request, over all its tries: `limitMs` milliseconds, or until `signal` aborts. To be released in the end.
 * got's own time limit is not enough: while a proxy makes the tunnel it has no socket to end, and waits for ever. Its `signal` does
 * not work either: its listeners stay on a signal that outlives the request.
 */
export function startLimit(limitMs: number, signal: AbortSignal): Limit {
  let over: string | null = null;
  let tell = (_code: string) => {};
  const end = (code: string) => {
    over = code;
    tell(code);
  };
  const stop = () => end('ABORT_ERR');
  const timer = setTimeout(end, limitMs, 'ETIMEDOUT');
  signal.addEventListener('abort', stop, { once: true });
  return {
    onOver(listener) {
      tell = listener;
      if (over !== null) listener(over);
    },
    isOver: () => over !== null,
    release() {
      clearTimeout(timer);
      signal.removeEventListener('abort', stop);
    },
  };
}
