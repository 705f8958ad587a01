import type { ChalkInstance } from 'chalk';
import { foldWords } from './fold.ts';
import { cut, fold } from './format.ts';
import { deadenLines } from './sanitize.ts';
import { widthOf } from './width.ts';

/** Below this width a value stands under its name, in columns. */
const NARROW_COLUMNS = 40;

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

/** A name and its value, and how a line of the value is painted; `index` counts the value's lines from 0. */
export type LabelRow = readonly [label: string, value: string, paint?: (line: string, index: number) => string];

/**
 * Names and values, a row for each that has a value. Long values fold at words; a command in backticks stays whole, on a line of its
 * own where it would break. Ends in a line feed. The values are harmless already.
 */
export function labelTable(rows: readonly LabelRow[], layout: LabelLayout, paint: ChalkInstance): string {
  const lines = rows
    .filter(([, value]) => value !== '')
    .flatMap(([label, value, paintLine = asItIs]) => {
      const texts = value.split('\n').flatMap((line) => linesOf(line, layout.values));
      const isWide = (index: number) => widthOf(texts[index] ?? '') > layout.values;
      return labelledLines(label, texts.map(paintLine), layout, paint, isWide);
    });
  // A long word may begin a line.
  return deadenLines(lines.map((line) => `${line.trimEnd()}\n`).join(''));
}

/**
 * The name beside the first line of its value; above it on a narrow screen, and where that line is too wide. Such a line begins at the
 * edge. The lines are painted; without any there is no name either.
 */
export function labelledLines(
  label: string,
  lines: readonly string[],
  { isNarrow, labels, values }: LabelLayout,
  paint: ChalkInstance,
  isWide: (index: number) => boolean = () => false,
): string[] {
  if (lines.length === 0) return [];
  const before = ' '.repeat(labels + 1);
  const placed = lines.map((line, index) => (isWide(index) ? line : before + line));
  if (isNarrow || isWide(0)) return [paint.bold(cut(label, isNarrow ? values + 2 : labels)), ...placed];
  const name = cut(label, labels);
  return [paint.bold(name) + before.slice(widthOf(name)) + lines[0], ...placed.slice(1)];
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
