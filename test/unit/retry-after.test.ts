import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { headerLines, retryAfterMs } from '../../src/client/retry-after.ts';

const DATE = 'Mon, 23 Nov 2026 10:00:00 GMT';
const WALL = Date.UTC(2026, 10, 23, 9); // a client whose clock is an hour slow

const asked = (lines: readonly string[], date: string | undefined = DATE) => retryAfterMs({ lines, date }, WALL);

describe('Retry-After', () => {
  it.each([
    ['0', 0],
    ['7', 7000],
    [' 7 ', 7000],
    ['1.5', 2000],
    ['0.2', 1000],
    ['2.0', 2000],
    ['0.000', 0],
    ['9999999999', 9_999_999_999_000],
    ['Mon, 23 Nov 2026 10:00:30 GMT', 30_000],
    ['Monday, 23-Nov-26 10:00:30 GMT', 30_000],
    ['Mon Nov 23 10:00:30 2026', 30_000],
    ['Mon, 23 Nov 2026 09:00:00 GMT', 0],
  ])('%j asks for %i ms, by the answer’s own date', (value, ms) => {
    expect(asked([value])).toBe(ms);
  });

  it.each([
    [['7', '120', '3'], 120_000],
    [['7, 120, 3'], 120_000],
    [['0.5,7'], 7000],
    [['soon, 7', '-5'], 7000],
    [['7', 'Mon, 23 Nov 2026 10:00:30 GMT'], 30_000],
    [['Mon, 23 Nov 2026 10:00:30 GMT, 7'], 30_000],
    [['60,Mon, 23 Nov 2026 10:00:30 GMT'], 60_000],
    [['Mon, 23 Nov 2026 10:00:30 GMT, Monday, 23-Nov-26 10:00:45 GMT, Mon Nov 23 10:00:40 2026'], 45_000],
    [['Mon Nov 23 10:00:40 2026, 7'], 40_000],
    [['Mon, 99 Xxx 2026 10:00:00 GMT, 7'], 7000],
    [[',, ,7,'], 7000],
  ])('%j asks for %i ms, the largest of them', (lines, ms) => {
    expect(asked(lines)).toBe(ms);
  });

  it('is read against our own clock where the answer has no date', () => {
    const said = { lines: ['Mon, 23 Nov 2026 09:00:30 GMT'], date: undefined };
    expect(retryAfterMs(said, WALL)).toBe(30_000);
    expect(retryAfterMs({ ...said, date: 'rubbish' }, WALL)).toBe(30_000);
  });

  it.each([
    '',
    '-5',
    '+5',
    '1.',
    '.5',
    '1.2.3',
    '5s',
    'soon',
    '1e3',
    '0x10',
    'Infinity',
    '2026-11-23T10:00:30Z',
    'Mon',
    'Mon, 99 Xxx 2026 10:00:00 GMT',
    '1\u0661',
    ',',
  ])('%j asks for nothing', (value) => {
    expect(asked([value])).toBeUndefined();
  });

  it('that is not there asks for nothing', () => {
    expect(asked([])).toBeUndefined();
  });

  it('of any text is undefined or a wait, never negative', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), fc.string(), (lines, date) => {
        const ms = asked(lines, date);
        return ms === undefined || ms >= 0;
      }),
    );
  });

  it('of seconds among garbage is the largest of them, rounded up, however they are spread over lines', () => {
    const seconds = fc.double({ min: 0, max: 1e6, noNaN: true }).map((value) => value.toFixed(3));
    const garbage = fc.constantFrom('soon', '-1', '', 'Mon', '1e9');
    const lines = fc.array(fc.array(fc.oneof(seconds, garbage), { minLength: 1 }), { minLength: 1 });
    fc.assert(
      fc.property(lines, (values) => {
        const waits = values.flat().filter((value) => /^\d+\.\d{3}$/.test(value));
        const longest = Math.max(...waits.map((value) => Math.ceil(Number(value)) * 1000));
        expect(asked(values.map((line) => line.join(', ')))).toBe(waits.length === 0 ? undefined : longest);
      }),
    );
  });

  it('of hundreds of digits asks for a number of milliseconds all the same', () => {
    expect(asked(['9'.repeat(400)])).toBe(Number.MAX_SAFE_INTEGER);
  });

  it('is read from each of its lines, whatever the case of its name', () => {
    const raw = ['Retry-After', '7', 'X', 'retry-after', 'RETRY-AFTER', '9', 'Date', DATE];
    expect(headerLines(raw, 'retry-after')).toEqual(['7', '9']);
  });
});
