const BYTE_ORDER_MARK = /^\uFEFF/;

// A whole string, so that only what is inside strings is touched. One that never closes is matched up to the end of the
// text: looking for its end again from each quote inside it would take quadratic time.
const STRING = /"[^"\\]*(?:\\[\s\S][^"\\]*)*(?:"|\\?$)/g;
// An escape, which stays as it is even where it is no valid one, or a raw control character.
// biome-ignore lint/suspicious/noControlCharactersInRegex: raw control characters are what is looked for
const ESCAPE_OR_CONTROL = /\\[\s\S]|[\u0000-\u001f]/g;

/** A JSON text that parses, with its value. */
export interface ParsedJson {
  readonly text: string;
  readonly value: unknown;
}

/**
 * Parses JSON, strictly first. Only where that fails are a byte order mark and raw control characters inside strings
 * mended: the service echoes what users typed, and has been seen to echo a newline as it is. Null where it is no JSON.
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
  return text.replace(BYTE_ORDER_MARK, '').replace(STRING, (string) => string.replace(ESCAPE_OR_CONTROL, escapeControl));
}

function escapeControl(match: string): string {
  return match.length === 1 ? JSON.stringify(match).slice(1, -1) : match;
}
