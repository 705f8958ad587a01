/** The four counters of a task, in the order in which candidates pass through them. */
export interface Funnel {
  readonly discovered: number;
  readonly enriched: number;
  readonly evaluated: number;
  readonly highFit: number;
}

/** One criterion that candidates are scored against. */
interface Criterion {
  readonly key: string;
  readonly name: string;
  readonly criterion: string;
}

/** What one answer of `GET /v1/discovery_tasks/{task_id}` says of a task. */
export interface TaskSnapshot {
  readonly id: string;
  /** `created`, `in_progress`, `done`, `failed`, or a word that the service has learnt since. */
  readonly status: string;
  readonly isExhausted: boolean;
  readonly funnel: Funnel;
  /** How many high-fit results were asked for: `desired_num_results`. */
  readonly target: number;
  readonly query: string | null;
  /** When the task was created, in milliseconds since 1970; null where the answer does not say. */
  readonly createdAt: number | null;
  readonly sources: readonly string[];
  readonly criteria: readonly Criterion[];
  /** Fields that seem to describe an error, as name and text; the page promises such details without naming a field. */
  readonly errorDetails: readonly (readonly [field: string, text: string])[];
  /** The object's JSON on one line, every value spelled as the server spelled it. */
  readonly json: string;
}

/** The steps of the funnel in order, with the word a person reads for each. */
export const FUNNEL_STEPS = [
  ['discovered', 'discovered'],
  ['enriched', 'enriched'],
  ['evaluated', 'evaluated'],
  ['highFit', 'high-fit'],
] as const satisfies readonly (readonly [keyof Funnel, string])[];

const KNOWN_STATUSES: ReadonlySet<string> = new Set(['created', 'in_progress', 'done', 'failed']);

/** Whether the page lists this status. One that it does not list counts as running, and is warned of. */
export function isKnownStatus(status: string): boolean {
  return KNOWN_STATUSES.has(status);
}

/** Whether a task has moved between two answers: its status, its target or one of its counters. What else changes, nobody waits for. */
export function hasMoved(before: TaskSnapshot, after: TaskSnapshot): boolean {
  if (before === after) return false;
  return (
    before.status !== after.status ||
    before.isExhausted !== after.isExhausted ||
    before.target !== after.target ||
    hasCounted(before, after)
  );
}

/** Whether one of its counters has moved, up or down. */
export function hasCounted(before: TaskSnapshot, after: TaskSnapshot): boolean {
  return FUNNEL_STEPS.some(([step]) => before.funnel[step] !== after.funnel[step]);
}
