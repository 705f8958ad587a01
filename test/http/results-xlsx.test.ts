import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readXlsx } from 'hucre/xlsx';
import readExcelFile from 'read-excel-file/node';
import { describe, expect, it } from 'vitest';
import { results, startApi } from '../support/api.ts';
import { newFolder } from '../support/folder.ts';
import { run } from '../support/run.ts';
import { ENDED, wireResult, wireResults } from '../support/tasks.ts';

/** Writes these results to a workbook. */
async function write(companies: readonly unknown[], flags: readonly string[] = [], changes = {}, tasks = ['task-1']) {
  const api = await startApi();
  api.replies(results(companies, changes));
  const path = join(newFolder(), 'companies.xlsx');
  const { code, stdout, stderr } = await run(['results', ...tasks, '-q', '-o', path, ...flags], { api });
  expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
  return { path, stderr };
}

/** What another library than the one that writes finds in a sheet: records by their heads. */
async function recordsOf(path: string, sheet: string): Promise<Record<string, unknown>[]> {
  const [heads = [], ...rows] = (await readExcelFile(path)).find((one) => one.sheet === sheet)?.data ?? [];
  return rows.map((row) => Object.fromEntries(heads.map((head, index) => [String(head), row[index]])));
}

describe('results -o companies.xlsx', () => {
  it('is read back by another library as what the API gave: texts as texts, numbers as numbers', async () => {
    const texts = [
      '=1+1',
      '+46 1',
      '2020-01-02',
      '0123',
      'TRUE',
      '1e5',
      'Malmö "Å"; x',
      '太阳能',
      'Север 👩‍💻',
      'a & <b>\ttab\nline',
    ];
    const companies = texts.map((company_name, number) =>
      wireResult(number, {
        company_name,
        task_id: 'task-1',
        created_at: '2026-11-23T10:00:00Z',
        relevance: 97.5,
        founding_year: null,
      }),
    );
    const { path, stderr } = await write(companies);
    expect(stderr).toBe('');
    for (const [index, record] of (await recordsOf(path, 'Companies')).entries()) {
      const { scores, ...fields } = companies[index] ?? {};
      expect(record).toMatchObject({ ...fields, employee_count: '11-50', company_profile_id: null, high_fit: true, solar: 5 });
    }
  });

  it('has the columns of the CSV, and tells the task on a sheet of its own', async () => {
    const { path } = await write(wireResults(2), [], ENDED.exhausted);
    const api = await startApi();
    api.replies(results(wireResults(2)));
    const { stdout } = await run(['results', 'task-1', '--csv'], { api });
    expect(Object.keys((await recordsOf(path, 'Companies'))[0] ?? {}).join(',')).toBe(stdout.split('\r\n')[0]);
    const task = (await readExcelFile(path)).find(({ sheet }) => sheet === 'Task')?.data ?? [];
    expect(Object.fromEntries(task.map(([label, value]) => [label, value]))).toMatchObject({
      Query: 'solar companies in Spain',
      Outcome: 'exhausted: the sources ran dry at 31 of 50 high-fit results',
      Target: 50,
      Discovered: 400,
      'High-fit': 31,
      Created: '2026-11-23 10:00:00 UTC',
      Fetched: expect.stringMatching(/ UTC$/),
      'Criterion solar': 'Solar: Makes or sells solar panels',
    });
  });

  it('has the reasons on a sheet with --explain, and the tasks on another', async () => {
    const { path } = await write(wireResults(1), ['--explain'], {}, ['a', 'b']);
    expect(await recordsOf(path, 'Reasons')).toEqual(
      ['a', 'b'].map(() => ({
        id: 'company-0',
        company_name: 'Company 0',
        criterion: 'Solar',
        grade: 5,
        explanation: 'It makes panels',
        sources: 'https://company-0.example/about',
      })),
    );
    expect((await readExcelFile(path)).map(({ sheet }) => sheet)).toEqual(['Companies', 'Tasks', 'Reasons']);
    expect((await recordsOf(path, 'Companies')).map(({ task_id }) => task_id)).toEqual(['a', 'b']);
  });

  it('shows U+FFFD for what XML cannot hold, in texts and in heads', async () => {
    const company = wireResult(0, { company_name: 'A\uFFFEB\uFFFFC\uD800', company_website: 'a.example/\uFFFF' });
    const { path } = await write([company], ['--explain'], { query: 'solar\uFFFF' });
    const [record] = await recordsOf(path, 'Companies');
    expect(record).toMatchObject({ company_name: 'A\uFFFDB\uFFFDC\uFFFD', company_website: 'a.example/\uFFFD' });
    const { sheets } = await readXlsx(readFileSync(path));
    expect(sheets.find(({ name }) => name === 'Task')?.rows[0]).toContain('solar\uFFFD');
    expect(JSON.stringify(sheets.map(({ rows, cells }) => [rows, [...(cells ?? [])]]))).not.toMatch(/[\uFFFE\uFFFF]/);
  });

  it('says that a text was cut where a cell has no room for it', async () => {
    const [fits, long] = ['x'.repeat(32_767), `${'x'.repeat(32_765)}😀 and more`];
    const { path, stderr } = await write([
      wireResult(0, { company_full_description: fits }),
      wireResult(1, { company_full_description: long }),
    ]);
    expect(stderr).toBe(
      'warning: 1 text is cut: a cell of Excel holds 32,767 characters; write a .csv or .json file for all of it\n',
    );
    const cells = (await recordsOf(path, 'Companies')).map(({ company_full_description }) => company_full_description);
    expect(cells).toEqual([fits, `${'x'.repeat(32_765)}…`]);
  });

  it('keeps its heads and names in view, with filters, widths, links that may be followed, and grades in colours', async () => {
    const sites = ['https://a.example/', 'javascript:alert(1)', null, 'b.example'];
    const { path } = await write(sites.map((company_website, number) => wireResult(number, { company_website })));
    const { sheets } = await readXlsx(readFileSync(path), { readStyles: true });
    const [sheet] = sheets;
    expect(sheet).toMatchObject({
      freezePane: { rows: 1, columns: 2 },
      autoFilter: { range: 'A1:Q5' },
      conditionalRules: [{ type: 'colorScale', range: 'Q2:Q5' }],
    });
    const links = [1, 2, 3, 4].map((row) => sheet?.cells?.get(`${row},2`)?.hyperlink?.target);
    expect(links).toEqual(['https://a.example/', undefined, undefined, 'https://b.example/']);
    const widths = sheet?.columns?.map(({ width }) => width ?? 0) ?? [];
    expect(widths).toHaveLength(17);
    expect(Math.min(...widths)).toBeGreaterThanOrEqual(8);
    expect(Math.max(...widths)).toBeLessThanOrEqual(48);
  });

  it('has heads where there is nothing below them', async () => {
    const { path } = await write([]);
    const [first] = await readExcelFile(path);
    expect(first?.data).toHaveLength(1);
  });
});
