/** A shorter token than this (no real one is) would strike out words that have nothing to do with it. */
const SHORTEST_REDACTED = 6;

// Characters that take no room: left out when text is shown, or invisible there. With one inside, a token would look whole.
const UNSEEN = /[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/;

const FIRST_UNSEEN = 0xad;

const NEEDS_READING = new RegExp(`\\\\|${UNSEEN.source}`);

/**
 * Makes the function that removes the token from what a server sent, in case the server echoes it: nothing that is printed
 * may hold it (contract, "Where it runs"). In whatever spelling JSON allows: `\u0041` for A, `\/` for a slash.
 * It is removed where text comes in, so that no output can be forgotten. One pass, whatever the text: a pattern of all
 * spellings took more than 25 s for 600 KB of some.
 */
export function redactor(token: string): (text: string) => string {
  if (token.length < SHORTEST_REDACTED) return (text) => text;
  return (text) => {
    const plain = text.replaceAll(token, '[token]');
    return NEEDS_READING.test(plain) ? strikeOut(token, plain) : plain;
  };
}

/** The text as it reads, and for each of its characters where its spelling begins. */
interface Read {
  readonly characters: string;
  readonly starts: Uint32Array;
}

function strikeOut(token: string, text: string): string {
  const { characters, starts } = readSpellings(text);
  const kept: string[] = [];
  let from = 0;
  for (let at = characters.indexOf(token); at >= 0; at = characters.indexOf(token, at + token.length)) {
    kept.push(text.slice(from, starts[at]), '[token]');
    from = endOf(starts[at + token.length - 1] ?? 0, text);
  }
  return kept.length === 0 ? text : kept.join('') + text.slice(from);
}

function readSpellings(text: string): Read {
  const units = new Uint16Array(text.length);
  const starts = new Uint32Array(text.length);
  let count = 0;
  for (let at = 0; at < text.length; at = endOf(at, text)) {
    const unit = unitAt(at, text);
    if (unit >= FIRST_UNSEEN && UNSEEN.test(String.fromCharCode(unit))) continue;
    units[count] = unit;
    starts[count] = at;
    count += 1;
  }
  return { characters: Buffer.from(units.buffer, 0, 2 * count).toString('utf16le'), starts };
}

const ESCAPE = /\\u[0-9a-f]{4}/iy;

function isEscape(at: number, text: string): boolean {
  ESCAPE.lastIndex = at;
  return ESCAPE.test(text);
}

/** Where the spelling that begins at `at` ends. */
function endOf(at: number, text: string): number {
  if (text[at] !== '\\') return at + 1;
  return Math.min(text.length, isEscape(at, text) ? at + 6 : at + 2);
}

/** The UTF-16 code unit that is spelled there. */
function unitAt(at: number, text: string): number {
  if (text[at] !== '\\') return text.charCodeAt(at);
  return isEscape(at, text)
    ? Number.parseInt(text.slice(at + 2, at + 6), 16)
    : text.charCodeAt(Math.min(at + 1, text.length - 1));
}
