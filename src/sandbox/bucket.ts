/** What is left of a rate limit: a token for each answer that may be given at once. They come back with time. */
interface Bucket {
  readonly tokens: number;
  /** When that was, in monotonic milliseconds. */
  readonly at: number;
}

/** The most tokens that there can be: after a pause no more answers come at once than ever. */
const CAPACITY = 1;

/** How long a token takes to come back, in milliseconds. */
const REFILL_MS = 1000;

/** A rate limit that is not used yet. */
export const FULL_BUCKET: Bucket = { tokens: CAPACITY, at: 0 };

/** The bucket once a token is taken from it at a time, in monotonic milliseconds; undefined where there is none by then. */
export function takeToken({ tokens, at }: Bucket, now: number): Bucket | undefined {
  const left = Math.min(CAPACITY, tokens + (now - at) / REFILL_MS) - 1;
  return left < 0 ? undefined : { tokens: left, at: now };
}
