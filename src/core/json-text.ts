/*
 * JSON as text. A task is passed on "exactly as the API gave it" (contract, "JSON"), and a round trip through
 * JSON.parse would not: 2^53 + 1, 1.0 and 1e999 come back as other numbers. So the parser decides whether a text is
 * JSON, and what is written afterwards is cut from the text itself. No recursion, and no pattern that would match a whole
 * string with its escapes: depth and length are the server's to choose, and both have a stack to overflow.
 */

// White space, a bracket or comma or colon, or a run of anything else but a string: a number or a literal.
const NO_STRING = /\s+|[{}[\],:]|[^\s{}[\],:"]+/y;

// Code units.
const BLANK = 0x20;
const QUOTE = 0x22;
const COMMA = 0x2c;
const BRACKET = 0x5b;
const BACKSLASH = 0x5c;
const BRACE = 0x7b;

/** Where the string that starts at `start` ends: behind its closing quote, or at the end of a text that never closes it. */
export function endOfString(text: string, start: number): number {
  for (let quote = text.indexOf('"', start + 1); quote >= 0; quote = text.indexOf('"', quote + 1)) {
    let escapes = 0;
    while (text[quote - 1 - escapes] === '\\') escapes += 1;
    if (escapes % 2 === 0) return quote + 1;
  }
  return text.length;
}

function* tokens(json: string): Generator<string> {
  for (let at = 0; at < json.length; ) {
    NO_STRING.lastIndex = at;
    const token = json[at] === '"' ? json.slice(at, endOfString(json, at)) : (NO_STRING.exec(json)?.[0] ?? '');
    // Valid JSON has no other token; what has is not read on.
    if (token === '') return;
    if (token.trim() !== '') yield token;
    at += token.length;
  }
}

/** The same JSON without white space between its tokens. `json` must be valid. */
export function compactJson(json: string): string {
  const parts: string[] = [];
  let isCompact = true;
  // From string to string, not from token to token: a list of ten thousand tasks has millions of these.
  for (let at = 0; at < json.length; ) {
    const quote = json.indexOf('"', at);
    const start = quote < 0 ? json.length : quote;
    const end = quote < 0 ? json.length : endOfString(json, quote);
    const between = json.slice(at, start);
    const tight = between.replace(/\s+/g, '');
    if (tight.length < between.length) isCompact = false;
    parts.push(tight, json.slice(start, end));
    at = end;
  }
  // Most answers are compact already: then the text is not kept twice.
  return isCompact ? json : parts.join('');
}

/** Levels that are indented. Nobody reads deeper ones, and 100,000 of them would come to gigabytes of blanks. */
const MOST_INDENTED = 100;

/** The same JSON, indented by two spaces, in the layout of `JSON.stringify(value, null, 2)`. `json` must be valid. */
export function indentJson(json: string): string {
  const text: string[] = [];
  let depth = 0;
  let previous = '';
  for (const token of tokens(json)) {
    const opened = previous === '{' || previous === '[';
    const closes = token === '}' || token === ']';
    if (closes) depth -= 1;
    if (closes ? !opened : opened || previous === ',') text.push('\n', '  '.repeat(Math.min(depth, MOST_INDENTED)));
    text.push(token === ':' ? ': ' : token);
    if (token === '{' || token === '[') depth += 1;
    previous = token;
  }
  return text.join('');
}

/**
 * The members of a JSON object by name, their values as text. Of a name that stands twice the last counts, as with
 * JSON.parse. `json` must be a valid object.
 */
export function membersOf(json: string): Map<string, string> {
  const members = new Map<string, string>();
  let depth = 0;
  let name: string | null = null;
  let value: string[] = [];
  for (const token of tokens(json)) {
    if (token === '}' || token === ']') depth -= 1;
    const endsMember = (depth === 1 && token === ',') || depth === 0;
    if (endsMember && name !== null) {
      members.set(name, value.join(''));
      name = null;
      value = [];
    } else if (depth === 1 && name === null && token.startsWith('"')) {
      name = JSON.parse(token) as string;
    } else if (name !== null && !(value.length === 0 && token === ':')) {
      value.push(token);
    }
    if (token === '{' || token === '[') depth += 1;
  }
  return members;
}

/**
 * Whether a text holds more than `most` of what takes far more room once it is read than it is long: strings, brackets that open, and
 * commas, since each can become a value, and raw control characters inside strings, since each has to be mended. `json` may be anything;
 * it is read once, and nothing of it is copied.
 */
export function hasMoreMarks(json: string, most: number): boolean {
  if (json.length <= most) return false;
  let marks = 0;
  let isString = false;
  for (let at = 0; at < json.length && marks <= most; at += 1) {
    const unit = json.charCodeAt(at);
    if (unit === QUOTE) isString = !isString;
    if (isString && unit === BACKSLASH) at += 1;
    if (isString ? unit === QUOTE || unit < BLANK : unit === COMMA || unit === BRACKET || unit === BRACE) marks += 1;
  }
  return marks > most;
}

/** The same JSON with every text in it changed, but not the names of members. `json` must be valid. */
export function changeTexts(json: string, change: (text: string) => string): string {
  const all = [...tokens(json)];
  const isText = (token: string, at: number) => token.startsWith('"') && all[at + 1] !== ':';
  return all.map((token, at) => (isText(token, at) ? JSON.stringify(change(JSON.parse(token) as string)) : token)).join('');
}

/** The maximum number of brackets that are open at a time in a JSON text. */
export function depthOf(json: string): number {
  let depth = 0;
  let deepest = 0;
  for (const token of tokens(json)) {
    if (token === '{' || token === '[') depth += 1;
    if (token === '}' || token === ']') depth -= 1;
    deepest = Math.max(deepest, depth);
  }
  return deepest;
}

/** The elements of a JSON array, as text. `json` must be a valid array. */
export function elementsOf(json: string): string[] {
  const elements: string[] = [];
  let depth = 0;
  let element: string[] = [];
  for (const token of tokens(json)) {
    if (token === '}' || token === ']') depth -= 1;
    if ((depth === 1 && token === ',') || depth === 0) {
      if (element.length > 0) elements.push(element.join(''));
      element = [];
    } else element.push(token);
    if (token === '{' || token === '[') depth += 1;
  }
  return elements;
}

/**
 * The object's text with other members put in, in the place of its own; `extra` holds JSON texts by name, and null for a
 * name that is to be left out.
 */
export function withMembers(json: string, extra: ReadonlyMap<string, string | null>): string {
  const members = membersOf(json);
  for (const [name, value] of extra) {
    members.delete(name);
    if (value !== null) members.set(name, value);
  }
  return `{${[...members].map(([name, value]) => `${JSON.stringify(name)}:${value}`).join(',')}}`;
}
