import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compactJson, depthOf, elementsOf, hasMoreMarks, indentJson, membersOf, withMembers } from '../../src/core/json-text.ts';

const jsonObject = fc.dictionary(fc.string(), fc.jsonValue());

describe('JSON as text', () => {
  it('keeps the spelling of every value', () => {
    const text = '{ "a" : 9007199254740993 , "b":[1.0, 1e999,\n-0] , "c":"\\u00e9 \\" , : {" }';
    expect(compactJson(text)).toBe('{"a":9007199254740993,"b":[1.0,1e999,-0],"c":"\\u00e9 \\" , : {"}');
  });

  it('loses only white space', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.integer({ min: 0, max: 4 }), (value, indent) => {
        expect(compactJson(JSON.stringify(value, null, indent))).toBe(JSON.stringify(value));
      }),
    );
  });

  it('indents as JSON.stringify does', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(indentJson(JSON.stringify(value))).toBe(JSON.stringify(value, null, 2));
      }),
    );
  });

  it('knows how deeply a text is nested', () => {
    expect(['1', '"[{["', '[]', '{"a":[1,{"b":[]}],"c":{}}'].map(depthOf)).toEqual([0, 0, 1, 4]);
  });

  it('finds the elements of any array', () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue()), fc.integer({ min: 0, max: 2 }), (values, indent) => {
        expect(elementsOf(JSON.stringify(values, null, indent))).toEqual(values.map((value) => JSON.stringify(value)));
      }),
    );
  });

  it('finds the members of any object', () => {
    fc.assert(
      fc.property(jsonObject, (object) => {
        const parsed = JSON.parse(JSON.stringify(object)) as Record<string, unknown>;
        const members = [...membersOf(JSON.stringify(object, null, 1))].map(
          ([name, value]) => [name, JSON.parse(value)] as const,
        );
        expect(new Map(members)).toEqual(new Map(Object.entries(parsed)));
      }),
    );
  });

  it('puts new members last, in the place of the object’s own', () => {
    const extra = new Map([['outcome', '"done"']]);
    expect(withMembers('{"outcome":{"x":[1,2]},"id":"a","id":"b"}', extra)).toBe('{"id":"b","outcome":"done"}');
    expect(withMembers('{}', extra)).toBe('{"outcome":"done"}');
    expect(withMembers('{"outcome":"x","id":"a"}', new Map([['outcome', null]]))).toBe('{"id":"a"}');
  });

  it('copes with what a hostile server can send: depth, and a string of megabytes', () => {
    const deep = `{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`;
    expect(withMembers(deep, new Map())).toBe(deep);
    expect(indentJson(deep).length).toBeLessThan(250 * deep.length);
    for (const piece of ['\\n', '\\"', '\\\\', 'x']) {
      const long = `{"a":"${piece.repeat(4_500_000)}"}`;
      expect(compactJson(long)).toBe(long);
    }
  });
});

describe('what takes far more room than its spelling', () => {
  it.each([
    ['objects', '{},', 2],
    ['lists', '[],', 2],
    ['lists that never end', '[', 1],
    ['short numbers', '1,', 1],
    ['short texts', '"",', 2],
    ['texts one behind the other', '""', 1],
    ['members', '"a":1,', 2],
  ])('is counted, %s', (_what, piece, marks) => {
    const text = piece.repeat(1000);
    expect(hasMoreMarks(text, 1000 * marks)).toBe(false);
    expect(hasMoreMarks(text, 1000 * marks - 1)).toBe(true);
  });

  it('is counted where it is a raw control character in a text, which has to be mended', () => {
    expect(hasMoreMarks(`"${'\n'.repeat(10)}"`, 10)).toBe(true);
    expect(hasMoreMarks(`[${'\n'.repeat(10)}]`, 10)).toBe(false);
  });

  it('is not counted inside texts', () => {
    expect(hasMoreMarks(JSON.stringify('{[,"\\'.repeat(1000)), 10)).toBe(false);
    expect(hasMoreMarks('"{,{,{,{,{,{,{,{,{,', 10)).toBe(false);
  });
});
