import { Chalk } from 'chalk';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import type { Progress } from '../../src/core/progress.ts';
import { summaryTable, taskTable } from '../../src/render/table.ts';
import { cpuMs } from '../support/cpu-time.ts';
import { ended, FAILURE, progress } from '../support/progress.ts';
import { ENDED } from '../support/tasks.ts';

const plain = new Chalk({ level: 0 });

function table(task: Progress, columns = 80): string[] {
  if (!task.task) throw new Error('a table needs a task');
  return taskTable(task, task.task, columns, plain).split('\n').slice(0, -1);
}

describe('the table of a task', () => {
  it('tells all there is to tell, with numbers that line up', () => {
    expect(table(ended({ kind: 'running' }))).toEqual([
      'Task         task-1',
      'Outcome      running: 25 of 50 high-fit results so far',
      'Status       in_progress',
      'Query        solar companies in Spain',
      'Target       50 high-fit',
      'Discovered   400',
      'Enriched     200   50% of discovered',
      'Evaluated    100   50% of enriched',
      'High-fit      25   25% of evaluated',
      'Created      2026-11-23 10:00:00 UTC',
      'Sources      web_search, maps',
      'Criteria     Solar: Makes or sells solar panels',
    ]);
  });

  it('shows a failed task’s error details', () => {
    expect(table(ended({ kind: 'failed' }, ENDED.failed))).toContain(
      'Error        {"code":"boom","message":"the sources broke"}',
    );
  });

  it('says why the end is not known', () => {
    expect(table(ended({ kind: 'unreachable', failure: FAILURE }))).toContain(
      'Outcome      unreachable: The API answered 502 Bad Gateway',
    );
  });

  it.each([20, 30, 39, 40, 80, 200])('fits %i columns', (columns) => {
    const query = 'companies 日本の会社 👩‍👩‍👧 '.repeat(40);
    const criteria = [{ key: 'k', name: 'N'.repeat(90), criterion: 'c'.repeat(150_000) }];
    for (const line of table(ended({ kind: 'done' }, { query, criteria, id: 'x'.repeat(128) }), columns)) {
      expect(stringWidth(line)).toBeLessThanOrEqual(columns);
    }
  });

  it('shows the first of many criteria and error fields, and takes no time over the rest', () => {
    const criteria = Array.from({ length: 5_000 }, (_, index) => ({ key: `k${index}`, name: `name ${index}`, criterion: 'x' }));
    const errors = Object.fromEntries(criteria.map(({ key }) => [`error_${key}`, 'x']));
    let lines: readonly string[] = [];
    const spent = cpuMs(() => {
      lines = table(ended({ kind: 'failed' }, { status: 'failed', criteria, ...errors }));
    });
    expect(spent).toBeLessThan(3000);
    expect(lines.at(-1)).toBe('             and 4980 more');
    expect(lines.length).toBeLessThan(50);
  });

  it('holds no escape codes unless colours are on', () => {
    const task = ended({ kind: 'done' }, { query: '\u001b[31mred' });
    expect(table(task).join('\n')).not.toContain('\u001b');
    expect(task.task && taskTable(task, task.task, 80, new Chalk({ level: 1 }))).toContain('\u001b[32m');
  });
});

describe('the table of several tasks', () => {
  const all = [
    ended({ kind: 'done' }, { id: 'first', num_results: 50 }),
    ended({ kind: 'unreachable', failure: FAILURE }, null),
    progress({ id: 'third' }),
  ];

  it('has a row for each, numbers right-aligned', () => {
    expect(summaryTable(all, 100, plain).split('\n')).toEqual([
      'task    outcome      discovered  enriched  evaluated  high-fit  target',
      'first   done                400       200        100        50      50',
      'task-1  unreachable',
      'third   running             400       200        100        25      50',
      '',
    ]);
  });

  it.each([20, 30, 60, 100])('fits %i columns', (columns) => {
    for (const line of summaryTable([...all, progress({ id: 'x'.repeat(128) })], columns, plain).split('\n')) {
      expect(stringWidth(line)).toBeLessThanOrEqual(columns);
    }
  });
});
