import { verdictOf } from './outcome.ts';
import type { TaskSnapshot } from './task.ts';

/** What a list of tasks can be narrowed to: how a task stands by its own account, or the status of one that runs. */
export const LIST_STATUSES = ['created', 'in_progress', 'running', 'done', 'exhausted', 'failed'] as const;

/** What a list of tasks is narrowed to: both must hold. */
export interface ListFilter {
  /** Empty for all. */
  readonly statuses: readonly string[];
  /** A text in the query or the ID, in any case; empty for all. */
  readonly search: string;
}

/** Whether a task is to be listed; null if all are. */
export function matchesOf({ statuses, search }: ListFilter): ((task: TaskSnapshot) => boolean) | null {
  if (statuses.length === 0 && search === '') return null;
  const wanted = caseless(search);
  return (task) =>
    (statuses.length === 0 || hasStatus(task, statuses)) &&
    [task.query ?? '', task.id].some((text) => caseless(text).includes(wanted));
}

/** An exhausted task may say `done` or `in_progress`: it is neither. */
function hasStatus(task: TaskSnapshot, statuses: readonly string[]): boolean {
  const verdict = verdictOf(task);
  return statuses.includes(verdict) || (verdict === 'running' && statuses.includes(task.status));
}

/** The same for texts that differ only in case, or in how their accents are encoded; `ß` is `SS` in capitals. */
function caseless(text: string): string {
  return text.normalize('NFC').toUpperCase().toLowerCase();
}
