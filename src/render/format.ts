import { formatDuration } from '../core/duration.ts';
import type { Progress } from '../core/progress.ts';
import { sanitize } from './sanitize.ts';
import { drawable, widthOf, widthOfCharacter } from './width.ts';

/** Code units per column that are looked at. More are only stacked marks, and measuring megabytes of them takes seconds. */
const UNITS_PER_COLUMN = 16;

/**
 * Text from elsewhere as it may be shown: harmless, on one line, and no wider than `columns` display columns. Cut between
 * whole characters, with an ellipsis.
 */
export function cut(text: string, columns: number): string {
  const safe = sanitize(drawable(text.slice(0, columns * UNITS_PER_COLUMN)));
  if (widthOf(safe) <= columns) return safe;
  if (columns < 1) return '';
  // One column is the ellipsis's.
  return `${headOf(safe, columns - 1)}…`;
}

/** The beginning of a text, no wider than `columns`, with the marks on its last character. */
function headOf(text: string, columns: number): string {
  let width = 0;
  let length = 0;
  for (const character of text) {
    width += widthOfCharacter(character);
    if (width > columns) break;
    length += character.length;
  }
  return text.slice(0, length);
}

/** The first wording that fits into `columns`; the last one is cut. So no sentence is cut so that it says something else. */
export function fitting(wordings: readonly string[], columns: number): string {
  return wordings.find((words) => widthOf(words) <= columns) ?? cut(wordings.at(-1) ?? '', columns);
}

/** Text without blanks, such as an address, as lines of at most `columns` display columns: broken anywhere, and whole when joined. */
export function fold(text: string, columns: number): string[] {
  const lines: string[] = [];
  for (let rest = text; rest !== ''; ) {
    const [first = ''] = rest;
    const line = headOf(rest, columns) || first;
    lines.push(line);
    rest = rest.slice(line.length);
  }
  return lines;
}

/** Text on one line as lines of at most `columns` display columns: broken between words, and in a word only where that is wider. */
export function wrap(text: string, columns: number): string[] {
  const lines: string[] = [];
  let [line, width] = ['', 0];
  for (const word of text.split(' ').flatMap((given) => fold(given, columns))) {
    const more = widthOf(word);
    const isFull = width > 0 && width + 1 + more > columns;
    if (isFull) lines.push(line);
    [line, width] = isFull || width === 0 ? [word, more] : [`${line} ${word}`, width + 1 + more];
  }
  return line === '' ? lines : [...lines, line];
}

/** Pads to `columns` display columns, where String.padEnd counts code units. */
export function padEnd(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(0, columns - widthOf(text)));
}

/** The same, with the blanks before the text. */
export function padStart(text: string, columns: number): string {
  return ' '.repeat(Math.max(0, columns - widthOf(text))) + text;
}

const LARGEST_COUNT = 999_999_999;

/** A counter's number. One that makes no sense must not break what lines up. */
export function count(number: number): string {
  if (number > LARGEST_COUNT) return `>${LARGEST_COUNT}`;
  return number < 0 ? '<0' : String(Math.floor(number));
}

const [FIGURE_DIGITS, NARROW_FIGURE_DIGITS] = [4, 3];

/**
 * Room for a number of results against the target, for each of the tasks: for four digits from the start, or for three where it is
 * narrow, so that no figure that comes later moves what stands behind it.
 */
export function figureColumns(all: readonly Progress[], isNarrow: boolean): number {
  const least = isNarrow ? NARROW_FIGURE_DIGITS : FIGURE_DIGITS;
  return 2 * Math.max(least, ...all.map(({ task }) => count(task?.target ?? 0).length)) + 1;
}

/**
 * What part of `whole` got through, as whole percent; nothing where there was nothing to get through, or a counter is
 * negative. Five columns at most: counters that make no sense must not break what lines up.
 */
export function share(part: number, whole: number): string {
  if (part < 0 || whole <= 0) return '';
  const percent = Math.round((100 * part) / whole);
  if (percent > 999) return '>999%';
  return `${percent}%`;
}

/** Time gone by since a watch began; a clock starts with 0s, not with milliseconds. */
export function elapsed({ startedAt }: Progress, now: number): string {
  return wholeSeconds(now - startedAt);
}

/** Room for that in a view, in columns. */
export const ELAPSED_COLUMNS = 7;

/** A duration in milliseconds without parts of a second. */
export function wholeSeconds(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  return seconds < 1 ? '0s' : formatDuration(seconds * 1000);
}

/** Time to a moment of the clock, in whole seconds. */
export function countdown(at: number, now: number): string {
  return `${Math.max(0, Math.ceil((at - now) / 1000))}s`;
}

/** A rate with one decimal where that tells something. */
export function formatRate(rate: number): string {
  return Math.abs(rate) < 10 ? String(Math.round(rate * 10) / 10) : String(Math.round(rate));
}

/** A time as `2026-11-23 22:27:01 UTC`. Takes milliseconds since 1970. */
export function formatTime(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}
