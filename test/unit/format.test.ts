import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { cut, padEnd, share } from '../../src/render/format.ts';
import { widthOf } from '../../src/render/width.ts';
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

describe('text that terminals draw in different widths', () => {
  it.each([
    ['a soft hyphen', 'soft\u00adware', 'software'],
    ['other invisible characters', 'a\u200b\u2060\ufeff\u180e\u{e0041}\u3164b', 'ab'],
    ['a skin tone', '👩🏽 farms', '👩 farms'],
    ['a picture of several parts', '👩‍👩‍👧 and 👩🏽‍🌾 and 🏳️‍🌈', '👩 and 👩 and 🏳'],
    ['flags', '🇪🇸 and 🏴\u{e0067}\u{e0062}\u{e007f}', 'ES and 🏴'],
    ['a keycap and a heart', '1\ufe0f\u20e3 ❤\ufe0f', '1 ❤'],
    ['syllables in parts', '\u1112\u1161\u11ab', '한'],
  ])('shows of %s what all of them draw alike', (_, text, drawn) => {
    expect(cut(text, 40)).toBe(drawn);
  });

  it('is never wider, drawn part by part, than it was cut to, and cannot become a command by what is left out', () => {
    const pieces = fc.constantFrom('👩', '🏽', '\u200d', '🇪', '\u00ad', '日', 'a', ' ', '\u0301', '\u093e', ':', '#', '[');
    fc.assert(
      fc.property(
        fc.array(pieces).map((all) => all.join('')),
        fc.integer({ min: 1, max: 20 }),
        (text, columns) => {
          const shown = cut(text, columns);
          const parts = [...shown].reduce((sum, part) => sum + stringWidth(part), 0);
          expect(Math.max(widthOf(shown), parts)).toBeLessThanOrEqual(columns);
          expect(shown).not.toMatch(/^\s*::|##\[|\p{Cf}/u);
        },
      ),
    );
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
  [-5, 200, ''],
])('%i of %i is %j', (part, whole, text) => {
  expect(share(part, whole)).toBe(text);
});
