import type { TimeLeft } from '../core/forecast-said.ts';
import { type Progress, timeLeftOf } from '../core/progress.ts';

const MINUTE_MS = 60_000;

/** How long the watch of a task will still take, then the same in fewer words; nothing where that is not known. */
export function leftWords(progress: Progress): string[] {
  const left = timeLeftOf(progress);
  if (!left) return [];
  const words = timeLeftWords(left);
  return [words, words.replace(/ left$/, '')];
}

/** The time left in words: `under a minute left`, `about 3 min left` (2 to 4½ minutes), `10 to 20 min left`, `under 2 min left`. */
export function timeLeftWords({ fromMs, toMs, about }: TimeLeft): string {
  if (about !== null) return `about ${about} min left`;
  const minutes = toMs / MINUTE_MS;
  if (fromMs > 0) return `${fromMs / MINUTE_MS} to ${minutes} min left`;
  return minutes === 1 ? 'under a minute left' : `under ${minutes} min left`;
}
