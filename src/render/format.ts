import stringWidth from 'string-width';
import { formatDuration } from '../core/duration.ts';
import type { Progress } from '../core/progress.ts';
import { sanitize } from './sanitize.ts';

/** Code units per column that are looked at. More are only stacked marks, and measuring megabytes of them takes seconds. */
const UNITS_PER_COLUMN = 16;

const graphemes = new Intl.Segmenter();

/**
 * Text from elsewhere as it may be shown: harmless, on one line, and no wider than `columns` display columns. Cut between
 * whole characters, with an ellipsis. (cli-truncate counts widths in another way than string-width, and comes out wider.)
 */
export function cut(text: string, columns: number): string {
  const safe = sanitize(text.slice(0, columns * UNITS_PER_COLUMN));
  if (stringWidth(safe) <= columns) return safe;
  let kept = '';
  let width = 0;
  for (const { segment } of graphemes.segment(safe)) {
    width += stringWidth(segment);
    // One column is the ellipsis's.
    if (width > columns - 1) break;
    kept += segment;
  }
  return columns > 0 ? `${kept}…` : '';
}

/** Text without blanks, such as an address, as lines of at most `columns` display columns: broken anywhere, and whole when joined. */
export function fold(text: string, columns: number): string {
  let folded = '';
  let width = 0;
  for (const { segment } of graphemes.segment(text)) {
    const more = stringWidth(segment);
    if (width > 0 && width + more > columns) {
      folded += '\n';
      width = 0;
    }
    folded += segment;
    width += more;
  }
  return folded;
}

/** Pads to `columns` display columns, where String.padEnd counts code units. */
export function padEnd(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(0, columns - stringWidth(text)));
}

/**
 * What part of `whole` got through, as whole percent; nothing where there was nothing to get through. Five columns at most:
 * counters that make no sense must not break what lines up.
 */
export function share(part: number, whole: number): string {
  if (whole <= 0) return '';
  const percent = Math.round((100 * part) / whole);
  if (percent > 999) return '>999%';
  return percent < 0 ? '<0%' : `${percent}%`;
}

/** Time gone by since a watch began; a clock starts with 0s, not with milliseconds. */
export function elapsed({ startedAt }: Progress, now: number): string {
  const seconds = Math.floor((now - startedAt) / 1000);
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
