import fc from 'fast-check';
import type { WireTask } from '../../src/core/wire-task.ts';

/** A target that the API takes. */
export const anyTarget = fc.integer({ min: 1, max: 250 });

/** A task's counters, from the mouth of the funnel to its end. */
export function countersOf(task: WireTask): number[] {
  return [task.num_results_discovered, task.num_results_enriched, task.num_results_evaluated, task.num_results];
}
