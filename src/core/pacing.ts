/**
 * When the next poll of a task starts, on the clock's time in milliseconds. The interval counts from start to start; after
 * an answer that took longer, or a laptop's sleep, the next poll leaves at once, and the missed ones are not made up for.
 */
export function nextPollAt(startedAt: number, intervalMs: number, now: number): number {
  return Math.max(now, startedAt + intervalMs);
}

/**
 * How much later than usual the second poll of the `index`th of `count` tasks starts, in milliseconds. All first polls
 * leave at once, because a user waits for them; this spreads the later ones evenly over the interval.
 * Later and not sooner: the interval is a promise to the server.
 */
export function phaseOffset(index: number, count: number, intervalMs: number): number {
  return (intervalMs * index) / count;
}
