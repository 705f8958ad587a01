import type { Forecast } from './forecast.ts';
import type { TaskSnapshot } from './task.ts';

/** An answer came. Times are the clock's, in milliseconds: those of `performance.now()`. */
export interface SnapshotEvent {
  readonly kind: 'snapshot';
  readonly task: TaskSnapshot;
  /** When the answer came. */
  readonly at: number;
  /** When a counter, the target or the status last changed. */
  readonly changedAt: number;
  readonly nextPollAt: number;
  /** Whether this answer settles the task: `settled` follows at once. */
  readonly isLast: boolean;
  /** Whether the answer looks ended, and may be older than the request by which the task was just resumed. */
  readonly mayBeOld: boolean;
  /** What is known of the watch's end. */
  readonly forecast: Forecast;
}

/** A request failed and another will follow. `F` is the failure as the reader knows it: the library's says less than the core's. */
export interface RetryingEvent<F> {
  readonly kind: 'retrying';
  readonly failure: F;
  /** How many requests have failed in a row. */
  readonly attempt: number;
  /** When it failed, on the same clock. */
  readonly at: number;
  /** How long after that the next request leaves, in milliseconds. */
  readonly delayMs: number;
}
