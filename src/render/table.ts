import type { ChalkInstance } from 'chalk';
import type { Progress } from '../core/progress.ts';
import { FUNNEL_STEPS, type TaskSnapshot } from '../core/task.ts';
import { cut, formatTime, share } from './format.ts';
import { type LabelRow, labelTable, layoutOf } from './label-table.ts';
import { paintOutcome } from './paint.ts';
import { outcomeWords } from './words.ts';

/** Lines that a long text may take in a table; the whole of it is in `--json`. */
const TEXT_LINES = 4;

/** What a criterion takes of a narrow screen, in columns; on a wide one two lines. */
const CRITERION_COLUMNS = 160;

/** A task has a handful; the whole list is in `--json`. */
const MOST_CRITERIA = 20;

const LABEL_COLUMNS = 12;

/** One task as a table of names and values: what `get` prints, and what `watch` ends with. Ends in a line feed. */
export function taskTable(
  progress: Progress,
  task: TaskSnapshot,
  columns: number,
  paint: ChalkInstance,
  extra: readonly (readonly [label: string, value: string])[] = [],
): string {
  const layout = layoutOf(columns, LABEL_COLUMNS);
  const paintLine = (line: string) => paintOutcome(progress.outcome, line, paint);
  const rows = [...rowsOf(progress, task, layout.values), ...extra].map(
    ([label, text]): LabelRow => (label === 'Outcome' ? [label, text, paintLine] : [label, text]),
  );
  return labelTable(rows, layout, paint);
}

function rowsOf(progress: Progress, task: TaskSnapshot, width: number): [string, string][] {
  const long = (text: string) => cut(text, width * TEXT_LINES);
  return [
    ['Task', long(task.id)],
    ['Outcome', long(outcomeWords(progress))],
    ['Status', long(task.status + (task.isExhausted ? ', sources exhausted' : ''))],
    ...task.errorDetails.map(([field, text]): [string, string] => [cut(capitalize(field), LABEL_COLUMNS), long(text)]),
    ['Query', long(task.query ?? '')],
    ['Target', `${task.target} high-fit`],
    ...funnelRows(task, width),
    ['Created', task.createdAt === null ? '' : formatTime(task.createdAt)],
    ['Sources', long(task.sources.join(', '))],
    ['Criteria', criteriaLines(task, width).join('\n')],
  ];
}

/** A line or two for each criterion, more where it is narrow. */
function criteriaLines({ criteria }: TaskSnapshot, width: number): string[] {
  const lines = criteria
    .slice(0, MOST_CRITERIA)
    .map(({ key, name, criterion }) => cut(`${name || key}: ${criterion}`, Math.max(width * 2, CRITERION_COLUMNS)));
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

function capitalize(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1).replaceAll('_', ' ');
}
