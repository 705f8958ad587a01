import type { ChalkInstance } from 'chalk';
import type { Company, Yardstick } from '../../core/company.ts';
import { cut, fold, wrap } from '../format.ts';
import { type LabelLayout, layoutOf } from '../label-table.ts';
import { deadenLines } from '../sanitize.ts';
import { widthOf } from '../width.ts';
import { companyName, gradeWords, paintGrade } from './words.ts';

/** Lines that a long text may take; the whole of it is in `--json`. */
const TEXT_LINES = 8;

/** A score may have any number of sources. */
const MOST_SOURCES = 10;

const LEAST_LABELS = 12;
const MOST_LABELS = 28;

/** Between a grade and its explanation. */
const GAP = '  ';

/** A name, and the lines of its value, which are painted and fit. */
type Row = readonly [label: string, lines: readonly string[]];

/**
 * Companies one below the other, each with what its grades were given for and by what sources; with `withTask` its task too. Each ends in
 * an empty line. (cli-table3 takes four times as long to break the lines.)
 */
export function companyDetails(
  companies: readonly Company[],
  yardsticks: readonly Yardstick[],
  columns: number,
  paint: ChalkInstance,
  withTask = false,
): string {
  const longest = Math.max(LEAST_LABELS, ...yardsticks.map(({ name }) => widthOf(cut(name, MOST_LABELS))));
  const layout = layoutOf(columns, Math.min(longest + 1, Math.floor(columns / 3)));
  const linesOf = (company: Company) => {
    const rows = rowsOf(company, yardsticks, layout, paint, withTask);
    return [...rows.flatMap((row) => rowLines(row, layout, paint)), '', ''];
  };
  // A long word may begin a line.
  return deadenLines(companies.map((company) => linesOf(company).join('\n')).join(''));
}

function rowsOf(
  company: Company,
  yardsticks: readonly Yardstick[],
  { values }: LabelLayout,
  paint: ChalkInstance,
  withTask: boolean,
): Row[] {
  const long = (text: string) => wrap(cut(text, values * TEXT_LINES), values);
  return [
    ['Company', long(companyName(company)).map((line) => paint.bold(line))],
    ['Task', withTask ? long(company.taskId) : []],
    ['Site', addressLines(company.site, values)],
    ['Relevance', long(String(company.relevance ?? ''))],
    ['Place', long([company.city, company.country].filter(Boolean).join(', '))],
    ['Size', long(company.size)],
    ['Founded', long(String(company.founded ?? ''))],
    ['About', long(company.description)],
    ...yardsticks.map((yardstick): Row => [yardstick.name, scoreLines(company, yardstick, values, paint)]),
  ];
}

/** The grade and the explanation, then a source a line. */
function scoreLines({ scores }: Company, { key }: Yardstick, columns: number, paint: ChalkInstance): string[] {
  const { grade = null, explanation = '', sources = [] } = scores.get(key) ?? {};
  const words = gradeWords(grade);
  const [first = '', ...others] = wrap(`${words} ${cut(explanation, columns * TEXT_LINES)}`, columns - GAP.length + 1);
  const shown = sources.slice(0, MOST_SOURCES).flatMap((source) => addressLines(source, columns));
  const more = sources.length > MOST_SOURCES ? [`and ${sources.length - MOST_SOURCES} more sources`] : [];
  const behind = first.slice(words.length + 1);
  return [
    `${paintGrade(grade, words, paint)}${behind === '' ? '' : GAP + behind}`,
    ...others,
    ...shown,
    ...more.flatMap((line) => wrap(line, columns)),
  ];
}

/** An address on as many lines as it takes. */
function addressLines(address: string, columns: number): string[] {
  return fold(cut(address, columns * TEXT_LINES), columns);
}

/** The name beside the first line; on a narrow screen above it. */
function rowLines([label, lines]: Row, { isNarrow, labels, values }: LabelLayout, paint: ChalkInstance): string[] {
  if (lines.length === 0) return [];
  const before = ' '.repeat(labels + 1);
  if (isNarrow) return [paint.bold(cut(label, values + 2)), ...lines.map((line) => before + line)];
  const name = cut(label, labels);
  const [first = '', ...others] = lines;
  return [paint.bold(name) + before.slice(widthOf(name)) + first, ...others.map((line) => before + line)];
}
