import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { redactor } from '../../src/api/redact.ts';

const TOKEN = 'tok/en+secret.123"\\';

describe('a token that a server echoes', () => {
  it.each([
    ['as it is', `bad ${TOKEN} here`],
    ['as JSON', `{"detail":${JSON.stringify(TOKEN)}}`],
    ['with an escaped slash', JSON.stringify(TOKEN).replace('/', '\\/')],
    ['in escapes', [...TOKEN].map((character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`).join('')],
    [
      'in upper-case escapes',
      [...TOKEN].map((character) => `\\u${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`).join(''),
    ],
    ['with unseen marks inside', [...TOKEN].join('\u200e\u202e')],
    ['with escaped unseen marks inside', [...TOKEN].join('\\u200e')],
  ])('is struck out, %s', (_how, text) => {
    const redacted = redactor(TOKEN)(text);
    expect(redacted).toContain('[token]');
    expect(redacted.replaceAll(/\\u200e|[\u200e\u202e]/g, '')).not.toContain('secret');
  });

  it('is all that is struck out', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(redactor('a-token-that-is-not-in-the-text')(text)).toBe(text);
      }),
    );
  });

  it('is not taken for the same letters in another case', () => {
    expect(redactor('secret-token')('Secret-Token')).toBe('Secret-Token');
  });

  it('is left alone where it is so short that it says nothing', () => {
    expect(redactor('id')('{"id":1}')).toBe('{"id":1}');
  });
});
