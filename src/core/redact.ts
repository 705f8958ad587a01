/** A shorter token than this (no real one is) would strike out words that have nothing to do with it. */
const SHORTEST_REDACTED = 6;

// Characters that nobody sees (Unicode's Default_Ignorable_Code_Point), and format characters, which are left out when text is shown.
// With one inside, a token would look whole.
const UNSEEN = /[\p{DI}\p{Cf}]/u;

const FIRST_UNSEEN = 0xad;

// With white space or a control character inside, which a paste may bring, a token can still be put together.
const BROKEN_BY = /[\p{White_Space}\p{Cc}\p{DI}\p{Cf}]/u;

/** Replaces the tokens that it knows in a text. */
export type Redact = (text: string) => string;

/**
 * Makes the function that removes a token from what a server sent, in case the server echoes it: nothing that is printed
 * may hold it (contract, "Where it runs"). In whatever spelling JSON allows: `\u0041` for A, `\/` for a slash. One pass, whatever the
 * text: a pattern of all spellings took more than 25 s for 600 KB of some.
 */
export function redactor(token: string): Redact {
  if (token.length < SHORTEST_REDACTED) return (text) => text;
  // Other escapes than `\u` spell no letter or digit.
  const needsReading = new RegExp(`${/["\\/]/.test(token) ? '\\\\' : '\\\\u'}|${UNSEEN.source}`, 'u');
  return (text) => {
    const plain = text.replaceAll(token, '[token]');
    return needsReading.test(plain) ? strikeOut(token, plain) : plain;
  };
}

/**
 * The same for words of ours that quote somebody: there a host's name may spell the token, in lower case. To be called last of all, after
 * pieces were joined and before anything is cut.
 */
export function wordsRedactor(token: string): Redact {
  const lower = redactor(token.toLowerCase());
  const redact = redactor(token);
  return (text) => lower(redact(text));
}

/** What is left of a token in words that somebody typed or pasted. They are short: each character is looked at. */
function pastedRedactor(token: string): Redact {
  const whole = token.replace(new RegExp(BROKEN_BY, 'gu'), '');
  if (whole.length < SHORTEST_REDACTED) return (text) => text;
  const strike = (text: string, like: string) => strikeOut(like, text, BROKEN_BY, 0);
  return (text) => strike(strike(text, whole), whole.toLowerCase());
}

/** Secrets that are learnt as the program goes on, for what it prints last of all. */
interface Secrets {
  readonly redact: Redact;
  /** The same, and where white space stands inside a token. */
  readonly redactPasted: Redact;
  add(token: string): void;
}

/** Makes a list of secrets, empty at first. */
export function createSecrets(): Secrets {
  const redactors = new Map<string, Redact>();
  const redact: Redact = (text) => [...redactors.values()].reduce((left, strike) => strike(left), text);
  return {
    redact,
    redactPasted: (text) => [...redactors.keys()].reduce((left, token) => pastedRedactor(token)(left), redact(text)),
    add: (token) => void redactors.set(token, wordsRedactor(token)),
  };
}

/** The text as it reads, and for each of its characters where its spelling begins. */
interface Read {
  readonly characters: string;
  readonly starts: Uint32Array;
}

function strikeOut(token: string, text: string, unseen = UNSEEN, firstUnseen = FIRST_UNSEEN): string {
  const { characters, starts } = readSpellings(text, unseen, firstUnseen);
  const kept: string[] = [];
  let from = 0;
  for (let at = characters.indexOf(token); at >= 0; at = characters.indexOf(token, at + token.length)) {
    kept.push(text.slice(from, starts[at]), '[token]');
    from = endOf(starts[at + token.length - 1] ?? 0, text);
  }
  return kept.length === 0 ? text : kept.join('') + text.slice(from);
}

function readSpellings(text: string, unseen: RegExp, firstUnseen: number): Read {
  const units = new Uint16Array(text.length);
  const starts = new Uint32Array(text.length);
  let count = 0;
  for (let at = 0; at < text.length; at = endOf(at, text)) {
    const unit = unitAt(at, text);
    units[count] = unit;
    starts[count] = at;
    count += 1;
    // The second half of a pair: only now it shows what character that is.
    const before = units[count - 2] ?? 0;
    const isPair = unit >= 0xdc00 && unit < 0xe000 && before >= 0xd800 && before < 0xdc00;
    const character = isPair ? String.fromCharCode(before, unit) : String.fromCharCode(unit);
    if (unit >= firstUnseen && unseen.test(character)) count -= character.length;
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
