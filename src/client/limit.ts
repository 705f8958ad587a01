/** What ends a request before its answer is whole, and all further tries with it: its time is up, or it is called off. */
export interface Limit {
  /** Calls `listener` with an error's code when that happens; at once if it has already happened. One listener at a time. */
  onOver(listener: (code: string) => void): void;
  readonly isOver: () => boolean;
  /** Stops the clock while the request waits for its turn with us, which says nothing about the service. */
  readonly pause: () => void;
  /** Lets it go on from there. */
  readonly resume: () => void;
  readonly release: () => void;
}

/** The code of a request that took longer than its limit. The system has its own, ETIMEDOUT, for a connection that it gives up. */
export const OUT_OF_TIME = 'EOUTOFTIME';

/**
 * Starts the clock of one request, over all its tries: `limitMs` milliseconds, or until `signal` aborts. To be released in the end.
 * Node's own limits are of a socket's silence: a body that drips never meets them, and while a proxy makes the tunnel there is no socket.
 */
export function startLimit(limitMs: number, signal: AbortSignal): Limit {
  let over: string | null = null;
  let tell = (_code: string) => {};
  const end = (code: string) => {
    over = code;
    tell(code);
  };
  const stop = () => end('ABORT_ERR');
  let timer = setTimeout(end, limitMs, OUT_OF_TIME);
  let [leftMs, since] = [limitMs, performance.now()];
  const pause = () => {
    clearTimeout(timer);
    leftMs -= performance.now() - since;
  };
  signal.addEventListener('abort', stop, { once: true });
  return {
    onOver(listener) {
      tell = listener;
      if (over !== null) listener(over);
    },
    isOver: () => over !== null,
    pause,
    resume() {
      since = performance.now();
      timer = setTimeout(end, leftMs, OUT_OF_TIME);
    },
    release() {
      pause();
      signal.removeEventListener('abort', stop);
    },
  };
}
