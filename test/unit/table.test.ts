import { Chalk } from 'chalk';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import type { Progress } from '../../src/core/progress.ts';
import { taskTable } from '../../src/render/table.ts';
import { summaryTable, taskList } from '../../src/render/task-list.ts';
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

  it('folds what is too long at words, on the narrowest screen', () => {
    const lines = table(ended({ kind: 'exhausted' }, ENDED.exhausted), 20);
    expect(lines.join(' ').replace(/ +/g, ' ')).toContain('Status in_progress, sources exhausted');
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
  const [first, second] = ['0b6f7f0e-8b7c-4b1c-9d53-6a4b0d7f1c2e', '1b6f7f0e-8b7c-4b1c-9d53-6a4b0d7f1c2e'];
  const all = [
    ended({ kind: 'done' }, { id: first, num_results: 50 }),
    ended({ kind: 'exhausted', unscored: 12 }, { id: second, query: 'climate-tech companies in Europe that sell to industry' }),
    { ...ended({ kind: 'unreachable', failure: FAILURE }, null), id: 'third' },
  ];
  const table = (columns: number, paint = plain) => summaryTable(all, columns, paint).split('\n');

  it('has a row for each, with its ID whole, its query and as many figures as leave that room', () => {
    expect(table(130)).toEqual([
      'task                                  outcome                   high-fit  enriched  evaluated  query',
      `${first}  done                         50/50       200        100  solar companies in Spain`,
      `${second}  exhausted, 12 not scored     25/50       200        100  climate-tech companies in Europe t…`,
      'third                                 unreachable',
      '',
    ]);
    expect(table(80)).toEqual([
      'task                                  outcome      high-fit  query',
      `${first}  done            50/50  solar companies in…`,
      `${second}  exhausted,      25/50  climate-tech compa…`,
      '                                      12 not',
      '                                      scored',
      'third                                 unreachable',
      '',
    ]);
  });

  it('is lines where there is no room for columns, none of them cut so that it says something else', () => {
    expect(table(44)).toEqual([
      'solar companies in Spain',
      '  done, 50/50 high-fit',
      `  ${first}`,
      'climate-tech companies in Europe that sell',
      'to industry',
      '  exhausted, 12 not scored, 25/50 high-fit',
      `  ${second}`,
      'third',
      '  unreachable',
      '',
    ]);
  });

  it('names a task without a query by its ID, so that no block reads as part of the one before', () => {
    const nameless = [null, '', ' \u200b '].map((query) => ended({ kind: 'done' }, { id: first, query }));
    const block = `${first.slice(0, 30)}\n${first.slice(30)}\n  done, 25/50 high-fit\n`;
    expect(summaryTable(nameless, 30, plain)).toBe(block.repeat(3));
  });

  it('colours each line of an outcome', () => {
    const { magenta } = new Chalk({ level: 1 });
    for (const columns of [44, 80]) {
      const text = table(columns, new Chalk({ level: 1 })).join('\n');
      expect(text).toContain(magenta(columns === 44 ? 'exhausted, 12 not scored, 25/50 high-fit' : 'scored'));
    }
  });

  it.each([20, 30, 60, 75, 80, 100, 140])('fits %i columns, whatever it is called', (columns) => {
    const query = 'companies 日本の会社 '.repeat(40);
    const odd = [...all, progress({ id: 'x'.repeat(128), query }), progress({ id: 'y', query })];
    const tasks = odd.flatMap(({ task }) => task ?? []);
    for (const line of [...summaryTable(odd, columns, plain).split('\n'), ...taskList(tasks, 0, columns, plain).split('\n')])
      expect(stringWidth(line)).toBeLessThanOrEqual(columns);
  });
});
