import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseTaskReference } from '../../src/core/task-reference.ts';
import { anyText } from '../support/any-text.ts';

const id = '0b6f7f0e-7c1e-4c55-9d6f-3f2b8f1f7a10';

describe('a task', () => {
  it.each([
    [id, id],
    ['a', 'a'],
    ['A.b_c~d-9', 'A.b_c~d-9'],
    ['...', '...'],
    ['x'.repeat(128), 'x'.repeat(128)],
    [`https://app.extruct.ai/tasks/${id}`, id],
    [`https://app.extruct.ai/tasks/${id}/`, id],
    [`https://app.extruct.ai/tasks/${id}/results/3`, id],
    [`https://app.extruct.ai/tasks/${id}?tab=results#top`, id],
    [`https://app.extruct.ai/tasks/${id}#top`, id],
    [`HTTPS://App.Extruct.AI/tasks/${id}`, id],
    [`http://app.extruct.ai/tasks/${id}`, id],
    [`app.extruct.ai/tasks/${id}/results`, id],
    [`https://app.extruct.ai:443/tasks/${id}`, id],
    [`app.extruct.ai:443/tasks/${id}?tab=results`, id],
    [` \t\u00a0https://app.extruct.ai/tasks/${id}\r\n`, id],
  ])('is named by %s', (text, expected) => {
    expect(parseTaskReference(text)).toBe(expected);
  });

  it.each([
    '',
    '.',
    '..',
    ' a',
    'a b',
    'a/b',
    'a?b',
    'a#b',
    'a%2fb',
    'é',
    'a\n',
    '\u001b[31m',
    'x'.repeat(129),
    `ftp://app.extruct.ai/tasks/${id}`,
    `https://app.extruct.ai:8443/tasks/${id}`,
    `https:app.extruct.ai/tasks/${id}`,
    `evil.example/app.extruct.ai/tasks/${id}`,
    `https://app.extruct.ai/tasks/${id} and more`,
    `see https://app.extruct.ai/tasks/${id}`,
    `https://app.extruct.ai.evil.example/tasks/${id}`,
    `https://evil.example/https://app.extruct.ai/tasks/${id}`,
    'https://app.extruct.ai/tasks/',
    'https://app.extruct.ai/tasks/..',
    'https://app.extruct.ai/tasks/%2e%2e',
    `https://app.extruct.ai/tables/${id}`,
  ])('is not named by %j', (text) => {
    expect(parseTaskReference(text)).toBeNull();
  });

  it('is, whatever was typed, a single segment of a path or nothing', () => {
    const odd = anyText().map((text) => `https://app.extruct.ai/tasks/${text}`);
    const page = fc
      .tuple(fc.constantFrom('app.extruct.ai', 'a.example'), fc.array(anyText()))
      .map(([host, path]) => `https://${host}/${path.map(encodeURIComponent).join('/')}`);
    fc.assert(
      fc.property(fc.oneof(anyText(), odd, page), (text) => {
        const id = parseTaskReference(text);
        if (id !== null) expect(new URL(`https://a.example/v1/${id}`).pathname).toBe(`/v1/${id}`);
      }),
    );
  });
});
