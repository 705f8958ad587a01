import { Chalk } from 'chalk';
import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { type Company, type Yardstick, yardsticksOf } from '../../src/core/company.ts';
import { companyDetails } from '../../src/render/companies/details.ts';
import { companiesTable, leavesColumnsOut } from '../../src/render/companies/table.ts';
import { fittedTable } from '../../src/render/fitted-table.ts';
import { anyText } from '../support/any-text.ts';
import { cpuMs } from '../support/cpu-time.ts';
import { companies, snapshot, wireResult } from '../support/tasks.ts';

const plain = new Chalk({ level: 0 });

const CRITERIA = [
  { key: 'sells_to_industry', name: 'Sells to industry', criterion: '' },
  { key: 'based_in_europe', name: 'Based in Europe', criterion: '' },
];
const score = (grade: number | null) => ({ grade, explanation: 'because of it', sources: ['https://a.example/1'] });
const FOUND = companies(
  wireResult(1, { scores: { sells_to_industry: score(5), based_in_europe: score(2) } }),
  wireResult(2, { company_name: '日本の会社 of a rather long name', scores: { sells_to_industry: score(null) } }),
);

const table = (columns: number, wide = false, found: readonly Company[] = FOUND, by: readonly Yardstick[] = CRITERIA) =>
  companiesTable({ tasks: [snapshot()], companies: found, yardsticks: by }, columns, wide, plain)
    .split('\n')
    .slice(0, -1);

describe('the table of companies', () => {
  it('tells company, site, relevance, country, size and grades', () => {
    expect(table(114)).toEqual([
      'company                           site               relevance  country  size   sells_to_industry  based_in_europe',
      'Company 1                         company-1.example         99  Spain    11-50                  5                2',
      '日本の会社 of a rather long name  company-2.example         98  Spain    11-50                  -                -',
    ]);
  });

  it('gives numbers to criteria whose keys leave no room, and says what they are', () => {
    expect(table(80)).toEqual([
      'company                     site               relevance  country  size   c1  c2',
      'Company 1                   company-1.example         99  Spain    11-50   5   2',
      '日本の会社 of a rather lo…  company-2.example         98  Spain    11-50   -   -',
      '',
      'c1  sells_to_industry: Sells to industry',
      'c2  based_in_europe: Based in Europe',
    ]);
  });

  it('keeps the name, the relevance and the grades on a narrow screen', () => {
    const lines = table(30);
    expect(lines.slice(0, 2)).toEqual(['company      relevance  c1  c2', 'Company 1           99   5   2']);
    expect(lines.slice(4, 6)).toEqual(['c1  sells_to_industry: Sells', '    to industry']);
  });

  it('cuts no country while there is something else to cut', () => {
    const far = companies(wireResult(1, { company_name: 'A name that is long enough to be cut', hq_country: 'United Kingdom' }));
    expect(table(80, false, far)[1]).toContain('  United Kingdom  ');
  });

  it('names the task of each of several tasks by its query where something is cut, else by its ID', () => {
    const tasks = [snapshot({ id: 'a' }), snapshot({ id: 'b' })];
    const found = FOUND.map((company, index) => ({ ...company, taskId: tasks[index]?.id ?? '' }));
    const lines = (columns: number) =>
      companiesTable({ tasks, companies: found, yardsticks: [] }, columns, false, plain).split('\n');
    expect(lines(60)).toEqual([
      'task             company                  relevance  country',
      'solar comp… (a)  Company 1                       99  Spain',
      'solar comp… (b)  日本の会社 of a rather…         98  Spain',
      '',
    ]);
    expect(lines(Number.POSITIVE_INFINITY)[1]).toMatch(/^a {5}Company 1 /);
  });

  it('explains only numbers that stand there', () => {
    const tasks = [snapshot({ id: 'a' }), snapshot({ id: 'b' })];
    const listing = { tasks, companies: FOUND, yardsticks: CRITERIA };
    const lines = (columns: number) => companiesTable(listing, columns, false, plain).split('\n');
    expect(lines(44)[0]).toMatch(/relevance {2}c1$/);
    expect(lines(44).slice(4)).toEqual(['c1  sells_to_industry: Sells to industry', '']);
    expect(lines(40)[0]).toMatch(/relevance$/);
    expect(lines(40)).toHaveLength(4);
    expect([40, 44, 80].map((columns) => leavesColumnsOut(listing, columns))).toEqual([true, true, false]);
  });

  it('shows everything with --wide, however narrow the screen', () => {
    const [head, first] = table(20, true);
    expect(head).toMatch(
      /^company +site +relevance +country +city +founded +size +source +id +sells_to_industry +based_in_europe$/,
    );
    expect(first).toContain('Sevilla     1991  11-50  web_search  company-1');
  });

  it('colours grades, which say the same without', () => {
    const painted = companiesTable(
      { tasks: [snapshot()], companies: FOUND, yardsticks: CRITERIA },
      110,
      false,
      new Chalk({ level: 1 }),
    );
    expect(painted).toContain('\u001b[32m5\u001b[39m                \u001b[31m2\u001b[39m');
  });

  it('fits any width from 20 columns, whatever strangers wrote', () => {
    const text = anyText({ maxLength: 12 });
    const result = fc.record({ company_name: text, company_website: text, employee_count: text, hq_country: text });
    fc.assert(
      fc.property(
        fc.array(result, { minLength: 1, maxLength: 4 }),
        fc.array(text, { maxLength: 12 }),
        fc.integer({ min: 20, max: 140 }),
        (results, keys, columns) => {
          const scores = Object.fromEntries(keys.map((key) => [key, score(3)]));
          const found = companies(...results.map((result, number) => wireResult(number, { ...result, scores })));
          for (const line of table(columns, false, found, yardsticksOf([], found))) {
            expect(stringWidth(line)).toBeLessThanOrEqual(columns);
            // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must not be there
            expect(line).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e]/);
          }
        },
      ),
      { numRuns: 20 },
    );
  });
});

describe('the details of a company', () => {
  it('tell what each grade was given for, and by what sources', () => {
    const [first] = FOUND;
    expect(first && companyDetails([first], CRITERIA, 60, plain)).toBe(
      [
        'Company            Company 1',
        'Site               https://www.company-1.example/',
        'Relevance          99',
        'Place              Sevilla, Spain',
        'Size               11-50',
        'Founded            1991',
        'About              Makes solar panels, in hall 1',
        'Sells to industry  5  because of it',
        '                   https://a.example/1',
        'Based in Europe    2  because of it',
        '                   https://a.example/1',
        '',
        '',
      ].join('\n'),
    );
  });

  it('of 250 companies by ten criteria take no time that shows', () => {
    const sources = ['https://a.example/about', `https://press.example/${'long/'.repeat(20)}`];
    const keys = Array.from({ length: 10 }, (_, number) => `k${number}`);
    const score = { grade: 4, explanation: 'It says so, and «Värme» agrees. '.repeat(12), sources };
    const scores = Object.fromEntries(keys.map((key) => [key, score]));
    const many = companies(...Array.from({ length: 250 }, (_, number) => wireResult(number, { scores })));
    let lines: string[] = [];
    const spent = cpuMs(() => {
      lines = companyDetails(many, yardsticksOf([], many), 100, plain).split('\n');
    });
    expect(spent).toBeLessThan(1500);
    expect(lines.length).toBeGreaterThan(250 * 10 * 4);
  });

  it('take no time that grows with the square of the sources', () => {
    const sources = Array.from({ length: 10 }, (_, number) => `https://a.example/${number}`);
    const keys = Array.from({ length: 100 }, (_, number) => `k${number}`);
    const scores = Object.fromEntries(keys.map((key) => [key, { grade: 5, explanation: 'It says so. '.repeat(20), sources }]));
    const [company] = companies(wireResult(1, { scores }));
    let lines: string[] = [];
    const spent = cpuMs(() => {
      lines = company ? companyDetails([company], yardsticksOf([], [company]), 80, plain).split('\n') : [];
    });
    expect(spent).toBeLessThan(3000);
    expect(lines.length).toBeGreaterThan(1000);
  });

  it.each([20, 30, 39, 40, 80, 200])('fit %i columns', (columns) => {
    const long = {
      grade: 4,
      explanation: 'word 日本 '.repeat(300),
      sources: Array(30).fill(`https://a.example/${'x'.repeat(90)}`),
    };
    const [company] = companies(wireResult(1, { company_name: 'n'.repeat(300), scores: { based_in_europe: long } }));
    const lines = company ? companyDetails([company], CRITERIA, columns, plain).split('\n') : [];
    expect(lines.length).toBeGreaterThan(10);
    for (const line of lines) expect(stringWidth(line)).toBeLessThanOrEqual(columns);
    const spread = lines.map((line) => line.trim()).join('');
    expect(spread).toContain('https://www.company-1.example/');
  });
});

describe('a table', () => {
  it.each([false, true])('has as many rows as there are, whether it folds (%s)', (folds) => {
    const ids = { head: 'task', values: Array<string>(150_000).fill('x'), least: 4, folds, rank: 0 };
    expect(fittedTable([ids], 80, plain)).toHaveLength('task\n'.length + 2 * 150_000);
  });
});
