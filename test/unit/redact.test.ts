import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { redactor } from '../../src/core/redact.ts';
import { anyText } from '../support/any-text.ts';
import { cpuMs } from '../support/cpu-time.ts';

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
    ['with escaped unseen marks inside', [...TOKEN].map((one) => JSON.stringify(one).slice(1, -1)).join('\\u200e')],
    ['with invisible characters inside', [...TOKEN].join('\u200b\u00ad\ufeff\u034f\ufe0f\u3164\u0600')],
    ['with invisible pairs inside', [...TOKEN].join('\u{e0041}\u{1d173}')],
    ['with escaped invisible pairs inside', [...TOKEN].map((one) => JSON.stringify(one).slice(1, -1)).join('\\udb40\\udc41')],
    ['behind an escaped backslash', `"C:\\\\${JSON.stringify(TOKEN).slice(1)}`],
  ])('is struck out, %s', (_how, text) => {
    const redacted = redactor(TOKEN)(text);
    expect(redacted).toContain('[token]');
    expect(redacted.replaceAll(/\\u200e|[\u200e\u202e]/g, '')).not.toContain('secret');
  });

  it('is struck out of JSON that stays JSON', () => {
    const around = fc.string({ unit: fc.constantFrom('\\', '"', '/', 'u', '0', 't', '\u200e', '\n') });
    fc.assert(
      fc.property(around, around, (before, after) => {
        const redacted = redactor(TOKEN)(JSON.stringify(`${before}${TOKEN}${after}`));
        expect(JSON.parse(redacted)).toBe(`${before}[token]${after}`);
      }),
    );
  });

  it('is looked for in megabytes of what looks like it in linear time', () => {
    const spent = cpuMs(() => {
      for (const piece of ['\\u200e', 'ext_\\u200e', '\\']) redactor('ext_k3y9f2a7c4d1')(piece.repeat(300_000));
    });
    expect(spent).toBeLessThan(10_000);
  });

  it('is all that is struck out', () => {
    fc.assert(
      fc.property(anyText(), (text) => {
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
