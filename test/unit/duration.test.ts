import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatDuration, parseDuration } from '../../src/core/duration.ts';

describe('a duration', () => {
  it.each([
    ['500ms', 500],
    ['10s', 10_000],
    ['1.5m', 90_000],
    ['2h', 7_200_000],
    ['30', 30_000],
    ['0.25', 250],
    ['.5s', 500],
    ['0', 0],
    ['100000h', 360_000_000_000],
  ])('%s is %i ms', (text, ms) => {
    expect(parseDuration(text)).toBe(ms);
  });

  it.each([
    '',
    ' ',
    '10 s',
    '-1s',
    '+1s',
    '1h30m',
    '10S',
    '1d',
    '1e3',
    '0x10',
    'Infinity',
    'NaN',
    '1,5s',
    '1.s',
    '١s',
    `${'9'.repeat(400)}h`,
  ])('%j is none', (text) => {
    expect(parseDuration(text)).toBeNull();
  });

  it('reads any text without throwing, and never as something negative or endless', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const ms = parseDuration(text);
        return ms === null || (ms >= 0 && Number.isFinite(ms));
      }),
    );
  });

  it.each([
    [0, '0ms'],
    [999, '999ms'],
    [1000, '1s'],
    [3500, '3.5s'],
    [59_999, '59.9s'],
    [60_000, '1m'],
    [130_000, '2m 10s'],
    [3_600_000, '1h'],
    [7_500_000, '2h 5m'],
    [-5, '0ms'],
  ])('of %i ms is written %s', (ms, text) => {
    expect(formatDuration(ms)).toBe(text);
  });
});
