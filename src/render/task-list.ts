import type { ChalkInstance } from 'chalk';
import { verdictOf } from '../core/outcome.ts';
import type { TaskSnapshot } from '../core/task.ts';
import { type Column, fittedTable } from './fitted-table.ts';
import { paintOutcome } from './paint.ts';
import { listedState } from './words.ts';

const WHOLE = Number.POSITIVE_INFINITY;

/** Tasks as rows: how each stands, its results against what was asked for, its age, its query. `wallTime` is now, in ms since 1970. */
export function taskList(tasks: readonly TaskSnapshot[], wallTime: number, columns: number, paint: ChalkInstance): string {
  const verdicts = tasks.map(verdictOf);
  const table: Column[] = [
    // The next command needs the whole ID.
    { head: 'task', values: tasks.map(({ id }) => id), least: columns, rank: 0 },
    {
      head: 'outcome',
      values: tasks.map(listedState),
      least: WHOLE,
      rank: 1,
      paint: (text, row) => paintOutcome({ kind: verdicts[row] ?? 'running' }, text, paint),
    },
    {
      head: 'high-fit',
      values: tasks.map(({ funnel, target }) => `${funnel.highFit}/${target}`),
      align: 'right',
      least: WHOLE,
      rank: 2,
    },
    { head: 'age', values: tasks.map(({ createdAt }) => ageWords(createdAt, wallTime)), align: 'right', least: WHOLE, rank: 4 },
    { head: 'query', values: tasks.map(({ query }) => query ?? ''), least: 12, rank: 3 },
  ];
  return fittedTable(table, columns, paint);
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
