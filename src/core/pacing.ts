import { type Forecast, hazardAt } from './forecast.ts';
import type { Gate } from './gate.ts';

/*
 * When to ask next. A fixed interval is one pacer; `auto` is the other: it asks seldom while the end is far and closely as it
 * nears. docs/polling.md tells it in plain words, with figures; `npm run bench:pacing` measures it. Times are in milliseconds.
 */

/** A shorter fixed interval is refused (contract, "Settings"). */
export const SHORTEST_INTERVAL_MS = 100;

/** The longest time between two polls of a task that paces itself, where no person looks on. */
export const SLOWEST_MS = 30_000;

/** From what is known of a watch's end to the time from the start of its last poll to the start of the next. */
export type Pacer = (forecast: Forecast) => number;

/** Never faster: an answer sooner would seldom tell anything new. */
const FASTEST_MS = 1000;

/**
 * Lateness that a request is worth, in milliseconds, if both cost the same: the one knob of the pacing. Where an end is as likely
 * at each moment, with hazard h, asking each √(WORTH / h) costs least in requests and lateness together.
 */
const WORTH_MS = 250;

/** The steps in which the hazard is added up. */
const STEP_MS = 500;

/** The pacer of a fixed interval. */
export function fixedPace(intervalMs: number): Pacer {
  return () => intervalMs;
}

/**
 * The pacer of `--interval auto`, at most `slowestMs` from poll to poll. As the hazard h changes while it waits, so many requests a
 * millisecond are right at each moment: √(h / WORTH). It asks when they add up to one.
 */
export function autoPace(slowestMs: number): Pacer {
  return (forecast) => {
    let requests = 0;
    let delay = 0;
    for (; requests < 1 && delay < slowestMs; delay += STEP_MS)
      requests += STEP_MS * Math.sqrt(hazardAt(forecast, delay + STEP_MS / 2) / WORTH_MS);
    return Math.max(FASTEST_MS, Math.min(slowestMs, delay));
  };
}

/** The pacer that polls less often, by the factor that the gate gives. */
export function slowed(pace: Pacer, { slowness }: Pick<Gate, 'slowness'>): Pacer {
  return (forecast) => pace(forecast) * slowness();
}

/** How long before the watch's own end the last poll starts, in milliseconds: enough time for the answer, and little more. */
const LAST_LOOK_MS = 2000;

/**
 * The pacer that asks once more shortly before `deadline`, on the clock's time: what ended between the last poll and the watch's own
 * end would be told as not ended.
 */
export function withLastLook(pace: Pacer, deadline: number): Pacer {
  return (forecast) => {
    const delay = pace(forecast);
    const toLastLook = deadline - LAST_LOOK_MS - forecast.at;
    return toLastLook >= LAST_LOOK_MS ? Math.min(delay, toLastLook) : delay;
  };
}

/**
 * When the next poll of a task starts, on the clock's time in milliseconds. The delay counts from start to start; after
 * an answer that took longer, or a laptop's sleep, the next poll leaves at once, and the missed ones are not made up for.
 */
export function nextPollAt(startedAt: number, delayMs: number, now: number): number {
  return Math.max(now, startedAt + delayMs);
}

/**
 * How much later than usual the second poll of the `index`th of `count` tasks starts, in milliseconds. All first polls
 * leave at once, because a user waits for them; this spreads the later ones evenly over the interval.
 * Later and not sooner: the interval is a promise to the server.
 */
export function phaseOffset(index: number, count: number, intervalMs: number): number {
  return (intervalMs * index) / count;
}
