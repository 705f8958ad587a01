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
}
