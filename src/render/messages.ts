import { styleText } from 'node:util';
import { type Failure, type Reason, sentence } from '../core/failure.ts';
import type { Output } from './renderer.ts';
import { sanitize } from './sanitize.ts';

/** Writes one error as one line: what happened, what to do next, and with `verbose` the cause. */
export function writeError(stderr: Output, isColored: boolean, reason: Reason, verbose: boolean): void {
  const cause = verbose && reason.cause !== undefined ? ` (${reason.cause})` : '';
  stderr.write(`${heading('error:', 'red', isColored)} ${sanitize(sentence(reason) + cause)}\n`);
}

/** Writes one warning as one line. */
export function writeWarning(stderr: Output, isColored: boolean, text: string): void {
  stderr.write(`${heading('warning:', 'magenta', isColored)} ${sanitize(text)}\n`);
}

/** Writes one line that is neither. */
export function writeNote(stderr: Output, text: string): void {
  stderr.write(`${sanitize(text)}\n`);
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
