import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quoted, wordsOf } from '../../src/client/server-words.ts';
import { redactor } from '../../src/core/redact.ts';

const TOKEN = 'tok-0123456789abcdef';
const said = (body: unknown, status = 400) => quoted(wordsOf(JSON.stringify(body), status, redactor(TOKEN))).replace(/^: /, '');

describe('the server’s words', () => {
  it.each<[string, unknown, string]>([
    ['a text', { detail: 'Task is exhausted' }, 'Task is exhausted'],
    ['a text with its full stop', { detail: ' Task is exhausted.\n' }, 'Task is exhausted'],
    [
      'FastAPI’s problems, with their places',
      {
        detail: [
          { loc: ['body', 'query'], msg: 'Field required', type: 'missing' },
          { loc: ['body', 'criteria', 0], msg: 'Too short' },
        ],
      },
      'Field required (query), Too short (criteria.0)',
    ],
    ['a list of texts', { detail: ['no query', 'no target', 'no query'] }, 'no query, no target'],
    ['a list of objects', { detail: [{ message: 'no query' }, { error: { title: 'no target' } }] }, 'no query, no target'],
    ['a list in a list', { detail: [[['no query']]] }, 'no query'],
    ['a message', { detail: { message: 'No more credits' } }, 'No more credits'],
    ['an error', { detail: { error: 'No more credits' } }, 'No more credits'],
    ['a title', { detail: { title: 'No more credits' } }, 'No more credits'],
    ['a reason', { detail: { reason: 'No more credits' } }, 'No more credits'],
    ['one inside the other', { detail: { error: { message: { reason: ['No more credits'] } } } }, 'No more credits'],
    [
      'the general before the particular',
      { detail: { message: 'Not now', error: 'busy', reason: 'night' } },
      'busy: Not now: night',
    ],
    ['the same twice', { detail: 'No credits', message: 'no credits', error: 'Error: No credits!' }, 'Error: No credits!'],
    ['no detail', { message: 'No more credits' }, 'No more credits'],
    ['no detail, an error that is an object', { error: { code: 'quota', message: 'No more credits' } }, 'quota: No more credits'],
    ['no detail, a title', { title: 'No more credits', status: 400 }, 'No more credits'],
    ['a detail of null', { detail: null, error: 'No more credits' }, 'No more credits'],
    ['an empty detail', { detail: '', message: 'No more credits' }, 'No more credits'],
    ['an empty list', { detail: [], title: 'No more credits' }, 'No more credits'],
    ['an empty object', { detail: {}, title: 'No more credits' }, 'No more credits'],
    ['a problem of RFC 9457', { type: 'about:blank', title: 'No credit', detail: 'It is 30' }, 'No credit: It is 30'],
    ['a bare text', 'No more credits', 'No more credits'],
    ['JSON in a text', { detail: '{"error":{"message":"No more credits"}}' }, 'No more credits'],
    ['numbers and truths, which are no words', { detail: 5, error: true, code: '400', message: 'No' }, 'No'],
    ['nothing', {}, ''],
    ['null', null, ''],
    ['an object of unknown fields', { detail: { trace: 'abc' } }, ''],
    ['a place that is none', { detail: [{ loc: [{}, {}, ['x']], msg: 'Wrong' }] }, 'Wrong'],
    ['a field named __proto__', JSON.parse('{"__proto__":{"message":"x"},"message":"No"}'), 'No'],
  ])('are read from %s', (_shape, body, words) => {
    expect(said(body)).toBe(words);
  });

  it.each([
    ['Not Found', 404],
    ['not_found', 404],
    ['404: Not Found.', 404],
    ['Forbidden', 403],
    ["I'm a teapot", 418],
  ])('%j are none of their own with its status', (text, status) => {
    expect(said({ detail: text }, status)).toBe('');
    expect(said({ error: text, message: 'Task gone' }, status)).toBe('Task gone');
    expect(said({ detail: text }, 409)).not.toBe('');
  });

  it('are none where the body is no JSON', () => {
    for (const body of ['', '<h1>Bad Gateway</h1>', '{"detail":']) expect(wordsOf(body, 502, (text) => text)).toEqual([]);
  });

  it('stay one sentence', () => {
    expect(said({ detail: 'x'.repeat(500) })).toBe(`${'x'.repeat(159)}…`);
    expect(said({ detail: Array.from({ length: 99 }, (_, number) => `n${number}`) })).toMatch(/^n0, n1, .*n19$/);
  });

  it('never hold the token, not even where it is spelled in JSON inside a text', () => {
    const spelled = TOKEN.replace('-', '\\u002d');
    expect(said({ detail: `{"message":"bad ${spelled}"}` })).toBe('bad [token]');
  });

  it('never hold a token that only their joining makes whole', () => {
    const token = 'eyJhbGciOiJI.eyJzdWIiOiIx.SflKxwRJSMeK';
    const body = JSON.stringify({ detail: [{ loc: ['body', ...token.split('.')], msg: 'x'.repeat(110) }] });
    expect(quoted(wordsOf(body, 422, redactor(token)))).toBe(`: ${'x'.repeat(110)} ([token])`);
  });

  it('are looked for no deeper than they are ever found, and not for long', () => {
    const nested = (depth: number) => `${'{"detail":{"error":['.repeat(depth)}"deep"${']}}'.repeat(depth)}`;
    expect(wordsOf(nested(2), 400, (text) => text)).toEqual(['deep']);
    expect(wordsOf(nested(1e5), 400, (text) => text)).toEqual([]);
    expect(wordsOf(JSON.stringify(Array.from({ length: 4e3 }, () => ({ message: 'a.'.repeat(20) }))), 400, String)).toHaveLength(
      1,
    );
    expect(wordsOf(JSON.stringify({ detail: '. '.repeat(1e5) }), 400, String)).toEqual([]);
    expect(wordsOf(`{"detail":"a","x":[${'{},'.repeat(1e5)}1]}`, 400, String)).toEqual([]);
  });

  it('are words, whatever the server sends', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const words = said({ detail: value, error: value });
        expect(words).not.toContain('[object');
        expect(words.length).toBeLessThanOrEqual(160);
      }),
    );
  });
});
