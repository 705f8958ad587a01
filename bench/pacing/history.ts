import { readFileSync } from 'node:fs';
import { recordedHistories } from './recorded.ts';

/** From a time in seconds on, and until the next point: discovered, enriched, evaluated, high-fit. */
export type Point = readonly [at: number, discovered: number, enriched: number, evaluated: number, highFit: number];

export type End = 'done' | 'exhausted' | 'failed';

/** What a task went through, to be asked about by one pacer after another. Times in seconds from its creation. */
export interface TaskHistory {
  readonly target: number;
  readonly end: number;
  readonly outcome: End;
  /** Since when `is_exhausted` is true; absent where that comes with the end. */
  readonly exhaustedAt?: number;
  readonly points: readonly Point[];
}

/** The histories of a file, an array of them or what `watch --json` wrote; or the sentence that says why there are none. */
export function readHistories(path: string): readonly TaskHistory[] | string {
  let histories: unknown;
  try {
    const text = readFileSync(path, 'utf8');
    histories = recordedHistories(text) ?? JSON.parse(text);
  } catch (error) {
    return `${path} cannot be read as JSON (${(error as Error).message}); name a file with an array of histories, or what watch --json wrote`;
  }
  if (!Array.isArray(histories) || histories.length === 0) return `${path} holds no histories; it has to be an array of them`;
  const wrong = histories.findIndex((history) => !isHistory(history));
  if (wrong < 0) return histories as TaskHistory[];
  return `${path} is wrong at history ${wrong}; each has to be {"target", "end", "outcome": "done", "exhausted" or "failed", "points": [[t, discovered, enriched, evaluated, num_results], …]} with times that do not fall`;
}

function isHistory(value: unknown): value is TaskHistory {
  if (typeof value !== 'object' || value === null) return false;
  const { target, end, outcome, points, exhaustedAt } = value as Record<string, unknown>;
  if (exhaustedAt !== undefined && !isNumber(exhaustedAt)) return false;
  if (!isNumber(target) || !isNumber(end) || end < 0 || !Array.isArray(points) || !points.every(isPoint)) return false;
  return (
    ['done', 'exhausted', 'failed'].includes(String(outcome)) && points.every(([at], i) => i === 0 || at >= points[i - 1][0])
  );
}

function isPoint(value: unknown): boolean {
  return Array.isArray(value) && value.length >= 5 && value.every(isNumber);
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}
