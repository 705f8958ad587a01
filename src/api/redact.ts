/** A shorter token than this (no real one is) would strike out words that have nothing to do with it. */
const SHORTEST_REDACTED = 6;

/**
 * A server's text without the token, should the server echo it: nothing that is printed may hold it (contract, "Where it
 * runs"). It is struck out where the text comes in, so that no way out can be forgotten.
 */
export function redact<T extends string | undefined>(text: T, token: string): T | string {
  if (text === undefined || token.length < SHORTEST_REDACTED) return text;
  return text.replaceAll(token, '[token]');
}
