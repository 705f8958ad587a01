import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { results, startApi } from '../support/api.ts';
import { run } from '../support/run.ts';
import { wireResult, wireTask } from '../support/tasks.ts';

const FIELDS = [
  ...['id', 'company_name', 'company_website', 'company_description', 'relevance', 'source', 'task_id', 'created_at'],
  ...['company_profile_id', 'company_full_description', 'founding_year', 'employee_count', 'hq_country', 'hq_state_province'],
  ...['hq_city', 'high_fit'],
];

/** What a reader that is not ours finds in the CSV of these results: the head, and a record for each company. */
async function readBack(companies: readonly unknown[], flags: readonly string[] = [], changes = {}) {
  const api = await startApi();
  api.replies(results(companies, changes));
  const { stdout } = await run(['results', 'task-1', '--csv', ...flags], { api });
  const { data, meta, errors } = Papa.parse<Record<string, string>>(stdout, { header: true, skipEmptyLines: true });
  expect(errors).toEqual([]);
  return { stdout, heads: meta.fields ?? [], records: data };
}

describe('results --csv', () => {
  it('is RFC 4180: every documented field by its API name, whether it is high-fit, and the grades', async () => {
    const { stdout } = await readBack([
      wireResult(0, {
        company_name: 'Panels, "and" more',
        company_description: 'Two\nlines',
        created_at: '2026-11-23T10:00:00Z',
      }),
    ]);
    expect(stdout).toBe(
      `${FIELDS.join(',')},solar\r\n` +
        'company-0,"Panels, ""and"" more",https://www.company-0.example/,"Two\nlines",100,web_search,task-1,' +
        '2026-11-23T10:00:00Z,,,1990,11-50,Spain,,Sevilla,true,5\r\n',
    );
  });

  it('is read back by another reader as what the API gave, however long and in whatever script', async () => {
    const companies = [
      wireResult(1, {
        company_name: 'Malmö Värme AB',
        company_full_description: 'Long. '.repeat(20_000),
        company_profile_id: 'p-1',
        hq_state_province: 'Skåne',
        created_at: '2026-11-23T10:00:00Z',
        task_id: 'task-1',
      }),
      wireResult(2, { company_name: 'Северсталь', company_description: 'a "b", c; d\r\n\te\n\nf 👩‍💻 🇪🇺', relevance: 97.5 }),
      wireResult(3, { company_name: '太阳能 «Ñ» `x` \\ %', relevance: null, founding_year: null, scores: null }),
    ];
    const { records } = await readBack(companies);
    for (const [index, company] of companies.entries()) {
      const { scores, ...fields } = company as { scores: { solar: { grade: number } } | null };
      const expected = Object.entries({ task_id: 'task-1', ...fields, high_fit: scores !== null, solar: scores?.solar.grade });
      const texts = expected.map(([name, value]) => [name, String(value ?? '')]);
      expect(records[index]).toMatchObject(Object.fromEntries(texts));
    }
  });

  it('runs nothing in a spreadsheet, wherever that splits', async () => {
    const texts: [given: string, written: string][] = [
      ['=1+1', "'=1+1"],
      ['+1', "'+1"],
      ['-5', "'-5"],
      ['@SUM(A1)', "'@SUM(A1)"],
      ['＝1', "'＝1"],
      [' =1', " '=1"],
      ['\t=1', "\t'=1"],
      ['\r=1', "\n'=1"],
      ['a;=1', "a;'=1"],
      ['a; "=1', `a; "'=1`],
      ['a\t+1', "a\t'+1"],
      ['a\n- b', "a\n'- b"],
      ['a\r\n@b', "a\r\n'@b"],
      ['a=b, c-d', 'a=b, c-d'],
    ];
    const { records } = await readBack(texts.map(([company_name], number) => wireResult(number, { company_name })));
    expect(records.map(({ company_name }) => company_name)).toEqual(texts.map(([, written]) => written));
  });

  it('has no head twice, whatever the criteria are called', async () => {
    const keys = ['source', 'source_grade', 'Solar', 'solar', 'solar_sources', '=x'];
    const criteria = keys.map((key) => ({ key, name: key, criterion: 'c' }));
    const scores = Object.fromEntries(keys.map((key, index) => [key, { grade: (index % 5) + 1 }]));
    const { heads, records } = await readBack([wireResult(0, { scores })], ['--explain'], { criteria });
    expect(new Set(heads.map((head) => head.toLowerCase())).size).toBe(heads.length);
    const graded = heads.slice(FIELDS.length).filter((head) => records[0]?.[head] !== '');
    expect(graded).toEqual(['source_grade', 'source_grade_grade', 'Solar', 'solar_grade', 'solar_sources_grade', "'=x"]);
    expect(graded.map((head) => records[0]?.[head])).toEqual(['1', '2', '3', '4', '5', '1']);
  });

  it('explains with --explain', async () => {
    const { heads, records } = await readBack([wireResult(0)], ['--explain']);
    expect(heads.slice(-3)).toEqual(['solar', 'solar_explanation', 'solar_sources']);
    expect(records[0]).toMatchObject({ solar_explanation: 'It makes panels', solar_sources: 'https://company-0.example/about' });
  });

  it('has a head where there is nothing below it', async () => {
    const { stdout } = await readBack([], [], wireTask());
    expect(stdout.split('\r\n')).toEqual([[...FIELDS, 'solar'].join(','), '']);
  });
});
