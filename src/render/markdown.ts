import { withoutControls } from './sanitize.ts';

// Nobody sees it. Entities alone do not keep an address from becoming a link: many programs look for addresses in what they have decoded.
const GAP = '&#8203;';

/**
 * Text as Markdown and HTML show it: every character that either could read becomes an entity, and so does what would begin a list, a
 * rule or a block of code. Addresses and names behind an `@` are broken up, so that no program makes links of them.
 */
export function escapeMarkdown(text: string): string {
  return withoutControls(text)
    .replace(/[^\p{L}\p{N}\p{M}\p{Zs} .,/-]/gu, (character) => `&#${character.codePointAt(0)};`)
    .replace(/^( *)-/, '$1&#45;')
    .replace(/^( *\d+)\./, '$1&#46;')
    .replace(/^ /, '&#32;')
    .replace(/\b(www)\./gi, `$1${GAP}&#46;`)
    .replace(/&#64;|\/(?=\/)/g, `$&${GAP}`);
}

/** The text as a link; as text alone where the address is none that a browser should follow. */
export function markdownLink(text: string, address: string): string {
  const url = webAddress(address);
  return url === null ? escapeMarkdown(text) : `[${escapeMarkdown(text)}](${url})`;
}

/** An `http:` or `https:` URL in characters that mean nothing to Markdown. A site is often given without its scheme. */
export function webAddress(address: string): string | null {
  const text = /^[a-z][a-z\d+.-]*:/i.test(address) ? address : `https://${address}`;
  if (address === '' || !URL.canParse(text)) return null;
  const url = new URL(text);
  return ['http:', 'https:'].includes(url.protocol)
    ? url.href.replace(/[^\w.~:/?#@!$&+,;=%-]/g, (character) => `%${character.charCodeAt(0).toString(16)}`)
    : null;
}

/** A table; the cells are Markdown already. Ends in a line feed. */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map(markdownRow).join('');
}

/** A row of a table; the cells are Markdown already. */
export function markdownRow(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |\n`;
}
