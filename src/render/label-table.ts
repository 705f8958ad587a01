import type { ChalkInstance } from 'chalk';
import Table from 'cli-table3';
import { foldWords } from './fold.ts';
import { cut, fold } from './format.ts';
import { deadenLines } from './sanitize.ts';
import { widthOf } from './width.ts';

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

/** A name and its value, and how a line of the value is painted. */
export type LabelRow = readonly [label: string, value: string, paint?: (line: string) => string];

/**
 * Names and values, a row for each that has a value. Long values fold at words; a command in backticks stays whole, on a line of its
 * own where it would break. Ends in a line feed. The values are harmless already. (They are folded here: cli-table3's own folding
 * knows no commands, counts widths in its own way, and for a cell of several lines takes a time that grows with their third power.)
 */
export function labelTable(rows: readonly LabelRow[], layout: LabelLayout, paint: ChalkInstance): string {
  const { isNarrow, labels, values } = layout;
  const table = new Table({ ...BARE, colWidths: [labels] });
  for (const [label, value, paintLine = asItIs] of rows) {
    if (value === '') continue;
    const name = paint.bold(cut(label, isNarrow ? values + 2 : labels));
    const [first = '', ...others] = value.split('\n').flatMap((line) => linesOf(line, values));
    const isAbove = isNarrow || widthOf(first) > values;
    if (isAbove) table.push([{ content: name, colSpan: 2 }]);
    for (const [index, line] of [first, ...others].entries()) {
      const content = paintLine(line);
      // What does not fit beside the names begins at the edge.
      if (widthOf(line) > values) table.push([{ content, colSpan: 2 }]);
      else table.push([index === 0 && !isAbove ? name : '', content]);
    }
  }
  // A long word may begin a line.
  return deadenLines(trimLines(table.toString()));
}

function asItIs(line: string): string {
  return line;
}

/** A value's lines. Of those that are too long, one with blanks is a command; any other is a word, which is broken. */
function linesOf(text: string, columns: number): string[] {
  if (/^`[^`]+`$/.test(text)) return [text.slice(1, -1)];
  if (widthOf(text) <= columns) return [text];
  return foldWords(text, columns, widthOf).flatMap((line) => (line.includes(' ') ? [line] : fold(line, columns)));
}

/** A table's text without the blanks with which cli-table3 fills the last column: they wrap on a narrower screen and soil a diff. */
function trimLines(table: string): string {
  return `${table
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')}\n`;
}
