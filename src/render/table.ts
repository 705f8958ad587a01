import type { ChalkInstance } from 'chalk';
import Table from 'cli-table3';
import { reasonOf } from '../core/outcome.ts';
import type { Progress } from '../core/progress.ts';
import { FUNNEL_STEPS, type TaskSnapshot } from '../core/task.ts';
import { cut, formatTime, share } from './format.ts';
import { deadenLines } from './sanitize.ts';
import { outcomeWords, stateOf } from './words.ts';

/** Lines that a long text may take in a table; the whole of it is in `--json`. */
const TEXT_LINES = 4;

/** A task has a handful; the whole list is in `--json`. */
const MOST_CRITERIA = 20;

const LABEL_COLUMNS = 12;

/** Below this width a value stands under its name, in columns. */
const NARROW_COLUMNS = 40;

// Bare columns: borders cost width, and say nothing that alignment does not. Colours of cli-table3 are off, because it
// writes them to pipes as well.
const BARE = {
  chars: {
    top: '',
    'top-mid': '',
    'top-left': '',
    'top-right': '',
    bottom: '',
    'bottom-mid': '',
    'bottom-left': '',
    'bottom-right': '',
    left: '',
    'left-mid': '',
    mid: '',
    'mid-mid': '',
    right: '',
    'right-mid': '',
    middle: ' ',
  },
  style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
};

/** One task as a table of names and values: what `get` prints, and what `watch` ends with. Ends in a line feed. */
export function taskTable(
  progress: Progress,
  task: TaskSnapshot,
  columns: number,
  paint: ChalkInstance,
  extra: readonly (readonly [label: string, value: string])[] = [],
): string {
  const isNarrow = columns < NARROW_COLUMNS;
  const labels = isNarrow ? 1 : LABEL_COLUMNS;
  const width = Math.max(1, columns - labels - 1);
  const table = new Table({ ...BARE, colWidths: [labels, width], wordWrap: true });
  for (const [label, text] of [...rowsOf(progress, task, width), ...extra]) {
    if (text === '') continue;
    const value = label === 'Outcome' ? paintOutcome(progress, text, paint) : text;
    if (isNarrow) table.push([{ content: paint.bold(cut(label, columns)), colSpan: 2 }], ['', value]);
    else table.push([paint.bold(label), value]);
  }
  // A long word, or a criterion, may begin a line.
  return deadenLines(trimLines(table.toString()));
}

function rowsOf(progress: Progress, task: TaskSnapshot, width: number): [string, string][] {
  const long = (text: string) => cut(text, width * TEXT_LINES);
  return [
    ['Task', long(task.id)],
    ['Outcome', long(outcomeWords(progress))],
    ['Status', cut(task.status + (task.isExhausted ? ', sources exhausted' : ''), width)],
    ...task.errorDetails.map(([field, text]): [string, string] => [cut(capitalize(field), LABEL_COLUMNS), long(text)]),
    ['Query', long(task.query ?? '')],
    ['Target', `${task.target} high-fit`],
    ...funnelRows(task, width),
    ['Created', task.createdAt === null ? '' : formatTime(task.createdAt)],
    ['Sources', long(task.sources.join(', '))],
    ['Criteria', criteriaLines(task, width).join('\n')],
  ];
}

/** A line for each criterion; cli-table3 takes a time that grows with the square of the lines. */
function criteriaLines({ criteria }: TaskSnapshot, width: number): string[] {
  const lines = criteria.slice(0, MOST_CRITERIA).map(({ key, name, criterion }) => cut(`${name || key}: ${criterion}`, width));
  return criteria.length > MOST_CRITERIA ? [...lines, cut(`and ${criteria.length - MOST_CRITERIA} more`, width)] : lines;
}

/** The four counters, right-aligned, each with the share of the one before that got as far. */
function funnelRows({ funnel }: TaskSnapshot, width: number): [string, string][] {
  const digits = Math.max(...Object.values(funnel).map((count) => String(count).length));
  return FUNNEL_STEPS.map(([step, name], index) => {
    const before = FUNNEL_STEPS[index - 1];
    const passed = before ? share(funnel[step], funnel[before[0]]) : '';
    const count = String(funnel[step]).padStart(digits);
    if (!before || passed === '') return [capitalize(name), cut(count, width)];
    const short = `${count}  ${passed.padStart(4)}`;
    const full = `${short} of ${before[1]}`;
    return [capitalize(name), full.length <= width ? full : cut(short, width)];
  });
}

const SUMMARY_HEAD = ['task', 'outcome', ...FUNNEL_STEPS.map(([, name]) => name), 'target'];

/** Several tasks, a row for each: what `watch` of several ends with. Narrow screens get fewer columns. */
export function summaryTable(all: readonly Progress[], columns: number, paint: ChalkInstance): string {
  const states = Math.max(...all.map((progress) => stateOf(progress).length), 'outcome'.length);
  // All the numbers, high-fit and target, high-fit alone, or none: the most that leaves eight columns for the ids.
  const choices = [[2, 3, 4, 5, 6], [5, 6], [5], []];
  const idRoom = (some: readonly number[]) =>
    columns - states - 2 - some.reduce((sum, column) => sum + numberWidth(column) + 2, 0);
  const numbers = choices.find((some) => idRoom(some) >= 8) ?? [];
  const table = new Table({
    ...BARE,
    chars: { ...BARE.chars, middle: '  ' },
    head: [0, 1, ...numbers].map((column) => paint.bold(SUMMARY_HEAD[column] ?? '')),
    colAligns: [0, 1, ...numbers].map((column) => (column < 2 ? 'left' : 'right')),
  });
  for (const progress of all) {
    const counts = numbersOf(progress);
    const state = cut(stateOf(progress), Math.max(1, columns - 10));
    const id = cut(progress.id, Math.max(8, idRoom(numbers)));
    table.push([id, paintOutcome(progress, state, paint), ...numbers.map((column) => counts[column - 2] ?? '')]);
  }
  return trimLines(table.toString());
}

function numberWidth(column: number): number {
  return Math.max(SUMMARY_HEAD[column]?.length ?? 0, 6);
}

function numbersOf({ task }: Progress): string[] {
  if (!task) return [];
  return [...FUNNEL_STEPS.map(([step]) => String(task.funnel[step])), String(task.target)];
}

/** Good, bad or in between; the words say the same. */
export function paintOutcome({ outcome }: Progress, text: string, paint: ChalkInstance): string {
  if (outcome?.kind === 'done' || outcome?.kind === 'condition_met') return paint.green(text);
  if (outcome?.kind === 'failed' || (outcome && reasonOf(outcome))) return paint.red(text);
  return outcome?.kind === 'exhausted' ? paint.yellow(text) : text;
}

function capitalize(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1).replaceAll('_', ' ');
}

/** cli-table3 fills the last column with blanks, which wrap on a narrower screen and soil a diff. */
function trimLines(table: string): string {
  return `${table
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')}\n`;
}
