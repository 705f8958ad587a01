import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { annotation, stepOutputs, stepSummary } from '../../src/render/github.ts';
import { anyText } from '../support/any-text.ts';
import { ended, FAILURE } from '../support/progress.ts';
import { ENDED } from '../support/tasks.ts';

const done = ended({ kind: 'done' }, ENDED.done);

describe('an annotation', () => {
  it.each([
    ['notice', done],
    ['notice', ended({ kind: 'condition_met', condition: 'num_results>=5' })],
    ['warning', ended({ kind: 'exhausted' }, ENDED.exhausted)],
    ['error', ended({ kind: 'failed' }, ENDED.failed)],
    ['error', ended({ kind: 'unreachable', failure: FAILURE }, null)],
  ])('is a %s', (level, progress) => {
    expect(annotation(progress)).toMatch(new RegExp(`^::${level} title=extruct-task task-1::[^\n]+\n$`));
  });

  it('tells the outcome in words', () => {
    expect(annotation(done)).toBe('::notice title=extruct-task task-1::done: 50 of 50 high-fit results\n');
  });

  it('escapes what the runner would read as its own', () => {
    const failure = { ...FAILURE, what: '100%0A\n::error::x,y:z' };
    expect(annotation({ ...ended({ kind: 'unreachable', failure }), id: 'a:b,c%' })).toBe(
      '::error title=extruct-task a%3Ab%2Cc%25::unreachable: 100%250A ::error::x,y:z\n',
    );
  });
});

describe('the step summary', () => {
  it('is a table with a row for each task', () => {
    expect(stepSummary([done, ended({ kind: 'unreachable', failure: FAILURE }, null)])).toBe(
      [
        '| Task | Outcome | discovered | enriched | evaluated | high-fit | Target | Query |',
        '| --- | --- | --- | --- | --- | --- | --- | --- |',
        '| task-1 | done | 400 | 200 | 100 | 50 | 50 | solar companies in Spain |',
        '| task-1 | unreachable |  |  |  |  |  |  |',
        '',
        '',
      ].join('\n'),
    );
  });

  it('keeps any text in its cell, as text', () => {
    fc.assert(
      fc.property(anyText(), (query) => {
        const lines = stepSummary([ended({ kind: 'done' }, { query })]).split('\n');
        expect(lines).toHaveLength(5);
        expect(lines[2]?.split('|')).toHaveLength(10);
        expect(lines[2]).not.toMatch(/[<>`*_[\]\\]|\p{Cc}/u);
      }),
    );
  });
});

describe('the outputs', () => {
  it('are the outcome, the code, the ID and the counters', () => {
    expect(stepOutputs(done, 0)).toBe(
      'outcome=done\nexit_code=0\nid=task-1\nnum_results_discovered=400\nnum_results_enriched=200\nnum_results_evaluated=100\nnum_results=50\ndesired_num_results=50\n',
    );
    expect(stepOutputs(ended({ kind: 'unreachable', failure: FAILURE }, null), 1)).toBe(
      'outcome=unreachable\nexit_code=1\nid=task-1\n',
    );
  });
});
