import { Chalk, type ChalkInstance } from 'chalk';
import { endedWell } from '../core/exit-code.ts';
import type { Outcome } from '../core/outcome.ts';

/**
 * What colours a view or a table. The 16 colours that a user has themed are enough: they can be read on whatever background
 * they were chosen for.
 */
export function paintOf(isColored: boolean): ChalkInstance {
  return new Chalk({ level: isColored ? 1 : 0 });
}

/**
 * Good, bad or in between; the words or the mark say the same. In between is magenta: yellow cannot be read on white.
 */
export function paintOutcome(outcome: Outcome | null, text: string, paint: ChalkInstance): string {
  if (outcome === null || outcome.kind === 'running') return text;
  if (endedWell(outcome)) return paint.green(text);
  return outcome.kind === 'exhausted' ? paint.magenta(text) : paint.red(text);
}
