import type { ChalkInstance } from 'chalk';
import stringWidth from 'string-width';
import { endedWell } from '../core/exit-code.ts';
import type { Progress } from '../core/progress.ts';
import { FUNNEL_STEPS } from '../core/task.ts';
import { countdown, cut, elapsed, padEnd } from './format.ts';
import { paintOutcome } from './paint.ts';
import type { Screen } from './screen.ts';
import { standingWords } from './words.ts';

/** Several tasks: a line of totals, then a row for each; where there are more than rows, the pressing ones first. */
export function tasksView(all: readonly Progress[], now: number, { columns, rows }: Screen, paint: ChalkInstance): string[] {
  const layout = layoutOf(all, columns);
  const head = paint.bold(cut(headline(all, now), columns));
  if (rows < 2) return [head];
  const names = paint.dim(cut(rowOf(['task', 'state', ...layout.heads], layout), columns));
  const room = rows - 2;
  const isCut = all.length + 1 > room;
  const shown = isCut ? all.toSorted((a, b) => urgency(a) - urgency(b)).slice(0, Math.max(0, room - 1)) : all;
  const lines = [head, names, ...shown.map((progress) => taskRow(progress, layout, columns, paint))];
  if (room < 1) return lines;
  return [...lines, paint.dim(cut(isCut ? `and ${all.length - shown.length} more` : totalsRow(all, layout), columns))];
}

function headline(all: readonly Progress[], now: number): string {
  const ended = all.filter(({ outcome }) => outcome).length;
  const retrying = all.filter(({ outage }) => outage).length;
  const polls = all.flatMap(({ nextPollAt }) => nextPollAt ?? []);
  return [
    `${all.length} tasks`,
    `${ended} ended`,
    ...(retrying > 0 ? [`${retrying} retrying`] : []),
    ...all.slice(0, 1).map((first) => elapsed(first, now)),
    ...(polls.length > 0 ? [`next poll in ${countdown(Math.min(...polls), now)}`] : []),
  ].join(' · ');
}

/** Of more tasks than rows, those in trouble are shown first, then the running ones, then those that ended well. */
function urgency({ outcome, outage }: Progress): number {
  if (outcome) return endedWell(outcome) ? 3 : 0;
  return outage ? 1 : 2;
}

/** The columns of the rows: how wide the ids and the states are, and which numbers there is room for. */
interface Layout {
  readonly idColumns: number;
  readonly stateColumns: number;
  readonly heads: readonly string[];
}

const FEWEST_ID_COLUMNS = 6;

/** As many numbers as there is room for; where high-fit alone does not fit, the states and then the ids give way. */
function layoutOf(all: readonly Progress[], columns: number): Layout {
  const longestId = Math.max(...all.map(({ id }) => id.length), 'total'.length);
  const longestState = Math.max(...all.map((progress) => stringWidth(standingWords(progress))), 'state'.length);
  const names = FUNNEL_STEPS.map(([, name]) => name);
  const heads = [names, names.slice(-1)].find((some) => columns >= 12 + longestState + widthOf(some)) ?? names.slice(-1);
  const room = columns - widthOf(heads);
  const stateColumns = Math.max(0, Math.min(longestState, room - FEWEST_ID_COLUMNS - 2));
  return { heads, stateColumns, idColumns: Math.min(longestId, Math.max(1, room - stateColumns - 2)) };
}

function widthOf(heads: readonly string[]): number {
  return heads.reduce((sum, head) => sum + 2 + numberColumns(head), 0);
}

function numberColumns(head: string): number {
  return Math.max(head.length, 8);
}

function taskRow(progress: Progress, layout: Layout, columns: number, paint: ChalkInstance): string {
  const { task, id } = progress;
  const counts = task ? FUNNEL_STEPS.map(([step]) => String(task.funnel[step])) : [];
  if (task) counts.push(`${counts.pop()}/${task.target}`);
  const row = (state: string) => rowOf([cut(id, layout.idColumns), state, ...counts.slice(-layout.heads.length)], layout);
  const state = cut(standingWords(progress), layout.stateColumns);
  const plain = row(state);
  return stringWidth(plain) > columns ? cut(plain, columns) : row(paintOutcome(progress.outcome, state, paint));
}

function totalsRow(all: readonly Progress[], layout: Layout): string {
  const sums = FUNNEL_STEPS.map(([step]) => all.reduce((sum, { task }) => sum + (task?.funnel[step] ?? 0), 0));
  const target = all.reduce((sum, { task }) => sum + (task?.target ?? 0), 0);
  const counts = [...sums.slice(0, 3).map(String), `${sums[3]}/${target}`];
  return rowOf([cut('total', layout.idColumns), '', ...counts.slice(-layout.heads.length)], layout);
}

function rowOf([id = '', state = '', ...counts]: readonly string[], { idColumns, stateColumns, heads }: Layout): string {
  const numbers = heads.map((head, index) => (counts[index] ?? '').padStart(numberColumns(head)));
  const words = stateColumns > 0 ? [padEnd(id, idColumns), padEnd(state, stateColumns)] : [padEnd(id, idColumns)];
  return [...words, ...numbers].join('  ').trimEnd();
}
