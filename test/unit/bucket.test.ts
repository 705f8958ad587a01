import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FULL_BUCKET, takeToken } from '../../src/sandbox/bucket.ts';

/** Which of the requests at these times, in milliseconds, are let through. */
function letThrough(times: readonly number[]): number[] {
  let bucket = FULL_BUCKET;
  return times.filter((now) => {
    const left = takeToken(bucket, now);
    bucket = left ?? bucket;
    return left !== undefined;
  });
}

describe('the rate limit', () => {
  it('lets one request through a second, and counts none that it refuses', () => {
    expect(letThrough([0, 1, 999, 1000, 1500, 1999, 2000, 9000, 9001, 10_000])).toEqual([0, 1000, 2000, 9000, 10_000]);
  });

  it('never lets two through within a second, nor refuses one that comes a second after the last', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(20_000)), (unsorted) => {
        const times = unsorted.toSorted((a, b) => a - b);
        const through = letThrough(times);
        for (const [nth, time] of through.entries()) expect(time - (through[nth - 1] ?? -1000)).toBeGreaterThanOrEqual(1000);
        for (const time of times) expect(through.some((earlier) => earlier <= time && time - earlier < 1000)).toBe(true);
      }),
    );
  });
});
