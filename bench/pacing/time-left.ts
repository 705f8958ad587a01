import type { TimeLeft } from '../../src/core/forecast-said.ts';
import type { PollEvent } from '../../src/core/poll.ts';
import { advance, begin, timeLeftOf } from '../../src/core/progress.ts';
import type { TaskHistory } from './history.ts';

/** What stood on the screen from a moment of the watch on, in milliseconds; null for no time. */
interface Shown {
  readonly fromMs: number;
  readonly left: TimeLeft | null;
}

/** Notes what stands on the screen of a watch, from each of its events on. */
export function screen(): { readonly shown: readonly Shown[]; note(event: PollEvent, at: number): void } {
  const shown: Shown[] = [];
  let progress = begin('task', 0, false);
  const note = (event: PollEvent, at: number) => {
    progress = advance(progress, event);
    shown.push({ fromMs: at, left: timeLeftOf(progress) });
  };
  return { shown, note };
}

/** Seconds of one watch or of several, by what stood on the screen. */
export interface Seconds {
  readonly all: number;
  readonly within: number;
  /** Less was promised than came, and more than came. */
  readonly tooShort: number;
  readonly tooLong: number;
  /** Of histories that end exhausted, those of their last tenth, and of these the ones with a time to the target. */
  readonly last: number;
  readonly falseHope: number;
}

/** How good the time on the screen was. Shares; null where there was nothing to take a share of. */
export interface ForecastFigures {
  /** The share of the seconds with a time on the screen; of those, the share in which it was true, or promised too little or too much. */
  readonly shown: number;
  readonly within: number | null;
  readonly tooShort: number | null;
  readonly tooLong: number | null;
  readonly falseHope: number | null;
}

const NONE: Seconds = { all: 0, within: 0, tooShort: 0, tooLong: 0, last: 0, falseHope: 0 };

/** Tenths of a run, the first one first, each with its seconds. */
export type Tenths = readonly Seconds[];

/** Looks at the screen once a second, from the first answer to the task's end. */
export function secondsOf({ end, outcome, exhaustedAt = end }: TaskHistory, shown: readonly Shown[]): Tenths {
  const tenths = Array.from({ length: 10 }, () => ({ ...NONE }));
  const first = (shown[0]?.fromMs ?? Number.POSITIVE_INFINITY) / 1000;
  let index = 0;
  for (let at = first; at < end; at += 1) {
    while ((shown[index + 1]?.fromMs ?? Number.POSITIVE_INFINITY) <= at * 1000) index += 1;
    const left = shown[index]?.left ?? null;
    const tenth = Math.min(9, Math.floor((10 * at) / end));
    const count = tenths[tenth] as { -readonly [Key in keyof Seconds]: number };
    count.all += 1;
    if (left) count[verdictOf(left, 1000 * (end - at))] += 1;
    if (outcome !== 'exhausted' || tenth < 9) continue;
    count.last += 1;
    // Once the sources are exhausted by the task's own account, it is the time until all is scored.
    if (left && at < exhaustedAt) count.falseHope += 1;
  }
  return tenths;
}

function verdictOf({ fromMs, toMs }: TimeLeft, trueMs: number): 'within' | 'tooShort' | 'tooLong' {
  if (trueMs > toMs) return 'tooShort';
  return trueMs < fromMs ? 'tooLong' : 'within';
}

/** Adds up. */
export function sumOf(all: readonly Seconds[]): Seconds {
  const total = { ...NONE };
  for (const one of all) for (const key of Object.keys(NONE) as (keyof Seconds)[]) total[key] += one[key];
  return total;
}

/** The figures of so many seconds. */
export function forecastFigures({ all, within, tooShort, tooLong, last, falseHope }: Seconds): ForecastFigures {
  const shown = within + tooShort + tooLong;
  return {
    shown: shareOf(shown, all) ?? 0,
    within: shareOf(within, shown),
    tooShort: shareOf(tooShort, shown),
    tooLong: shareOf(tooLong, shown),
    falseHope: shareOf(falseHope, last),
  };
}

function shareOf(part: number, whole: number): number | null {
  return whole > 0 ? Math.round((1000 * part) / whole) / 1000 : null;
}
