import type { ChalkInstance } from 'chalk';
import stringWidth from 'string-width';
import type { Company, Yardstick } from '../../core/company.ts';
import { cut, fold } from '../format.ts';
import { type LabelLayout, labelTable, layoutOf } from '../label-table.ts';
import { gradeWords, nameOf, paintGrade } from './table.ts';

/** Lines that a long text may take; the whole of it is in `--json`. */
const TEXT_LINES = 8;

/** A score may have any number of sources. */
const MOST_SOURCES = 10;

const LEAST_LABELS = 12;
const MOST_LABELS = 28;

/** One company, with what each grade was given for and by what sources; with `withTask` its task too. Ends in an empty line. */
export function companyDetails(
  company: Company,
  yardsticks: readonly Yardstick[],
  columns: number,
  paint: ChalkInstance,
  withTask = false,
): string {
  const longest = Math.max(LEAST_LABELS, ...yardsticks.map(({ name }) => stringWidth(cut(name, MOST_LABELS))));
  const layout = layoutOf(columns, Math.min(longest + 1, Math.floor(columns / 3)));
  const long = (text: string) => cut(text, layout.values * TEXT_LINES);
  const rows: (readonly [string, string])[] = [
    ['Company', paint.bold(long(nameOf(company)))],
    ['Task', withTask ? long(company.taskId) : ''],
    ['Site', fold(long(company.site), layout.values)],
    ['Relevance', company.relevance === null ? '' : String(company.relevance)],
    ['Place', long([company.city, company.country].filter(Boolean).join(', '))],
    ['Size', long(company.size)],
    ['Founded', company.founded === null ? '' : String(company.founded)],
    ['About', long(company.description)],
    ...yardsticks.map((yardstick) => [yardstick.name, scoreLines(company, yardstick, layout, paint)] as const),
  ];
  return `${labelTable(rows, layout, paint)}\n`;
}

/** The grade and the explanation, then a source a line. */
function scoreLines({ scores }: Company, { key }: Yardstick, { values }: LabelLayout, paint: ChalkInstance): string {
  const { grade = null, explanation = '', sources = [] } = scores.get(key) ?? {};
  const text = cut(explanation, values * TEXT_LINES);
  const first = `${paintGrade(grade, gradeWords(grade), paint)}  ${text}`.trimEnd();
  const shown = sources.slice(0, MOST_SOURCES).map((source) => fold(cut(source, values * TEXT_LINES), values));
  const more = sources.length > shown.length ? [`and ${sources.length - shown.length} more sources`] : [];
  return [first, ...shown, ...more].join('\n');
}
