import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { escapeInJson, sanitize } from '../../src/render/sanitize.ts';
import { anyText } from '../support/any-text.ts';

// biome-ignore lint/suspicious/noControlCharactersInRegex: that there are none is what is tested
const UNSAFE = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/;

describe('text from elsewhere', () => {
  it.each([
    ['colours', '\u001b[31mred\u001b[0m', '�[31mred�[0m'],
    ['a title', '\u001b]0;owned\u0007', '�]0;owned�'],
    ['an 8-bit escape', '\u009b31m', '�31m'],
    ['line breaks and tabs', 'a\r\nb\tc\u2028d\u0085e', 'a b c d e'],
    ['a backspace and DEL', 'a\b\u007fb', 'a��b'],
    ['an override of direction', 'abc\u202edcba\u202c', 'abcdcba'],
    ['half a character', 'a\ud800b', 'a�b'],
    ['a command to a CI runner', 'x ##[add-mask]y ##vso[task.setvariable]z', 'x # #[add-mask]y # #vso[task.setvariable]z'],
    ['one to TeamCity', "x##teamcity[buildStatus text='y'] ##TeamCity[z]", "x# #teamcity[buildStatus text='y'] # #TeamCity[z]"],
    ['one at its start', ' ::set-output name=a::b', ' : :set-output name=a::b'],
  ])('with %s is made harmless', (_what, text, safe) => {
    expect(sanitize(text)).toBe(safe);
  });

  it.each(['naïve café', '日本語', '👩‍👩‍👧 family', 'שלום עולם', 'a\u0301', '€ 100 & <b>', 'std::vector', '## [x]'])(
    '%s stays as it is',
    (text) => {
      expect(sanitize(text)).toBe(text);
    },
  );

  it('never holds a character that acts, and loses nothing else', () => {
    fc.assert(
      fc.property(anyText(), (text) => {
        expect(sanitize(text)).not.toMatch(UNSAFE);
        const isCommand = /^\s*::|##(?:vso|teamcity)?\[/i.test(text);
        if (!UNSAFE.test(text) && !isCommand) expect(sanitize(text)).toBe(text.toWellFormed());
      }),
    );
  });
});

const COMMANDS = "##[set-output name=a;]b ##VSO[task.x] ##teamcity[message text='x']";

describe('JSON for a terminal', () => {
  it('means the same where it holds a command to a CI runner, and holds it no more', () => {
    const json = escapeInJson(JSON.stringify({ query: COMMANDS }));
    expect(json).not.toMatch(/##\w*\[/);
    expect(JSON.parse(json)).toEqual({ query: COMMANDS });
  });

  it('means the same and holds no character that acts', () => {
    fc.assert(
      fc.property(anyText(), (text) => {
        const json = escapeInJson(JSON.stringify({ [text]: text }));
        expect(json).not.toMatch(UNSAFE);
        expect(JSON.parse(json)).toEqual({ [text]: text });
      }),
    );
  });
});
