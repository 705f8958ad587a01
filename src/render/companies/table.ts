import type { ChalkInstance } from 'chalk';
import type { Company, Yardstick } from '../../core/company.ts';
import type { Listing } from '../../core/found.ts';
import { type Column, columnsIn, fits, fittedTable } from '../fitted-table.ts';
import { cut, wrap } from '../format.ts';
import { paintOf } from '../paint.ts';
import { taskNames } from '../task-names.ts';
import { gradeWords, NOTHING, paintGrade } from './words.ts';

/** The width of a name or a site, in columns: the minimum, and the width they get before the criteria's keys get any. */
const LEAST_TEXT = 10;
const GOOD_TEXT = 20;

/** "United Kingdom" in whole. */
const LEAST_COUNTRY = 14;

/** A criterion's key and name in the legend, in columns: nobody reads more. */
const WIDEST_LEGEND = 200;

/** The width of a task's name, where there are several tasks, in columns: a quarter of the screen, within these bounds. */
const [LEAST_TASK, MOST_TASK] = [8, 24];

/** The minimum width of a company's name beside it. */
const LEAST_COMPANY_OF_TASK = 18;

const WHOLE = Number.POSITIVE_INFINITY;

/** A company table's columns, for a width. */
interface Layout {
  /** Those for which there is room. */
  readonly shown: readonly Column[];
  /** Whether there are more, without room. */
  readonly leavesOut: boolean;
  /** The criteria whose keys a legend tells, each with the head of its column. */
  readonly legend: readonly (readonly [head: string, yardstick: Yardstick])[];
}

/**
 * Companies as rows, fitted to the width; with `wide` everything there is, however wide. If the criteria's keys are too
 * wide as heads of the columns of grades, numbers replace them, with a legend below. Of several tasks, each company stands with the
 * name of its task; where nothing is cut, with its ID, which programs can read. Ends in a line feed.
 */
export function companiesTable(listing: Listing, columns: number, wide: boolean, paint: ChalkInstance): string {
  const { shown, legend } = layoutOf(listing, columns, wide, paint);
  const lines = legend.flatMap(([head, yardstick]) => legendOf(yardstick, `${head}  `, columns));
  return `${fittedTable(shown, wide ? WHOLE : columns, paint)}${lines.length > 0 ? `\n${lines.join('\n')}\n` : ''}`;
}

/** Whether the table of so many columns leaves some of its own out. */
export function leavesColumnsOut(listing: Listing, columns: number): boolean {
  return layoutOf(listing, columns, false, paintOf(false)).leavesOut;
}

function layoutOf({ tasks, companies, yardsticks }: Listing, columns: number, wide: boolean, paint: ChalkInstance): Layout {
  const first = tasks.length > 1 ? [taskColumn(tasks, companies, wide ? WHOLE : columns)] : [];
  const byKey = [
    ...first,
    ...textColumns(companies, GOOD_TEXT, wide),
    ...gradeColumns(companies, yardsticks, ({ key }) => key, paint),
  ];
  if (wide || fits(byKey, columns)) return { shown: byKey, leavesOut: false, legend: [] };
  const grades = gradeColumns(companies, yardsticks, (_, index) => `c${index + 1}`, paint);
  const numbered = [
    ...first,
    ...textColumns(companies, LEAST_TEXT, wide, tasks.length > 1 ? LEAST_COMPANY_OF_TASK : LEAST_TEXT),
    ...grades,
  ];
  const shown = columnsIn(numbered, columns);
  const legend = yardsticks.flatMap((yardstick, index) => {
    const { head } = grades[index] ?? { head: '' };
    return shown.some((column) => column.head === head) ? [[head, yardstick] as const] : [];
  });
  return { shown, leavesOut: shown.length < numbered.length, legend };
}

/** What a number stands for, on as many lines as it takes. */
function legendOf({ key, name }: Yardstick, number: string, columns: number): string[] {
  const lines = wrap(cut(`${key}: ${name}`, WIDEST_LEGEND), Math.max(1, columns - number.length));
  return lines.map((line, row) => (row === 0 ? number : ' '.repeat(number.length)) + line);
}

/** Which task each company is of. */
function taskColumn(tasks: Listing['tasks'], companies: readonly Company[], columns: number): Column {
  const room = Math.min(MOST_TASK, Math.max(LEAST_TASK, Math.floor(columns / 4)));
  const known = tasks.map((task) => ({ id: task.id, task }));
  const names = columns === WHOLE ? tasks.map(({ id }) => id) : taskNames(known, room);
  const namesById = new Map(tasks.map(({ id }, index) => [id, names[index]]));
  return { head: 'task', values: companies.map(({ taskId }) => namesById.get(taskId) ?? taskId), least: WHOLE, rank: 0 };
}

function textColumns(companies: readonly Company[], leastText: number, wide: boolean, leastName = leastText): Column[] {
  const column = (head: string, least: number, rank: number, read: (company: Company) => string | number | null): Column => ({
    head,
    least,
    rank,
    align: head === 'relevance' || head === 'founded' ? 'right' : 'left',
    values: companies.map((company) => String(read(company) ?? '') || NOTHING),
  });
  return [
    column('company', leastName, 0, ({ name }) => name),
    column('site', leastText, 5, ({ site }) => shortSite(site)),
    column('relevance', WHOLE, 1, ({ relevance }) => relevance),
    column('country', LEAST_COUNTRY, 3, ({ country }) => country),
    ...(wide ? [column('city', WHOLE, 3, ({ city }) => city), column('founded', WHOLE, 3, ({ founded }) => founded)] : []),
    column('size', WHOLE, 4, ({ size }) => size),
    ...(wide ? [column('source', WHOLE, 4, ({ source }) => source), column('id', WHOLE, 4, ({ id }) => id)] : []),
  ];
}

/** An address without its scheme, `www.` and last slash, which say nothing. */
function shortSite(site: string): string {
  return site.replace(/^https?:\/\/(?:www\.)?/i, '').replace(/\/$/, '');
}

function gradeColumns(
  companies: readonly Company[],
  yardsticks: readonly Yardstick[],
  headOf: (yardstick: Yardstick, index: number) => string,
  paint: ChalkInstance,
): Column[] {
  return yardsticks.map((yardstick, index) => {
    const grades = companies.map(({ scores }) => scores.get(yardstick.key)?.grade ?? null);
    return {
      head: headOf(yardstick, index),
      values: grades.map(gradeWords),
      align: 'right',
      least: WHOLE,
      rank: 2,
      paint: (text, row) => paintGrade(grades[row] ?? null, text, paint),
    };
  });
}
