import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Outcome } from '../../src/core/outcome.ts';
import { annotations, errorAnnotations, stepOutputs, stepSummary, worstFirst } from '../../src/render/github.ts';
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
    expect(annotations([progress])).toMatch(new RegExp(`^::${level} title=extruct-task task-1::[^\n]+\n$`));
  });

  it('tells the outcome in words', () => {
    expect(annotations([done])).toBe('::notice title=extruct-task task-1::done: 50 of 50 high-fit results\n');
  });

  it('escapes what the runner would read as its own', () => {
    const failure = { ...FAILURE, what: '100%0A\n::error::x,y:z' };
    expect(annotations([{ ...ended({ kind: 'unreachable', failure }), id: 'a:b,c%' }])).toBe(
      '::error title=extruct-task a%3Ab%2Cc%25::unreachable: 100%250A ::error::x,y:z\n',
    );
  });
});

const MIB = 1024 * 1024;
const many = (count: number, outcome: Outcome) => {
  const progress = ended(outcome, { ...ENDED.done, query: 'long '.repeat(40) });
  return Array.from({ length: count }, () => progress);
};

describe('the annotations of many', () => {
  it('are ten, the worst first, and the last counts the rest', () => {
    const all = [...many(1500, { kind: 'done' }), ended({ kind: 'exhausted' }), ...many(10, { kind: 'failed' })];
    const lines = annotations(worstFirst(all)).split('\n');
    expect(lines).toHaveLength(11);
    expect(lines.slice(0, 9).every((line) => line.startsWith('::error title=extruct-task task-1::failed'))).toBe(true);
    expect(lines.slice(9)).toEqual(['::error title=extruct-task::1,502 more tasks: 1 failed, 1 exhausted, 1,500 done', '']);
  });

  it('of errors are ten as well, each with what to do', () => {
    const sentences = Array.from({ length: 30 }, (_, index) => `--x cannot be ${index}; set a number: 100%`);
    const lines = errorAnnotations(sentences).split('\n');
    expect(lines).toHaveLength(11);
    expect(lines[0]).toBe('::error title=extruct-task::--x cannot be 0; set a number: 100%25');
    expect(lines[9]).toBe('::error title=extruct-task::21 more errors');
  });
});

describe('the step summary', () => {
  it.each([MIB, 100_000, 1200, 1000])('of more tasks than fit into %i bytes is cut at a row, and says so', (mostBytes) => {
    const all = [...many(5000, { kind: 'done' }), ended({ kind: 'failed' })];
    const text = stepSummary(all, worstFirst(all), mostBytes);
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(mostBytes);
    const rows = text.split('\n').filter((line) => line.startsWith('| task-1 |'));
    expect(rows.every((row) => row.split('|').length === 10)).toBe(true);
    if (rows.length > 0) expect(rows[0]).toContain('| failed |');
    expect(text).toContain(`\n${(all.length - rows.length).toLocaleString('en')} more tasks: `);
  });

  it('is not written where what stands there has left no room', () => {
    expect(stepSummary(many(2, { kind: 'done' }), [], 10)).toBe('');
  });

  it('is a table with a row for each task', () => {
    expect(stepSummary([done, ended({ kind: 'unreachable', failure: FAILURE }, null)], [], MIB)).toBe(
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
        const lines = stepSummary([ended({ kind: 'done' }, { query })], [], MIB).split('\n');
        expect(lines).toHaveLength(5);
        expect(lines[2]?.split('|')).toHaveLength(10);
        expect(lines[2]).not.toMatch(/[<>`*_[\]\\]|\p{Cc}/u);
      }),
    );
  });
});

describe('the outputs', () => {
  it('are the outcome, the code, the ID and the counters', () => {
    expect(stepOutputs(done, 0)).toEqual([
      'outcome=done',
      'exit_code=0',
      'id=task-1',
      'num_results_discovered=400',
      'num_results_enriched=200',
      'num_results_evaluated=100',
      'num_results=50',
      'desired_num_results=50',
    ]);
    expect(stepOutputs(ended({ kind: 'unreachable', failure: FAILURE }, null), 1)).toEqual([
      'outcome=unreachable',
      'exit_code=1',
      'id=task-1',
    ]);
  });
});
