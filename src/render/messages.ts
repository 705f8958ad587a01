import type { ChalkInstance } from 'chalk';
import { type Reason, sentence } from '../core/failure.ts';
import type { Output } from './renderer.ts';
import { sanitize } from './sanitize.ts';

/** Writes one error as one line: what happened, what to do next, and with `verbose` the cause. */
export function writeError(stderr: Output, paint: ChalkInstance, reason: Reason & { cause?: string }, verbose: boolean): void {
  const cause = verbose && reason.cause !== undefined ? ` (${reason.cause})` : '';
  stderr.write(`${paint.red('error:')} ${sanitize(sentence(reason) + cause)}\n`);
}

/** Writes one warning as one line. */
export function writeWarning(stderr: Output, paint: ChalkInstance, text: string): void {
  stderr.write(`${paint.yellow('warning:')} ${sanitize(text)}\n`);
}

/** Writes one line that is neither. */
export function writeNote(stderr: Output, text: string): void {
  stderr.write(`${sanitize(text)}\n`);
}
