/** How many high-fit results a task had at a moment of the clock, in milliseconds. */
export interface Sample {
  readonly at: number;
  readonly highFit: number;
}

const MOST_SAMPLES = 64;

/**
 * The history with one more sample. When it grows too long every second one is left out, but for the first and the last: the
 * whole watch stays in view, ever more coarsely, in the same memory.
 */
export function withSample(samples: readonly Sample[], sample: Sample): readonly Sample[] {
  const all = [...samples, sample];
  return all.length <= MOST_SAMPLES ? all : all.filter((_, index) => index % 2 === 0 || index === all.length - 1);
}

/** What a rate is measured over: recent enough to notice a change, long enough not to jump with every poll. Milliseconds. */
const RATE_WINDOW_MS = 5 * 60_000;

/** High-fit results a minute over the recent window; null before there is anything to compare. Negative where they fell. */
export function ratePerMinute(samples: readonly Sample[]): number | null {
  const last = samples.at(-1);
  const first = samples.find((sample) => last && sample.at >= last.at - RATE_WINDOW_MS);
  return first && last && last.at > first.at ? ((last.highFit - first.highFit) / (last.at - first.at)) * 60_000 : null;
}

/** The gains of the history in `spans` equal spans of time, oldest first: what a sparkline draws. None is below zero. */
export function gains(samples: readonly Sample[], spans: number): number[] {
  const [first, last] = [samples[0], samples.at(-1)];
  if (!first || !last || last.at <= first.at) return [];
  const countAt = (part: number) => interpolate(samples, first.at + (last.at - first.at) * part);
  return Array.from({ length: spans }, (_, span) => Math.max(0, countAt((span + 1) / spans) - countAt(span / spans)));
}

/** The count at a moment between two samples, on the straight line between them. */
function interpolate(samples: readonly Sample[], at: number): number {
  const after = samples.find((sample) => sample.at >= at) ?? samples.at(-1);
  const before = samples.findLast((sample) => sample.at <= at) ?? after;
  if (!after || !before || after.at === before.at) return after?.highFit ?? 0;
  return before.highFit + (after.highFit - before.highFit) * ((at - before.at) / (after.at - before.at));
}
