import type { Funnel, TaskSnapshot } from './task.ts';

/** A condition on a counter, such as `num_results>=50`: with `--until`, a task that meets it has ended well. */
export interface Condition {
  /** As the user wrote it. */
  readonly text: string;
  holds(task: TaskSnapshot): boolean;
  /** What it waits for, if that is that a counter rises; else null. */
  readonly goal: Goal | null;
}

/** A count that a counter has to reach. */
export interface Goal {
  readonly counter: keyof Funnel;
  readonly count: number;
}

/** How a condition may be written, for error messages. */
export const CONDITION_FORMS =
  'a condition such as num_results>=50 (counters: num_results, num_results_discovered, num_results_enriched, num_results_evaluated; operators: >=, >, =, <, <=)';

const COUNTERS: Readonly<Record<string, keyof Funnel>> = {
  num_results: 'highFit',
  num_results_discovered: 'discovered',
  num_results_enriched: 'enriched',
  num_results_evaluated: 'evaluated',
};

const OPERATORS: Readonly<Record<string, (count: number, bound: number) => boolean>> = {
  '>=': (count, bound) => count >= bound,
  '>': (count, bound) => count > bound,
  '=': (count, bound) => count === bound,
  '<': (count, bound) => count < bound,
  '<=': (count, bound) => count <= bound,
};

/** Reads a condition (contract, "Settings"); blanks around the operator are allowed. Null for anything else. */
export function parseCondition(text: string): Condition | null {
  const [, field = '', operator = '', number] = /^\s*([a-z_]+)\s*(>=|<=|>|<|=)\s*(\d{1,15})\s*$/.exec(text) ?? [];
  const counter = Object.hasOwn(COUNTERS, field) ? COUNTERS[field] : undefined;
  const compare = OPERATORS[operator];
  if (!counter || !compare) return null;
  const bound = Number(number);
  return {
    text: text.trim(),
    holds: (task) => compare(task.funnel[counter], bound),
    goal: operator.startsWith('<') ? null : { counter, count: operator === '>' ? bound + 1 : bound },
  };
}
