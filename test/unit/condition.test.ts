import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseCondition } from '../../src/core/condition.ts';
import { anyText } from '../support/any-text.ts';
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
    ['num_results>=25', { counter: 'highFit', count: 25 }],
    ['num_results>25', { counter: 'highFit', count: 26 }],
    ['num_results=25', { counter: 'highFit', count: 25 }],
    ['num_results<25', null],
    ['num_results_discovered>=25', { counter: 'discovered', count: 25 }],
  ])('%s is waited for as %j', (text, goal) => {
    expect(parseCondition(text)?.goal).toEqual(goal);
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

  it('says of any count what the operator says', () => {
    const operators = { '>=': [0, 1], '>': [1], '=': [0], '<': [-1], '<=': [-1, 0] } as const;
    const blank = fc.constantFrom('', ' ', '\t ');
    fc.assert(
      fc.property(fc.nat(), fc.nat(), fc.constantFrom(...Object.keys(operators)), blank, (count, bound, operator, space) => {
        const condition = parseCondition(`${space}num_results${space}${operator}${space}${bound}${space}`);
        const holding: readonly number[] = operators[operator as keyof typeof operators];
        expect(condition?.holds(snapshot({ num_results: count }))).toBe(holding.includes(Math.sign(count - bound)));
      }),
    );
  });

  it('is read from any text without throwing', () => {
    fc.assert(
      fc.property(fc.oneof(anyText(), fc.stringMatching(/^[a-z_]{0,12} ?[<>=!]{0,3} ?-?\d{0,20}$/)), (text) => {
        const condition = parseCondition(text);
        expect([true, false, undefined]).toContain(condition?.holds(snapshot()));
      }),
    );
  });
});
