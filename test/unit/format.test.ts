import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { cut, padEnd, share } from '../../src/render/format.ts';
import { cpuMs } from '../support/cpu-time.ts';

describe('cutting to a width', () => {
  it.each([
    ['short', 10, 'short'],
    ['exactly', 7, 'exactly'],
    ['too long', 5, 'too …'],
    ['日本語の会社', 5, '日本…'],
    ['x', 0, ''],
    ['xx', 1, '…'],
  ])('of %j to %i columns gives %j', (text, columns, expected) => {
    expect(cut(text, columns)).toBe(expected);
  });

  it('never gives more columns than asked for', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 0, max: 40 }), (text, columns) => {
        expect(stringWidth(cut(text, columns))).toBeLessThanOrEqual(columns);
      }),
    );
  });

  it('of megabytes takes no time to speak of', () => {
    expect(cpuMs(() => void cut('\u0301'.repeat(5_000_000), 80))).toBeLessThan(1000);
  });
});

it('padding counts columns, not code units', () => {
  expect(padEnd('日本', 6)).toBe('日本  ');
});

it.each([
  [1, 3, '33%'],
  [0, 3, '0%'],
  [4, 3, '133%'],
  [0, 0, ''],
  [100_000, 2, '>999%'],
  [-5, 2, '<0%'],
])('%i of %i is %j', (part, whole, text) => {
  expect(share(part, whole)).toBe(text);
});
