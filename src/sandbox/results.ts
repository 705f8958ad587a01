import type { WireResult } from '../core/wire-result.ts';
import type { WireTask } from '../core/wire-task.ts';
import { companyOf } from './companies.ts';
import type { Evaluation } from './pipeline.ts';

/** What a task has found, by relevance; companies of the same relevance in the order in which they were evaluated. */
export function resultsOf(task: WireTask, evaluated: readonly Evaluation[]): WireResult[] {
  return evaluated
    .map(({ isHighFit }, nth) => companyOf(task, nth, isHighFit))
    .sort((one, other) => other.relevance - one.relevance);
}
