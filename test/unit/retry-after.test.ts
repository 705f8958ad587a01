import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { retryAfterMs } from '../../src/api/retry-after.ts';

const DATE = 'Mon, 23 Nov 2026 10:00:00 GMT';
const WALL = Date.UTC(2026, 10, 23, 9); // a client whose clock is an hour slow

describe('Retry-After', () => {
  it.each([
    ['0', 0],
    ['7', 7000],
    [' 7 ', 7000],
    ['9999999999', 9_999_999_999_000],
    ['Mon, 23 Nov 2026 10:00:30 GMT', 30_000],
    ['Monday, 23-Nov-26 10:00:30 GMT', 30_000],
    ['Mon Nov 23 10:00:30 2026', 30_000],
    ['Mon, 23 Nov 2026 09:00:00 GMT', 0],
  ])('%j asks for %i ms, by the answer’s own date', (value, ms) => {
    expect(retryAfterMs(value, DATE, WALL)).toBe(ms);
  });

  it('is read against our own clock where the answer has no date', () => {
    expect(retryAfterMs('Mon, 23 Nov 2026 09:00:30 GMT', undefined, WALL)).toBe(30_000);
    expect(retryAfterMs('Mon, 23 Nov 2026 09:00:30 GMT', 'rubbish', WALL)).toBe(30_000);
  });

  it.each([undefined, '', '-5', '1.5', 'soon', '1e3', '0x10', '2026-11-23T10:00:30Z', 'Mon', 'Mon, 99 Xxx 2026 10:00:00 GMT'])(
    '%j asks for nothing',
    (value) => {
      expect(retryAfterMs(value, DATE, WALL)).toBeUndefined();
    },
  );

  it('of any text is undefined or a wait, never negative', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (value, date) => {
        const ms = retryAfterMs(value, date, WALL);
        return ms === undefined || ms >= 0;
      }),
    );
  });

  it('of hundreds of digits asks for a number of milliseconds all the same', () => {
    expect(retryAfterMs('9'.repeat(400), undefined, 0)).toBe(Number.MAX_SAFE_INTEGER);
  });
});
