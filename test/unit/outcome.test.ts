import { describe, expect, it } from 'vitest';
import { verdictOf } from '../../src/core/outcome.ts';
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
