import { describe, expect, it } from 'vitest';
import { escapeMarkdown } from '../../src/render/markdown.ts';

/** What a program shows that decodes the entities, its gaps marked. */
function decoded(markdown: string): string {
  return markdown.replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code))).replaceAll('\u200b', '|');
}

describe('text in Markdown', () => {
  it.each([
    ['---', '&#45;--'],
    ['- a', '&#45; a'],
    ['  - a', '&#32; &#45; a'],
    ['    code', '&#32;   code'],
    ['1. a', '1&#46; a'],
    ['&#64;', '&#38;&#35;64&#59;'],
    ['<b>', '&#60;b&#62;'],
    ['##[error]', '&#35;&#35;&#91;error&#93;'],
    ['::error', '&#58;&#58;error'],
  ])('%j begins nothing and stands for itself: %s', (text, markdown) => {
    expect(escapeMarkdown(text)).toBe(markdown);
    expect(decoded(markdown)).toBe(text);
  });

  it.each([
    ['www.example.com', 'www|.example.com'],
    ['http://a.example/b', 'http:/|/a.example/b'],
    ['//a.example', '/|/a.example'],
    ['a///b', 'a/|/|/b'],
    ['mailto:a@b.example', 'mailto:a@|b.example'],
    ['xmpp:a@b.example/c', 'xmpp:a@|b.example/c'],
    ['@octocat', '@|octocat'],
  ])('%j is no link, whoever decodes it first', (text, shown) => {
    expect(decoded(escapeMarkdown(text))).toBe(shown);
  });
});
