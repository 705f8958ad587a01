import type { ChalkInstance } from 'chalk';
import { endedWell } from '../core/exit-code.ts';
import type { Outcome } from '../core/outcome.ts';
import { type Progress, STANDSTILL_MS } from '../core/progress.ts';
import { paintOutcome } from './paint.ts';

/** How long a running task has not changed, in milliseconds; null while that is not worth a word. */
export function standstillMs({ changedAt, outcome }: Progress, now: number): number | null {
  if (outcome || changedAt === null) return null;
  return now - changedAt >= STANDSTILL_MS ? now - changedAt : null;
}

/** One sign for how a task stands, which says the same as its colour: an outage, a standstill, a surprise, an end; a blank while all is well. */
export function markOf(progress: Progress, now: number): string {
  if (progress.outcome) return markOfEnd(progress.outcome);
  if (progress.outage) return '!';
  if (standstillMs(progress, now) !== null) return '…';
  return progress.surprise ? '!' : ' ';
}

/** The sign for an end: well, short of the target, stopped from outside, or gone wrong. */
export function markOfEnd(outcome: Outcome): string {
  if (endedWell(outcome)) return '✓';
  if (outcome.kind === 'exhausted') return '○';
  return ['running', 'interrupted', 'timed_out'].includes(outcome.kind) ? '■' : '✗';
}

/** The mark in its colour. */
export function paintMark(mark: string, outcome: Outcome | null, paint: ChalkInstance): string {
  return mark === '!' ? paint.red(mark) : paintOutcome(outcome, mark, paint);
}
