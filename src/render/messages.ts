import { styleText } from 'node:util';
import { type Failure, type Reason, sentence } from '../core/failure.ts';
import { foldWords } from './fold.ts';
import type { Output } from './renderer.ts';
import { sanitize } from './sanitize.ts';

/** Writes one error: what happened, what to do next, and with `verbose` the cause. On a terminal it folds at words, else it is one line. */
export function writeError(stderr: Output, isColored: boolean, reason: Reason, verbose: boolean): void {
  const cause = verbose && reason.cause !== undefined ? ` (${reason.cause})` : '';
  writeUnder('error:', 'red', isColored, sentence(reason) + cause, stderr);
}

/** Writes one warning in the same way. */
export function writeWarning(stderr: Output, isColored: boolean, text: string): void {
  writeUnder('warning:', 'magenta', isColored, text, stderr);
}

/** Writes what is neither. */
export function writeNote(stderr: Output, text: string): void {
  stderr.write(`${foldLine(sanitize(text), stderr)}\n`);
}

function writeUnder(word: string, color: 'red' | 'magenta', isColored: boolean, text: string, stderr: Output): void {
  const line = foldLine(`${word} ${sanitize(text)}`, stderr);
  stderr.write(`${heading(word, color, isColored)}${line.slice(word.length)}\n`);
}

function foldLine(line: string, { columns = Number.POSITIVE_INFINITY }: Output): string {
  return line.length <= columns && PRINTABLE_ASCII.test(line) ? line : foldWords(line, columns, mostColumns).join('\n');
}

const PRINTABLE_ASCII = /^[ -~]*$/;

/** At most this wide: what measures text better would have to be loaded, and most messages are ASCII. */
function mostColumns(text: string): number {
  return text.length + (text.match(/[^ -~]/g)?.length ?? 0);
}

/** Reports a failed request that will be repeated: an outage must not look like a hang. `attempt` is 1 for the first in a row. */
export function writeRetry(stderr: Output, failure: Failure, attempt: number, delayMs: number): void {
  writeNote(stderr, `${failure.what}; trying again in ${Math.max(0.1, delayMs / 1000).toFixed(1)}s (try ${attempt + 1})`);
}

/**
 * Coloured by Node itself, because chalk need not be loaded for one word. The colour is already decided, so Node must not check
 * the stream.
 */
function heading(word: string, color: 'red' | 'magenta', isColored: boolean): string {
  return isColored ? styleText(color, word, { validateStream: false }) : word;
}
