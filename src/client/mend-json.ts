import { endOfString } from '../core/json-text.ts';

const BYTE_ORDER_MARK = /^\uFEFF/;

// An escape, which stays as it is even if it is invalid, or a raw control character.
// biome-ignore lint/suspicious/noControlCharactersInRegex: raw control characters are what is looked for
const ESCAPE_OR_CONTROL = /\\[\s\S]|[\u0000-\u001f]/g;

/** A JSON text that parses, with its value. */
export interface ParsedJson {
  readonly text: string;
  readonly value: unknown;
}

/**
 * Parses JSON, strictly first. Only where that fails are a byte order mark and raw control characters inside strings
 * mended: the service echoes what users typed, and has been seen to echo a newline as it is. Null if it is not JSON.
 */
export function parseJson(text: string): ParsedJson | null {
  return parseStrictly(text) ?? parseStrictly(mend(text));
}

function parseStrictly(text: string): ParsedJson | null {
  try {
    return { text, value: JSON.parse(text) };
  } catch {
    return null;
  }
}

function mend(text: string): string {
  const marked = text.replace(BYTE_ORDER_MARK, '');
  const mended: string[] = [];
  let at = 0;
  // From string to string, so that nothing outside them is touched.
  for (let quote = marked.indexOf('"'); quote >= 0; quote = marked.indexOf('"', at)) {
    const end = endOfString(marked, quote);
    mended.push(marked.slice(at, quote), marked.slice(quote, end).replace(ESCAPE_OR_CONTROL, escapeControl));
    at = end;
  }
  return mended.join('') + marked.slice(at);
}

/** Each escape once: there may be millions of them. */
const ESCAPES = Array.from({ length: 0x20 }, (_, unit) => JSON.stringify(String.fromCharCode(unit)).slice(1, -1));

function escapeControl(match: string): string {
  return match.length === 1 ? (ESCAPES[match.charCodeAt(0)] ?? match) : match;
}
