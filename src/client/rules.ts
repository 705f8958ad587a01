import { isHighFit as isHighFitByScores } from '../core/company.ts';
import { type Verdict, verdictOf as verdictOfStanding } from '../core/outcome.ts';
import type { Company, Criterion, Score, Task } from './types.ts';

/*
 * The core's rules, for the API's own objects. A field that an answer lacks is read as the endpoint's page says: 0, false.
 */

/**
 * How a task stands: `done`, `exhausted` (its sources ran dry short of the target), `failed` or `running`. The status alone does not
 * tell: a task whose sources ran dry may say `in_progress`.
 */
export function verdictOf(task: Pick<Task, 'status' | 'is_exhausted' | 'num_results' | 'desired_num_results'>): Verdict {
  return verdictOfStanding({
    status: task.status,
    isExhausted: task.is_exhausted ?? false,
    target: task.desired_num_results,
    funnel: { highFit: task.num_results ?? 0 },
  });
}

/**
 * Whether a company counts into its task's `num_results`: at least 75 % of the criteria are graded 4 or 5. Without criteria none does.
 */
export function isHighFit(company: Pick<Company, 'scores'>, criteria: readonly Pick<Criterion, 'key'>[] | null): boolean {
  const scores = Object.entries(company.scores ?? {}).map(([key, score]) => [key, { grade: gradeOf(score) }] as const);
  return isHighFitByScores({ scores: new Map(scores) }, criteria ?? []);
}

function gradeOf(score: Score | null): number | null {
  return typeof score?.grade === 'number' ? score.grade : null;
}
