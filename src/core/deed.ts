import type { TaskSnapshot } from './task.ts';

/**
 * A request that has just changed the task, in a service of several servers: for a moment not every answer shows it (contract,
 * "Polling"). What was created may be missing yet, what was resumed may look ended still.
 */
export interface Deed {
  readonly kind: 'created' | 'resumed';
  /** The task's target, as the answer to the request told it. */
  readonly target: number;
  /** Until when answers may be older than that, on the clock's time. */
  readonly until: number;
}

/** For how long an answer may be older than what was just asked for, in milliseconds (contract, "Polling"). */
export const DEED_MS = 30_000;

/** A task that was just created, as the answer told it; `now` is the clock's. */
export function createdDeed({ target }: TaskSnapshot, now: number): Deed {
  return { kind: 'created', target, until: now + DEED_MS };
}

/** A task that was just resumed, for so many results more. The answer may be old itself: then it shows a target that is reached. */
export function resumedDeed({ funnel, target }: TaskSnapshot, more: number, now: number): Deed {
  const isOld = funnel.highFit >= target;
  return { kind: 'resumed', target: isOld ? target + more : target, until: now + DEED_MS };
}
