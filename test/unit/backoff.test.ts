import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { backoffDelay } from '../../src/core/backoff.ts';

describe('the wait after a failure', () => {
  it('has ceilings of 1, 2, 4, 8, 16 and then 30 seconds', () => {
    const longest = [1, 2, 3, 4, 5, 6, 7, 50].map((attempt) => backoffDelay(attempt, () => 1));
    expect(longest).toEqual([1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000]);
  });

  it('is random over the whole range (full jitter), but never under 100 ms', () => {
    expect(backoffDelay(3, () => 0)).toBe(100);
    expect(backoffDelay(3, () => 0.01)).toBe(100);
    expect(backoffDelay(3, () => 0.5)).toBe(2000);
  });

  it('stays within its bounds after any number of failures', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), fc.nat({ max: 1000 }), (attempt, thousandths) => {
        const delay = backoffDelay(attempt, () => thousandths / 1000);
        return delay >= 100 && delay <= 30_000;
      }),
    );
  });
});
