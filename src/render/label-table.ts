import type { ChalkInstance } from 'chalk';
import Table from 'cli-table3';
import { cut } from './format.ts';
import { deadenLines } from './sanitize.ts';

/** Below this width a value stands under its name, in columns. */
const NARROW_COLUMNS = 40;

/**
 * cli-table3's options for bare columns: borders cost width, and say nothing that alignment does not. Its colours are off, because
 * it writes them to pipes as well.
 */
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

/** Where names and values go. Widths in display columns. */
export interface LabelLayout {
  readonly isNarrow: boolean;
  readonly labels: number;
  /** What a line of a value may take. */
  readonly values: number;
}

/** The layout for a width, with names that take at most `labels`. */
export function layoutOf(columns: number, labels: number): LabelLayout {
  const isNarrow = columns < NARROW_COLUMNS;
  const taken = isNarrow ? 1 : labels;
  return { isNarrow, labels: taken, values: Math.max(1, columns - taken - 1) };
}

/** Names and values, a row for each that has a value; long values wrap. Ends in a line feed. The values are harmless already. */
export function labelTable(
  rows: readonly (readonly [label: string, value: string])[],
  { isNarrow, labels, values }: LabelLayout,
  paint: ChalkInstance,
): string {
  const table = new Table({ ...BARE, colWidths: [labels, values], wordWrap: true });
  for (const [label, value] of rows) {
    if (value === '') continue;
    if (isNarrow) table.push([{ content: paint.bold(cut(label, values + 2)), colSpan: 2 }]);
    // A row for each line: for a cell of several, cli-table3 takes a time that grows with their third power.
    const [first = '', ...others] = value.split('\n');
    table.push([isNarrow ? '' : paint.bold(cut(label, labels)), first], ...others.map((line) => ['', line]));
  }
  // A long word may begin a line.
  return deadenLines(trimLines(table.toString()));
}

/** A table's text without the blanks with which cli-table3 fills the last column: they wrap on a narrower screen and soil a diff. */
function trimLines(table: string): string {
  return `${table
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')}\n`;
}
