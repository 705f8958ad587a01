import type { TaskSnapshot } from './task.ts';

/** How a company meets one criterion. */
interface Score {
  /** 1 to 5; null where there is none. */
  readonly grade: number | null;
  readonly explanation: string;
  /** URLs, as the API gave them. */
  readonly sources: readonly string[];
}

/** A company that a task found: one of its results. Text is empty, a number null, where the API does not tell it. */
export interface Company {
  readonly id: string;
  /** The task that found it, as the company tells it, or else the task that was asked. */
  readonly taskId: string;
  readonly name: string;
  readonly site: string;
  readonly description: string;
  readonly fullDescription: string;
  /** 0 to 100. */
  readonly relevance: number | null;
  readonly source: string;
  /** RFC 3339. */
  readonly createdAt: string;
  readonly profileId: string;
  readonly founded: number | null;
  /** How many work there: a range, such as `11-50`. */
  readonly size: string;
  readonly country: string;
  readonly state: string;
  readonly city: string;
  /** By the criterion's key. */
  readonly scores: ReadonlyMap<string, Score>;
  /** Whether it counts into the task's `num_results`. */
  readonly highFit: boolean;
  /** The object's JSON on one line, every value spelled as the server spelled it. */
  readonly json: string;
}

/** Which companies a user wants to see: all of it must hold. */
export interface CompanyFilter {
  readonly highFit: boolean;
  readonly minRelevance: number | null;
  /** Criteria by their keys, each with the least grade. */
  readonly minGrades: readonly (readonly [key: string, least: number])[];
}

/** Whether a filter lets the company through. What is not known is not enough. */
export function passes({ relevance, scores, highFit }: Company, filter: CompanyFilter): boolean {
  const { minRelevance, minGrades } = filter;
  if (filter.highFit && !highFit) return false;
  if (minRelevance !== null && (relevance === null || relevance < minRelevance)) return false;
  return minGrades.every(([key, least]) => (scores.get(key)?.grade ?? 0) >= least);
}

/** A company, by its grades alone. */
interface Graded {
  readonly scores: ReadonlyMap<string, Pick<Score, 'grade'>>;
}

const MET_GRADE = 4;
const HIGH_FIT_SHARE = 0.75;

/** Whether a grade says that its criterion is met. */
export function isMet(grade: number | null): boolean {
  return grade !== null && grade >= MET_GRADE;
}

/**
 * Whether the company counts into `num_results`: at least 75 % of the task's criteria are graded 4 or 5 (the endpoint's page). Without
 * criteria none does.
 */
export function isHighFit({ scores }: Graded, criteria: readonly Pick<Yardstick, 'key'>[]): boolean {
  const met = criteria.filter(({ key }) => isMet(scores.get(key)?.grade ?? null));
  return criteria.length > 0 && met.length >= HIGH_FIT_SHARE * criteria.length;
}

/** What companies are graded by: the key of their scores, and what a person calls it. */
export interface Yardstick {
  readonly key: string;
  readonly name: string;
}

/** The task's criteria in their order, and whatever else the companies have a score for. */
export function yardsticksOf(criteria: TaskSnapshot['criteria'], companies: readonly Company[]): Yardstick[] {
  const names = new Map(criteria.flatMap(({ key, name }) => (key === '' ? [] : [[key, name || key]])));
  for (const { scores } of companies) for (const key of scores.keys()) if (!names.has(key)) names.set(key, key);
  return [...names].map(([key, name]) => ({ key, name }));
}
