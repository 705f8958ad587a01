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
  return first && last && last.at > first.at ? rateBetween(first, last) * 60_000 : null;
}

function rateBetween(first: Sample, last: Sample): number {
  return (last.highFit - first.highFit) / (last.at - first.at);
}

/** Fewer polls or results than these say nothing of the future. */
const FEWEST_SAMPLES = 5;
const FEWEST_RESULTS = 5;

/** A range wider than this says nothing either. */
const WIDEST_RANGE = 6;

/** How long it may take until a target is reached, in milliseconds. */
export interface Eta {
  readonly fromMs: number;
  readonly toMs: number;
}

/**
 * How long until the target, as an honest range: between the fastest and the slowest of the rates over the last third, the
 * last two thirds and all of the history. Both ends are rounded to steps that a person would name, so that they do not
 * jump about. Null for unknown, which it is more often than not: few results yet, none lately, or no telling.
 */
export function estimate(samples: readonly Sample[], target: number): Eta | null {
  const [first, last] = [samples[0], samples.at(-1)];
  if (!first || !last || samples.length < FEWEST_SAMPLES || last.highFit - first.highFit < FEWEST_RESULTS) return null;
  const remaining = target - last.highFit;
  const rates = [1 / 3, 2 / 3, 1].map((part) => {
    const since = last.at - (last.at - first.at) * part;
    return rateBetween(samples.findLast((sample) => sample.at <= since) ?? first, last);
  });
  const slowest = Math.min(...rates);
  if (remaining <= 0 || !(slowest > 0)) return null;
  const fromMs = STEPS_MS.findLast((step) => step <= remaining / Math.max(...rates)) ?? 0;
  const toMs = STEPS_MS.find((step) => step >= remaining / slowest);
  return toMs === undefined || toMs > WIDEST_RANGE * Math.max(fromMs, SHORTEST_STEP_MS) ? null : { fromMs, toMs };
}

const SHORTEST_STEP_MS = 5000;

/** The times that a person would name, in milliseconds: 5 seconds to a day. */
const STEPS_MS = [
  ...[5, 10, 20, 30, 45].map((seconds) => seconds * 1000),
  ...[1, 2, 3, 4, 5, 7, 10, 15, 20, 30, 45].map((minutes) => minutes * 60_000),
  ...[1, 2, 3, 4, 6, 8, 12, 24].map((hours) => hours * 3_600_000),
];

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
