import { between, exponential, logNormal, pick, type Random } from './chance.ts';
import type { End, Point, TaskHistory } from './history.ts';
import type { Passages } from './pipeline.ts';

/** What the API's side adds to what the pipeline did. Seconds. */
export interface Recording {
  readonly target: number;
  /** Where the task's end is not simply the moment at which its target is reached or its last candidate is through. */
  readonly endsAt?: number;
  /** How long the task takes; the pipeline's own times are stretched to it. */
  readonly duration: number;
  /**
   * From the pipeline's end to the task's. One whose sources are exhausted ends for a client when all is scored: its counters tell,
   * and `status` follows so much later.
   */
  readonly afterwards: number;
  /** The counters are written so often; 0 for at once. */
  readonly flush: number;
}

/** One task of ten fails, at any moment of its life. */
const FAILURES = 0.1;

/** The targets that people ask for. */
export const TARGETS = [5, 10, 20, 25, 50, 50, 50, 100, 100, 100, 150, 250] as const;

/** How long a task takes, in seconds: half of them up to five minutes, one of a hundred three quarters of an hour. */
export function anyDuration(random: Random): number {
  return Math.min(7200, Math.max(8, logNormal(random, 300, 0.95)));
}

/** From the end of the work to that of the task, in seconds: at once, or after some tidying up. */
export function anyAfterwards(random: Random): number {
  return pick(random, [() => 0, () => between(random, 0, 6), () => exponential(random, 4)])();
}

/** What the API would have told of it. */
export function record(random: Random, passages: Passages, recording: Recording): TaskHistory {
  const { target, duration, flush } = recording;
  const reachedAt = passages.highFit[target - 1];
  const lastAt = Math.max(...Object.values(passages).map((times: readonly number[]) => times.at(-1) ?? 0));
  const stretch = duration / Math.max(1e-9, recording.endsAt ?? reachedAt ?? lastAt);
  const written = (time: number) => (flush > 0 ? Math.ceil((time * stretch) / flush) * flush : time * stretch);
  const isDry = reachedAt === undefined;
  const full = isDry ? written(lastAt) : duration + recording.afterwards;
  const hasFailed = random() < FAILURES;
  const end = hasFailed ? Math.max(1, full * random()) : full;
  const outcome: End = hasFailed ? 'failed' : isDry ? 'exhausted' : 'done';
  const points = pointsOf(passages, written, Math.min(duration + flush, end));
  return { target, end, outcome, points, ...(outcome === 'exhausted' ? { exhaustedAt: dryAt(passages, written) } : {}) };
}

/** The sources are exhausted when all that they gave was looked at: discovery is over, and the last of it enriched or left out. */
function dryAt({ discovered, enriched }: Passages, written: (time: number) => number): number {
  return written(Math.max(discovered.at(-1) ?? 0, enriched.at(-1) ?? 0));
}

/** Merges the four lists into points, up to a time. */
function pointsOf(passages: Passages, written: (time: number) => number, until: number): Point[] {
  const { discovered, enriched, evaluated, highFit } = passages;
  const changes = [discovered, enriched, evaluated, highFit].flatMap((times, counter) =>
    times.map((time) => ({ at: written(time), counter: counter + 1 })),
  );
  const counts: [number, number, number, number, number] = [0, 0, 0, 0, 0];
  const points: Point[] = [];
  for (const { at, counter } of changes.sort((a, b) => a.at - b.at)) {
    if (at > until) break;
    if (at > counts[0]) points.push([...counts]);
    counts[0] = at;
    counts[counter] = (counts[counter] ?? 0) + 1;
  }
  return [...points, [...counts]];
}
