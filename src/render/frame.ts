/*
 * What is written on a terminal to draw a few lines in place. Where the cursor stands between two frames decides what a terminal
 * whose window changes makes of them.
 *
 * At the start of the first line: one that folds old lines anew takes the cursor along with its line, one that does not leaves it in
 * its row, and one that is made lower drops rows below the cursor before it pushes any above it into the history. So whatever stands
 * below the cursor is ours, and nothing above it is.
 *
 * On the row below the last line: for terminals that fold, and that lose the cursor unless it stands there.
 */

/** Where the cursor stands between two frames. */
export type Parking = 'first line' | 'below';

export const HIDE_CURSOR = '\u001B[?25l';
export const SHOW_CURSOR = '\u001B[?25h';

// A terminal that knows them shows at once what stands between them.
const TOGETHER = '\u001B[?2026h';
const SHOWN = '\u001B[?2026l';

// While a frame is drawn the terminal must not wrap: if it and we disagree about the width of an emoji, the line is
// cut at the edge instead of pushing all that follows one row down.
const NO_WRAP = '\u001B[?7l';
const WRAP = '\u001B[?7h';

const SAVE_CURSOR = '\u001B7';
const RESTORE_CURSOR = '\u001B8';
const CLEAR_REST = '\u001B[K';
const NO_STYLE = '\u001B[m';

/**
 * Takes away what stands from `up` rows above the cursor on. First that row, and then the rest from its second column on: what is erased
 * from the very first place of the screen on, tmux puts into the history.
 */
export function erase(up: number): string {
  return `${rows(-up)}\r${CLEAR_REST}${toColumn(1)}\u001B[J\r`;
}

/** Draws the lines from `up` rows above the cursor on, in place of all that stands there and below. */
export function drawAnew(lines: readonly string[], parking: Parking, up: number): string {
  const park = parking === 'below' ? '\n' : rows(1 - lines.length);
  return `${TOGETHER}${erase(up)}${NO_WRAP}${lines.join('\r\n')}${WRAP}\r${park}${SHOWN}`;
}

/** Makes the lines, which begin `up` rows above the cursor, into as many others. Only what differs is written; nothing where nothing does. */
export function drawChanges(before: readonly string[], after: readonly string[], up: number): string {
  const changes = after.flatMap((line, row) => {
    const change = changeOf(before[row] ?? '', line);
    return change.codes === '' ? [] : { row, ...change };
  });
  const [first, ...others] = changes;
  if (!first) return '';
  // The terminal may have become lower than we know. So down as far as it goes, and back to where we were.
  const moved = changes.map(({ row, codes }) => rows(row - up) + codes + RESTORE_CURSOR);
  // Mostly the spinner, ten times a second: one character needs no brackets.
  if (others.length === 0 && first.width === 1) return first.row === up ? `${first.codes}\r` : SAVE_CURSOR + moved.join('');
  return `${TOGETHER}${SAVE_CURSOR}${NO_WRAP}${moved.join('')}${WRAP}${SHOWN}`;
}

/** Moves the cursor so many rows down, or up where the number is below zero. */
function rows(down: number): string {
  if (down === 0) return '';
  return down > 0 ? `\u001B[${down}B` : `\u001B[${-down}A`;
}

/** So many characters that stay the same are rather passed over than written again. */
const LONG_GAP = 8;

/** What makes a line into another, the cursor being at its start, and how many characters that writes. */
function changeOf(before: string, after: string): { readonly codes: string; readonly width: number } {
  if (before === after) return { codes: '', width: 0 };
  const [old, cells] = [cellsOf(before), cellsOf(after)];
  if (!old || !cells) return { codes: CLEAR_REST + after, width: after.length };
  const runs: { from: number; to: number }[] = [];
  for (const [index, { text, style }] of cells.entries()) {
    const last = runs.at(-1);
    if (old[index]?.text === text && old[index].style === style) continue;
    if (last && index - last.to < LONG_GAP) last.to = index + 1;
    else runs.push({ from: index, to: index + 1 });
  }
  const changes = runs.map(({ from, to }) => toColumn(from) + written(cells.slice(from, to))).join('');
  // Only behind a line that has become shorter: after one of full width the cursor stands on its last character, and would clear that.
  const clearing = cells.length < old.length ? toColumn(cells.length) + CLEAR_REST : '';
  return { codes: changes + clearing, width: runs.reduce((sum, { from, to }) => sum + to - from, 0) };
}

function toColumn(column: number): string {
  return column > 0 ? `\u001B[${column + 1}G` : '';
}

function written(cells: readonly Cell[]): string {
  let style = '';
  let text = '';
  for (const cell of cells) {
    if (cell.style !== style)
      text += (style === '' ? '' : NO_STYLE) + (cell.style === '' ? '' : `\u001B[${cell.style.slice(1)}m`);
    style = cell.style;
    text += cell.text;
  }
  return style === '' ? text : text + NO_STYLE;
}

/** A character of one column, and the codes of its style, each behind a semicolon. */
interface Cell {
  readonly text: string;
  readonly style: string;
}

// Latin, Greek and Cyrillic letters, and the signs that the view is drawn with: all terminals give them one column.
const PLAIN =
  '[ -~\\u00A1-\\u00AC\\u00AE-\\u02FF\\u0370-\\u0482\\u048A-\\u052F\\u2010-\\u203A\\u2500-\\u25FF\\u2713\\u2717\\u2800-\\u28FF]';
const PIECES = new RegExp(`\\u001B\\[(\\d*)m|${PLAIN}|(.)`, 'gsu');

/** The codes that each closing code ends. */
const CLOSED: Readonly<Record<string, RegExp>> = { '': /.*/g, '0': /.*/g, '22': /;[12](?!\d)/g, '39': /;[39]\d/g };

/** The cells of a line; null where it holds characters that terminals give different widths. */
function cellsOf(line: string): Cell[] | null {
  const cells: Cell[] = [];
  let style = '';
  for (const [text, code, other] of line.matchAll(PIECES)) {
    if (other !== undefined) return null;
    if (code === undefined) cells.push({ text, style });
    else style = CLOSED[code] ? style.replace(CLOSED[code], '') : `${style};${code}`;
  }
  return cells;
}
