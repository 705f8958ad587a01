import type { ChalkInstance } from 'chalk';
import { type Outcome, verdictOf } from '../core/outcome.ts';
import type { Progress } from '../core/progress.ts';
import { FUNNEL_STEPS, type TaskSnapshot } from '../core/task.ts';
import { type Column, fits, fittedTable } from './fitted-table.ts';
import { cut, fold, wrap } from './format.ts';
import { paintOutcome } from './paint.ts';
import { deadenLines } from './sanitize.ts';
import { listedState, standingWords } from './words.ts';

/*
 * Several tasks, one below the other: what `list` prints, and what `watch` of several ends with. The next command needs an ID whole.
 */

const WHOLE = Number.POSITIVE_INFINITY;

/** The width of a query, in columns: the minimum, and what it gets before figures get any. */
const [LEAST_QUERY, GOOD_QUERY] = [16, 32];

/** Lines that a query may take where there is no room for columns. */
const QUERY_LINES = 2;

/** One of several tasks. */
interface Row {
  readonly id: string;
  readonly query: string;
  readonly state: string;
  readonly outcome: Outcome | null;
  /** High-fit results against the target; empty where they are not known. */
  readonly results: string;
}

/** Tasks as rows: how each stands, its results against what was asked for, its age, its query. `wallTime` is now, in ms since 1970. */
export function taskList(tasks: readonly TaskSnapshot[], wallTime: number, columns: number, paint: ChalkInstance): string {
  const ages = tasks.map(({ createdAt }) => ageWords(createdAt, wallTime));
  const rows = tasks.map((task) => rowOf(task.id, task, listedState(task), { kind: verdictOf(task) }));
  return taskRows(rows, [{ head: 'age', values: ages, align: 'right', least: WHOLE, rank: 1 }], columns, paint);
}

/** Tasks that were watched, as rows: how each ended, and its counters. */
export function summaryTable(all: readonly Progress[], columns: number, paint: ChalkInstance): string {
  const counts = FUNNEL_STEPS.slice(0, -1).map(([step, head], index): Column => {
    return {
      head,
      values: all.map(({ task }) => String(task?.funnel[step] ?? '')),
      align: 'right',
      least: WHOLE,
      rank: 3 - index,
    };
  });
  const rows = all.map((progress) => rowOf(progress.id, progress.task, standingWords(progress), progress.outcome));
  return taskRows(rows, counts, columns, paint);
}

function rowOf(id: string, task: TaskSnapshot | null, state: string, outcome: Outcome | null): Row {
  return { id, query: task?.query ?? '', state, outcome, results: task ? `${task.funnel.highFit}/${task.target}` : '' };
}

/** A row for each task, with those of the `figures` that leave the query room; on a narrow screen lines in place of columns. */
function taskRows(rows: readonly Row[], figures: readonly Column[], columns: number, paint: ChalkInstance): string {
  const table = (leastQuery: number, folds: boolean, more: readonly Column[]): Column[] => [
    { head: 'task', values: rows.map(({ id }) => id), least: WHOLE, rank: 0 },
    {
      head: 'outcome',
      values: rows.map(({ state }) => state),
      least: WHOLE,
      folds,
      rank: 0,
      paint: (text, row) => paintOutcome(rows[row]?.outcome ?? null, text, paint),
    },
    { head: 'high-fit', values: rows.map(({ results }) => results), align: 'right', least: WHOLE, rank: 0 },
    ...more,
    { head: 'query', values: rows.map(({ query }) => query), least: leastQuery, rank: 0 },
  ];
  if (fits(table(GOOD_QUERY, false, []), columns)) return fittedTable(table(GOOD_QUERY, false, figures), columns, paint);
  if (fits(table(LEAST_QUERY, true, []), columns)) return fittedTable(table(LEAST_QUERY, true, []), columns, paint);
  return deadenLines(rows.flatMap((row) => linesOf(row, columns, paint)).join(''));
}

/** The query, below it how the task stands, and the ID, which is not broken where it fits a line; without a query the ID comes first. */
function linesOf({ id, query, state, outcome, results }: Row, columns: number, paint: ChalkInstance): string[] {
  const room = Math.max(1, columns - 2);
  const name = wrap(cut(query, columns * QUERY_LINES), columns).filter((line) => line.trim() !== '');
  const standing = wrap(`${state}${results === '' ? '' : `, ${results} high-fit`}`, room);
  const indent = name.length > 0 && id.length <= room ? '  ' : '';
  const idLines = fold(id, columns).map((line) => indent + line);
  const [above, below] = name.length > 0 ? [name, idLines] : [idLines, []];
  return [
    ...above.map((line) => paint.bold(line)),
    ...standing.map((line) => `  ${paintOutcome(outcome, line, paint)}`),
    ...below,
  ].map((line) => `${line}\n`);
}

const MINUTE_MS = 60_000;

/** The largest unit that is over, as kubectl tells an age: `45s`, `12m`, `5h`, `3d`. A clock that is off makes no age negative. */
function ageWords(createdAt: number | null, wallTime: number): string {
  if (createdAt === null) return '-';
  const minutes = Math.floor((wallTime - createdAt) / MINUTE_MS);
  if (minutes < 1) return `${Math.max(0, Math.floor((wallTime - createdAt) / 1000))}s`;
  if (minutes < 60) return `${minutes}m`;
  return minutes < 48 * 60 ? `${Math.floor(minutes / 60)}h` : `${Math.floor(minutes / (24 * 60))}d`;
}
