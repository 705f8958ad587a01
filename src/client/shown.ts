/*
 * Values of an answer that are only shown: what is not as expected is left out, because that must never cost a user the answer. They are
 * read by hand: zod would write an account of each value that is not as expected, and a hostile answer has hundreds of thousands.
 */

/** A JSON object. */
export type Fields = Readonly<Record<string, unknown>>;

/** Whether a JSON value is an object. */
export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The text in a field; null where it holds none. */
export function textIn(fields: Fields, name: string): string | null {
  const value = fields[name];
  return typeof value === 'string' ? value : null;
}

/** The number in a field; null where it holds none. JSON can spell numbers that are too large to be one. */
export function numberIn(fields: Fields, name: string): number | null {
  const value = fields[name];
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

/** The list of texts in a field; empty where it holds none. */
export function textsIn(fields: Fields, name: string): readonly string[] {
  const value = fields[name];
  return Array.isArray(value) && value.every((item) => typeof item === 'string') ? value : [];
}
