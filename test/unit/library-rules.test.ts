import { describe, expect, it } from 'vitest';
import { isHighFit as isHighFitOfCore } from '../../src/core/company.ts';
import { verdictOf as verdictOfCore } from '../../src/core/outcome.ts';
import type { WireResult } from '../../src/core/wire-result.ts';
import type { WireTask } from '../../src/core/wire-task.ts';
import { type Company, isHighFit, type Task, verdictOf } from '../../src/index.ts';
import { companies, ENDED, snapshot, wireResult, wireTask } from '../support/tasks.ts';

/** A task as a program has it that reads JSON. */
const parsed = (value: unknown): Task => JSON.parse(JSON.stringify(value));
const company = (value: unknown): Company => JSON.parse(JSON.stringify(value));

describe('verdictOf', () => {
  it.each([
    ['running', {}],
    ['running', { status: 'paused' }],
    ['done', ENDED.done],
    ['done', { is_exhausted: true, num_results: 50 }],
    ['exhausted', ENDED.exhausted],
    ['failed', ENDED.failed],
    // What older answers lack.
    ['running', { is_exhausted: undefined, num_results: undefined }],
    ['exhausted', { is_exhausted: true, num_results: undefined }],
  ] as const)('tells of a task that it is %s, as the core does', (verdict, changes) => {
    expect(verdictOf(parsed(wireTask(changes)))).toBe(verdict);
    expect(verdictOfCore(snapshot(changes))).toBe(verdict);
  });
});

describe('isHighFit', () => {
  const criteria = ['a', 'b', 'c', 'd'].map((key) => ({ key, name: key, criterion: 'long enough' }));
  const graded = (...grades: unknown[]) =>
    wireResult(1, {
      scores: Object.fromEntries(grades.map((grade, index) => ['abcd'[index], grade === null ? null : { grade }])),
    });

  it.each<[boolean, unknown[]]>([
    [true, [5, 4, 4, 1]],
    [false, [5, 5, 3, 3]],
    [false, [5, 5, null, 3]],
    [false, [5, 5, 'five', null]],
    [false, []],
  ])('is %s for the grades %j, as the core says', (expected, grades) => {
    const wire = graded(...grades);
    expect(isHighFit(company(wire), criteria)).toBe(expected);
    expect(companies(wire).map((one) => isHighFitOfCore(one, criteria))).toEqual([expected]);
  });

  it('is false without criteria, or without scores', () => {
    expect(isHighFit(company(graded(5, 5, 5, 5)), [])).toBe(false);
    expect(isHighFit(company(graded(5, 5, 5, 5)), null)).toBe(false);
    expect(isHighFit(company(wireResult(1, { scores: null })), criteria)).toBe(false);
  });
});

describe('the types', () => {
  it('hold the objects that travel', () => {
    const task: Task = wireTask() as object as WireTask;
    const result: Omit<
      Company,
      'task_id' | 'created_at' | 'company_profile_id' | 'company_full_description' | 'hq_state_province'
    > = wireResult(1) as object as WireResult;
    expect([task.id, result.id]).toEqual(['task-1', 'company-1']);
  });
});
