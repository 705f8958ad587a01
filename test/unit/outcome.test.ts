import { describe, expect, it } from 'vitest';
import { isSettling, unscoredIn, verdictOf } from '../../src/core/outcome.ts';
import { snapshot } from '../support/tasks.ts';

describe('the outcome of a task', () => {
  it.each([
    ['running', { status: 'created' }],
    ['running', { status: 'in_progress' }],
    ['running', { status: 'paused_by_a_future_version' }],
    ['running', { status: 'in_progress', num_results: 50, desired_num_results: 50 }],
    ['done', { status: 'done' }],
    ['done', { status: 'done', num_results: 0 }],
    ['done', { status: 'in_progress', is_exhausted: true, num_results: 50 }],
    ['done', { status: 'in_progress', is_exhausted: true, num_results: 51 }],
    ['done', { status: 'in_progress', is_exhausted: true, num_results: 0, desired_num_results: 0 }],
    ['exhausted', { status: 'in_progress', is_exhausted: true, num_results: 49 }],
    ['exhausted', { status: 'done', is_exhausted: true, num_results: 49 }],
    ['exhausted', { status: 'paused', is_exhausted: true, num_results: 0 }],
    ['failed', { status: 'failed' }],
    ['failed', { status: 'failed', is_exhausted: true, num_results: 50 }],
  ])('is %s for %j', (verdict, changes) => {
    expect(verdictOf(snapshot(changes))).toBe(verdict);
  });
});

describe('a task whose sources are exhausted', () => {
  const scored = { num_results_enriched: 123, num_results_evaluated: 60 };

  it.each([
    [true, { ...scored, is_exhausted: true }],
    [true, { ...scored, is_exhausted: true, status: 'created' }],
    [true, { ...scored, is_exhausted: true, status: 'paused' }],
    [true, { ...scored, is_exhausted: true, num_results: 50 }],
    [false, { ...scored }],
    [false, { ...scored, is_exhausted: true, status: 'done' }],
    [false, { ...scored, is_exhausted: true, status: 'failed' }],
    [false, { ...scored, is_exhausted: true, num_results_evaluated: 123 }],
    [false, { ...scored, is_exhausted: true, num_results_evaluated: 124 }],
  ])('settles (%s) by %j', (settles, changes) => {
    expect(isSettling(snapshot(changes))).toBe(settles);
  });

  it('tells how many candidates are not scored, and none while the sources may have more', () => {
    expect(unscoredIn(snapshot({ ...scored, is_exhausted: true }))).toBe(63);
    expect(unscoredIn(snapshot({ ...scored, is_exhausted: true, num_results_evaluated: 200 }))).toBe(0);
    expect(unscoredIn(snapshot(scored))).toBe(0);
  });
});
