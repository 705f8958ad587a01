const FIRST_CEILING_MS = 1000;
const HIGHEST_CEILING_MS = 30_000;
const LEAST_MS = 100;

/**
 * The wait after the `attempt`th failure in a row (1 is the first), in milliseconds: exponential with full jitter, a
 * random wait up to 1 s, 2 s, 4 s … 30 s, at least 100 ms (contract, "Polling"). Full jitter rather than a jittered
 * fraction, because many watchers that lost the same service must not come back together.
 * `random` gives numbers from 0 up to 1.
 */
export function backoffDelay(attempt: number, random: () => number): number {
  const ceiling = Math.min(HIGHEST_CEILING_MS, FIRST_CEILING_MS * 2 ** (attempt - 1));
  return Math.max(LEAST_MS, random() * ceiling);
}

/** `Retry-After` is a minimum, and up to this part of it more is waited: all who were refused must not come back at once. */
const JITTER = 0.25;

/** A wait that was asked for, with jitter on top. */
export function withJitter(askedMs: number, random: () => number): number {
  return askedMs * (1 + JITTER * random());
}
