import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseJson } from '../../src/client/mend-json.ts';
import { anyText } from '../support/any-text.ts';
import { cpuMs } from '../support/cpu-time.ts';

describe('an answer’s JSON', () => {
  it('is never altered where it parses strictly', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(parseJson(text)?.text).toBe(text);
      }),
    );
  });

  it.each([
    ['a newline', '{"a":"x\ny"}', 'x\ny'],
    ['a tab and an escape code', '{"a":"\t\u001b[31m"}', '\t\u001b[31m'],
    ['NUL', '{"a":"\u0000"}', '\u0000'],
    ['one behind an escaped quote', '{"a":"\\"\n"}', '"\n'],
    ['one behind a backslash', '{"a":"\\\\\n"}', '\\\n'],
  ])('is mended where a string holds %s', (_what, text, value) => {
    expect(parseJson(text)?.value).toEqual({ a: value });
  });

  it('is mended where it begins with a byte order mark', () => {
    expect(parseJson('\uFEFF{"a":1}')?.value).toEqual({ a: 1 });
  });

  it.each([
    '',
    '{',
    '{"a":1',
    "{'a':1}",
    '{"a":1,}',
    'NaN',
    '<html>',
    '{"a":"x',
    '\uFEFF',
    '\uFEFF\uFEFF{}',
    '{"a":"\\\n"}',
    '{}{}',
  ])('%j is none, and is not mended', (text) => {
    expect(parseJson(text)).toBeNull();
  });

  it('any string that a server forgot to escape is read as it was meant', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary-ascii' }), (string) => {
        const careless = `{"a":"${string.replace(/["\\]/g, '\\$&')}"}`;
        expect(parseJson(careless)?.value).toEqual({ a: string });
      }),
    );
  });

  it('is read or refused, whatever is broken in it, and what was mended parses strictly', () => {
    const oneStringOff = fc
      .tuple(fc.json(), fc.nat(), fc.nat({ max: 3 }), anyText({ maxLength: 3 }))
      .map(([json, at, cut, put]) => {
        const place = at % (json.length + 1);
        return json.slice(0, place) + put + json.slice(place + cut);
      });
    fc.assert(
      fc.property(fc.oneof(oneStringOff, anyText()), (text) => {
        const parsed = parseJson(text);
        if (parsed) expect(JSON.parse(parsed.text)).toEqual(parsed.value);
      }),
      { numRuns: 1000 },
    );
  });

  it('megabytes of it are judged in linear time', () => {
    const spent = cpuMs(() => {
      for (const piece of ['\\"', '\\\\', '\\n']) {
        expect(parseJson(`{"a":"\n${piece.repeat(1_000_000)}`)).toBeNull();
        expect(parseJson(`{"a":"\n${piece.repeat(1_000_000)}"}`)).not.toBeNull();
      }
    });
    expect(spent).toBeLessThan(10_000);
  });
});
