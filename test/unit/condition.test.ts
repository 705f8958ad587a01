import { describe, expect, it } from 'vitest';
import { parseCondition } from '../../src/core/condition.ts';
import { snapshot } from '../support/tasks.ts';

describe('a condition', () => {
  it.each([
    ['num_results>=25', true],
    ['num_results>=26', false],
    ['num_results>24', true],
    ['num_results>25', false],
    ['num_results=25', true],
    ['num_results<25', false],
    ['num_results<=25', true],
    ['num_results_discovered>=400', true],
    ['num_results_enriched<200', false],
    ['num_results_evaluated = 100', true],
  ])('%s holds for 400, 200, 100, 25: %s', (text, holds) => {
    expect(parseCondition(text)?.holds(snapshot())).toBe(holds);
  });

  it.each([
    '',
    'num_results',
    'num_results>=',
    '>=5',
    'num_results>=-5',
    'num_results>=5.5',
    'num_results==5',
    'num_results=>5',
    'num_results!=5',
    'desired_num_results>=5',
    'constructor>=5',
    'num_results>=5 or num_results<2',
    `num_results>=${'9'.repeat(16)}`,
  ])('%j is none', (text) => {
    expect(parseCondition(text)).toBeNull();
  });
});
