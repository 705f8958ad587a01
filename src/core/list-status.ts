import { verdictOf } from './outcome.ts';
import type { TaskSnapshot } from './task.ts';

/** What a list of tasks can be narrowed to: how a task stands by its own account, or the status of one that runs. */
export const LIST_STATUSES = ['created', 'in_progress', 'running', 'done', 'exhausted', 'failed'] as const;

/** Whether a task has one of these. An exhausted task may say `done` or `in_progress`: it is neither. */
export function hasStatus(task: TaskSnapshot, statuses: readonly string[]): boolean {
  const verdict = verdictOf(task);
  return statuses.includes(verdict) || (verdict === 'running' && statuses.includes(task.status));
}
