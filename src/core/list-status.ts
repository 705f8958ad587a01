import { verdictOf } from './outcome.ts';
import type { TaskSnapshot } from './task.ts';

/**
 * Whether a task stands as one of these says (`LIST_STATUSES`), by its own account or, while it runs, by its status. An exhausted task
 * may say `done` or `in_progress`: it is neither.
 */
export function hasStatus(task: TaskSnapshot, statuses: readonly string[]): boolean {
  const verdict = verdictOf(task);
  return statuses.includes(verdict) || (verdict === 'running' && statuses.includes(task.status));
}
