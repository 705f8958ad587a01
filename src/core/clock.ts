/** The longest timer, in milliseconds: Node fires a longer one at once. */
export const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** Time as the core sees it: handed in, so that a test can own it. */
export interface Clock {
  /** Monotonic milliseconds; only differences mean anything. A wall clock that is set back must not stretch a wait. */
  now(): number;
  /** Milliseconds since 1970, for what a person or a file reads. Never used to measure. */
  wallTime(): number;
  /** Resolves after `ms` milliseconds, or as soon as `signal` aborts. It never rejects: being woken early is not an error. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
}
