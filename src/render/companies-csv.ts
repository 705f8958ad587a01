import { stringify } from 'csv-stringify/sync';
import type { Company, Yardstick } from '../core/company.ts';
import { sanitize } from './sanitize.ts';

/** Room for a text in a cell, in characters: what spreadsheets take. */
const LONGEST_CELL = 32_000;

/**
 * Companies as lines under a head: the fields of a result by the API's names, then a grade for each criterion; with `explain` its
 * reasons too.
 */
export function companiesCsv(companies: readonly Company[], yardsticks: readonly Yardstick[], explain: boolean): string {
  // A criterion may be called as a field is.
  const nameOf = (key: string) => (FIELDS.some(([name]) => name === key) ? `${key}_grade` : key);
  const graded = yardsticks.flatMap(({ key }) =>
    explain ? [nameOf(key), `${key}_explanation`, `${key}_sources`] : [nameOf(key)],
  );
  const head = [...FIELDS.map(([name]) => name), ...graded.map(plain)];
  const rows = companies.map((company) => [
    ...FIELDS.map(([, read]) => read(company)),
    ...yardsticks.flatMap(({ key }) => scoreCells(company, key, explain)),
  ]);
  return lines([head, ...rows]);
}

type Cell = string | number | null;

const FIELDS: readonly (readonly [name: string, read: (company: Company) => Cell])[] = [
  ['id', ({ id }) => plain(id)],
  ['company_name', ({ name }) => plain(name)],
  ['company_website', ({ site }) => plain(site)],
  ['company_description', ({ description }) => plain(description)],
  ['relevance', ({ relevance }) => relevance],
  ['source', ({ source }) => plain(source)],
  ['founding_year', ({ founded }) => founded],
  ['employee_count', ({ size }) => plain(size)],
  ['hq_country', ({ country }) => plain(country)],
  ['hq_city', ({ city }) => plain(city)],
];

function scoreCells({ scores }: Company, key: string, explain: boolean): Cell[] {
  const { grade = null, explanation = '', sources = [] } = scores.get(key) ?? {};
  return explain ? [grade, plain(explanation), plain(sources.join(' '))] : [grade];
}

/** Harmless, line by line. Behind blanks, too, some spreadsheets find a formula, where the library looks only at the first character. */
function plain(text: string): string {
  const lines = text.slice(0, LONGEST_CELL).split(/\r\n|[\r\n]/);
  const safe = lines.map(sanitize).join('\n');
  return /^\s+[=+\-@＝＋－＠]/.test(safe) ? `'${safe}` : safe;
}

/**
 * RFC 4180, with CRLF. A text that a spreadsheet would take for a formula gets an apostrophe before it: what strangers wrote must not
 * run in somebody's Excel.
 */
function lines(rows: Cell[][]): string {
  // By itself the library puts only CRLF into quotes.
  return stringify(rows, { record_delimiter: 'windows', quoted_match: /\n/, escape_formulas: true });
}
