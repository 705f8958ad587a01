import { STATUS_CODES } from 'node:http';
import type { Redact } from '../core/redact.ts';
import { parseJson } from './mend-json.ts';

/*
 * What the server says of an error, in its own words. Most are FastAPI's: `{"detail": "text"}`, for 422 `{"detail": [{"loc": […],
 * "msg": "…"}]}`; but proxies, billing and frameworks have shapes of their own, one inside the other.
 */

/** The fields that hold words, from the general to the particular: a title, then what was wrong this time. */
const FIELDS = ['title', 'error', 'code', 'message', 'msg', 'error_description', 'detail', 'errors', 'reason'];

/** How deep to look into values: real errors are not nested deeper, and a hostile server could nest without end. */
const DEEPEST = 6;

/** Items of a list, and pieces, that are looked at; and characters of each. What is shown has room for few of them. */
const MOST_ITEMS = 20;
const MOST_CHARACTERS = 1000;

/** A longer body is a page, or means ill. In UTF-16 code units. */
const LONGEST_BODY = 256 * 1024;

/** A server's words in an error stay one sentence, not a page. In UTF-16 code units. */
const LONGEST = 160;

/** A text, no longer than an error has room for. */
export function shorten(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;
}

/**
 * What an error's body says, piece by piece; empty if it is a page or has no words. A piece that only repeats the name of the status
 * is left out. `redact` removes the token, also from a text that is JSON again, where it can be spelled in another way.
 */
export function wordsOf(body: string, status: number, redact: Redact): readonly string[] {
  if (body.length > LONGEST_BODY) return [];
  const safe = redact(body);
  const parsed = parseJson(safe);
  const pieces = parsed ? piecesOf(parsed.value, { redact, deepest: DEEPEST }) : plainText(safe);
  const told = lettersOf(STATUS_CODES[status] ?? '');
  return withoutRepeats(pieces.filter((piece) => ![told, ''].includes(lettersOf(piece))));
}

/** The pieces as the end of a sentence: with the colon before them, or empty where there are none. */
export function quoted(pieces: readonly string[]): string {
  return pieces.length === 0 ? '' : `: ${shorten(pieces.join(': '))}`;
}

/** A body that is one line of text, and no page. */
function plainText(body: string): string[] {
  const text = body.trim();
  return text.length <= LONGEST && /^[^<{[\n][^\n]*$/.test(text) ? [text.replace(/[.]$/, '')] : [];
}

interface Reader {
  readonly redact: Redact;
  /** Levels that are still looked into. */
  readonly deepest: number;
}

function piecesOf(value: unknown, reader: Reader): string[] {
  if (typeof value === 'string') return piecesOfText(value, reader);
  if (typeof value !== 'object' || value === null || reader.deepest === 0) return [];
  const deeper = { ...reader, deepest: reader.deepest - 1 };
  if (Array.isArray(value)) {
    const items = value.slice(0, MOST_ITEMS).map((item) => withPlace(piecesOf(item, deeper), item, reader.redact));
    return [[...new Set(items)].filter((item) => item !== '').join(', ')];
  }
  return FIELDS.flatMap((name) => piecesOf(property(value, name), deeper));
}

/** A text that is JSON once more is read as that; any other is a piece, without the end of its sentence. */
function piecesOfText(text: string, reader: Reader): string[] {
  const trimmed = text.trim();
  const inner = /^[[{"]/.test(trimmed) && reader.deepest > 0 ? parseJson(reader.redact(trimmed)) : null;
  if (inner) return piecesOf(inner.value, { ...reader, deepest: reader.deepest - 1 });
  return [trimmed.slice(0, MOST_CHARACTERS).replace(/[\s.:;]{1,9}$/, '')];
}

/** "Field required" says little without the field. The first part of `loc` is `body`, `path` or `query`. Joined, parts can be the token. */
function withPlace(pieces: readonly string[], item: unknown, redact: Redact): string {
  const text = withoutRepeats(pieces).join(': ');
  const place = property(item, 'loc');
  const field = Array.isArray(place) ? redact(place.slice(1).filter(isPart).join('.')) : '';
  return field === '' || text === '' ? text : `${text} (${field})`;
}

function isPart(part: unknown): boolean {
  return typeof part === 'string' || typeof part === 'number';
}

/** Without pieces that another one holds as well: many a service says the same in two fields. */
function withoutRepeats(pieces: readonly string[]): string[] {
  const some = pieces.slice(0, MOST_ITEMS);
  const lower = some.map((piece) => piece.toLowerCase());
  const isRepeat = (piece: string, at: number) =>
    lower.some((other, index) => other.includes(piece) && (other === piece ? index < at : true));
  return some.filter((_piece, at) => !isRepeat(lower[at] ?? '', at));
}

/** What a text says, however it is written: `not_found` is "404 Not Found". */
function lettersOf(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}]/gu, '');
}

function property(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? value[name as keyof typeof value]
    : undefined;
}
