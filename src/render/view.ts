import type { ChalkInstance } from 'chalk';
import stringWidth from 'string-width';
import { formatDuration } from '../core/duration.ts';
import type { Progress } from '../core/progress.ts';
import { FUNNEL_STEPS, type TaskSnapshot } from '../core/task.ts';
import { cut, padEnd } from './format.ts';
import { paintOutcome } from './table.ts';
import { stateOf } from './words.ts';

/** What there is to draw on, in columns and lines. */
export interface Screen {
  readonly columns: number;
  readonly rows: number;
}

/** Room for a task's state in a row, in columns; the longest outcome takes it all. */
const STATE_COLUMNS = 16;

/** A line with its rank: of a screen too low, the lines of the highest rank fall away first. */
type RankedLine = readonly [rank: number, text: string];

/** The live view's lines, top down, none wider than the screen and no more than it has rows. `now` is the clock's. */
export function liveView(all: readonly Progress[], now: number, screen: Screen, paint: ChalkInstance): string[] {
  const [only] = all;
  if (only && all.length === 1) return fitRows(taskLines(only, now, screen.columns, paint), screen.rows);
  return tasksLines(all, now, screen, paint);
}

function fitRows(lines: readonly RankedLine[], rows: number): string[] {
  const kept = new Set([...lines].sort(([a], [b]) => a - b).slice(0, Math.max(1, rows)));
  return lines.filter((line) => kept.has(line)).map(([, text]) => text);
}

function taskLines(progress: Progress, now: number, columns: number, paint: ChalkInstance): RankedLine[] {
  const { task } = progress;
  return [
    [0, paint.bold(cut(task?.query || progress.id, columns))],
    ...(task ? funnelLines(task, columns) : []),
    ...(task ? [[1, targetLine(task, columns, paint)] as const] : []),
    [2, paint.dim(clockLine(progress, now, columns))],
    ...(progress.outage ? [[3, paint.yellow(cut(outageLine(progress.outage, now), columns))] as const] : []),
  ];
}

/** On one line where that fits, else a line for each step. */
function funnelLines(task: TaskSnapshot, columns: number): RankedLine[] {
  const steps = FUNNEL_STEPS.slice(0, 3).map(([step, name]) => [name, String(task.funnel[step])] as const);
  const line = [...steps.map((step) => step.join(' ')), `high-fit ${task.funnel.highFit}`].join(' → ');
  if (line.length <= columns) return [[4, line]];
  const digits = Math.max(...steps.map(([, count]) => count.length));
  return steps.map(([name, count], index) => [5 + index, cut(`${padEnd(name, 10)}  ${count.padStart(digits)}`, columns)]);
}

function targetLine({ funnel, target }: TaskSnapshot, columns: number, paint: ChalkInstance): string {
  const words = `high-fit ${funnel.highFit} of ${target}`;
  const width = Math.min(30, columns - words.length - 2);
  if (width < 4) return cut(words, columns);
  const filled = Math.round(width * Math.min(1, Math.max(0, target > 0 ? funnel.highFit / target : 1)));
  return `${paint.green('█'.repeat(filled))}${paint.dim('░'.repeat(width - filled))}  ${words}`;
}

/** The state, the time gone by and the time to the next poll, in the longest wording that fits. */
function clockLine(progress: Progress, now: number, columns: number): string {
  const state = stateOf(progress).replaceAll('_', ' ');
  const gone = elapsed(progress, now);
  if (progress.nextPollAt === null || progress.outage) return cut(`${state} · ${gone}`, columns);
  const next = countdown(progress.nextPollAt, now);
  const wordings = [
    `${state} · ${gone} · next poll in ${next}`,
    `${state} · ${gone} · poll in ${next}`,
    `${gone} · poll in ${next}`,
  ];
  return wordings.find((words) => words.length <= columns) ?? cut(`${gone} · ${next}`, columns);
}

function outageLine({ failure, attempt, retryAt }: NonNullable<Progress['outage']>, now: number): string {
  return `try ${attempt + 1} in ${countdown(retryAt, now)}: ${failure.what}`;
}

function countdown(at: number, now: number): string {
  return `${Math.max(0, Math.ceil((at - now) / 1000))}s`;
}

/** Time gone by; a clock starts with 0s, not with milliseconds. */
function elapsed(progress: Progress, now: number): string {
  const ms = now - progress.startedAt;
  return ms < 1000 ? '0s' : formatDuration(ms);
}

function tasksLines(all: readonly Progress[], now: number, screen: Screen, paint: ChalkInstance): string[] {
  const ended = all.filter((progress) => progress.outcome).length;
  const sum = [`${all.length} tasks`, `${ended} ended`, ...all.slice(0, 1).map((first) => elapsed(first, now))].join(' · ');
  const layout = layoutOf(all, screen.columns);
  const top = [
    paint.bold(cut(sum, screen.columns)),
    paint.dim(cut(rowOf('task', 'state', layout.heads, layout), screen.columns)),
  ].slice(0, screen.rows);
  const room = screen.rows - top.length;
  if (all.length <= room) return [...top, ...all.map((progress) => taskRow(progress, layout, screen.columns, paint))];
  const shown = all.toSorted((a, b) => urgency(a) - urgency(b)).slice(0, Math.max(0, room - 1));
  const rest = room > 0 ? [paint.dim(cut(`and ${all.length - shown.length} more`, screen.columns))] : [];
  return [...top, ...shown.map((progress) => taskRow(progress, layout, screen.columns, paint)), ...rest];
}

/** Of more tasks than rows, the running and the failing are shown first. */
function urgency({ outcome }: Progress): number {
  if (!outcome) return 0;
  return outcome.kind === 'done' ? 2 : 1;
}

/** The columns of the rows: how wide the ids are, and which numbers there is room for. */
interface Layout {
  readonly idColumns: number;
  readonly heads: readonly string[];
}

function layoutOf(all: readonly Progress[], columns: number): Layout {
  const longest = Math.max(...all.map(({ id }) => id.length), 'task'.length);
  const idColumns = Math.min(longest, Math.max(6, Math.floor(columns / 3)));
  const heads = FUNNEL_STEPS.map(([, name]) => name);
  const width = rowOf('', '', heads, { idColumns, heads }).length;
  return { idColumns, heads: width <= columns ? heads : heads.slice(-1) };
}

function taskRow(progress: Progress, layout: Layout, columns: number, paint: ChalkInstance): string {
  const { task, id } = progress;
  const counts = task ? FUNNEL_STEPS.map(([step]) => String(task.funnel[step])) : [];
  if (task) counts.push(`${counts.pop()}/${task.target}`);
  const state = cut(stateOf(progress), STATE_COLUMNS);
  const row = (words: string) => rowOf(cut(id, layout.idColumns), words, counts.slice(-layout.heads.length), layout);
  return stringWidth(row(state)) > columns ? cut(row(state), columns) : row(paintOutcome(progress, state, paint));
}

function rowOf(id: string, state: string, counts: readonly string[], { idColumns, heads }: Layout): string {
  const numbers = heads.map((head, index) => (counts[index] ?? '').padStart(Math.max(head.length, 8)));
  return [padEnd(id, idColumns), padEnd(state, STATE_COLUMNS), ...numbers].join('  ');
}
