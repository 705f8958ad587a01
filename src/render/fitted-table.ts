import type { ChalkInstance } from 'chalk';
import { cut, padEnd, padStart, wrap } from './format.ts';
import { deadenLines } from './sanitize.ts';
import { widthOf } from './width.ts';

/** A column of a table that is fitted to a width. Widths are in display columns. */
export interface Column {
  readonly head: string;
  /** A text for each row; it may come from a server. */
  readonly values: readonly string[];
  readonly align?: 'left' | 'right';
  /** The minimum width; Infinity for a column that must not be cut. */
  readonly least: number;
  /** Whether a text goes on in further lines where it is too long, at a word, rather than being cut; its longest word has room at least. */
  readonly folds?: boolean;
  /**
   * If there is too little room, columns with the highest rank are dropped first, the last of them before the others; rank 0
   * stays.
   */
  readonly rank: number;
  readonly paint?: (text: string, row: number) => string;
}

const GAP = 2;

/** No column is wider: one long text must not push all else aside. */
const WIDEST = 200;

/** A column that has been measured. */
interface Measured extends Column {
  readonly natural: number;
}

/**
 * Rows under bold heads, each column as wide as it wants to be or as there is room for. Ends in a line feed.
 */
export function fittedTable(columns: readonly Column[], width: number, paint: ChalkInstance): string {
  const kept = keptOf(columns.map(measure), width);
  const widths = widthsOf(kept, width);
  const lineOf = (cellOf: (column: Column, columns: number, index: number) => string) =>
    kept
      .map((column, index) => cellOf(column, widths[index] ?? 0, index))
      .join(' '.repeat(GAP))
      .trimEnd();
  const rowOf = (row: number) => {
    const cells = kept.map((column, index) => linesOf(column, row, widths[index] ?? 0));
    const height = Math.max(...cells.map(({ length }) => length));
    return Array.from({ length: height }, (_, line) =>
      lineOf((column, most, index) => cell(column, row, cells[index]?.[line] ?? '', most)),
    );
  };
  const rows = columns[0]?.values.flatMap((_, row) => rowOf(row)) ?? [];
  const head = lineOf((column, most) => padded(column, cut(column.head, most), most));
  // A long word may begin a line.
  return deadenLines(`${[paint.bold(head), ...rows].join('\n')}\n`);
}

/** Whether all columns fit into the width, even if some are cut. */
export function fits(columns: readonly Column[], width: number): boolean {
  return totalOf(columns.map(measure)) <= width;
}

/** The columns for which there is room in the width, even if some are cut. */
export function columnsIn(columns: readonly Column[], width: number): readonly Column[] {
  return keptOf(columns.map(measure), width);
}

function measure(column: Column): Measured {
  const texts = [column.head, ...column.values].map((text) => cut(text, WIDEST));
  const natural = widest(texts);
  const least = column.folds ? widest(texts.flatMap((text) => text.split(' '))) : column.least;
  return { ...column, natural, least: Math.min(least, natural) };
}

/** The width of the widest text. Not by one Math.max: a call has room for some 100,000 arguments. */
function widest(texts: readonly string[]): number {
  return texts.reduce((most, text) => Math.max(most, widthOf(text)), 0);
}

/** The minimum width of all columns together. */
function totalOf(columns: readonly Measured[]): number {
  return columns.reduce((sum, { least }) => sum + GAP + least, -GAP);
}

function keptOf(columns: readonly Measured[], width: number): readonly Measured[] {
  const highest = Math.max(...columns.map(({ rank }) => rank));
  if (highest === 0 || totalOf(columns) <= width) return columns;
  const goes = columns.findLastIndex(({ rank }) => rank === highest);
  return keptOf(columns.toSpliced(goes, 1), width);
}

/**
 * The least for each. The room that is left goes to those of the lowest rank first, of them to those that would be cut rather than
 * folded, but a third of the width at most until all have theirs.
 */
function widthsOf(columns: readonly Measured[], width: number): number[] {
  const widths = columns.map(({ least }) => least);
  let room = Math.max(0, width - totalOf(columns));
  const byRank = columns
    .map(({ rank, folds = false, natural }, index) => ({ rank, folds, natural, index }))
    .sort((a, b) => a.rank - b.rank || Number(a.folds) - Number(b.folds));
  for (const most of [width / 3, width]) {
    for (const { natural, index } of byRank) {
      const had = widths[index] ?? 0;
      const more = Math.max(0, Math.min(room, Math.floor(Math.min(most, natural)) - had));
      widths[index] = had + more;
      room -= more;
    }
  }
  return widths;
}

function linesOf({ values, folds }: Column, row: number, most: number): readonly string[] {
  const text = values[row] ?? '';
  return folds ? wrap(cut(text, WIDEST), most) : [cut(text, most)];
}

/** Painted last: colours take no room. */
function cell(column: Column, row: number, text: string, most: number): string {
  const painted = column.paint ? column.paint(text, row) : text;
  return padded(column, text, most).replace(text, () => painted);
}

function padded({ align }: Column, text: string, most: number): string {
  return align === 'right' ? padStart(text, most) : padEnd(text, most);
}
