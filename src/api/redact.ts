/** A shorter token than this (no real one is) would strike out words that have nothing to do with it. */
const SHORTEST_REDACTED = 6;

// Characters that are left out when text is shown: with one inside, a token would be whole again on the screen.
const UNSEEN = '(?:[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]|\\\\u(?:061[cC]|200[eEfF]|202[a-eA-E]|206[6-9]))*';

/**
 * Makes the function that strikes the token out of what a server sent, should the server echo it: nothing that is printed
 * may hold it (contract, "Where it runs"). In whatever spelling JSON allows: `\u0041` for A, `\/` for a slash.
 * It is struck out where text comes in, so that no way out can be forgotten.
 */
export function redactor(token: string): (text: string) => string {
  if (token.length < SHORTEST_REDACTED) return (text) => text;
  const pattern = new RegExp([...token].map(spellings).join(UNSEEN), 'g');
  return (text) => text.replace(pattern, '[token]');
}

function spellings(character: string): string {
  const literal = character.replace(/[^\w]/, '\\$&');
  const hex = character
    .charCodeAt(0)
    .toString(16)
    .padStart(4, '0')
    .replace(/[a-f]/g, (digit) => `[${digit}${digit.toUpperCase()}]`);
  const escaped = `\\\\u${hex}`;
  return `(?:${escaped}|\\\\?${literal})`;
}
