import { type Result, usageError } from './usage.ts';

/** Servers refuse headers of 8 to 16 KiB. In characters. */
const LONGEST_TOKEN = 4096;

/**
 * The token in a text, without the white space around it; empty where there is none. Only visible ASCII can be sent in a header
 * as it is; anything else is a slip of the clipboard. No message repeats it; `name` is what the user knows it by.
 */
export function checkToken(text: string, name: string): Result<string> {
  const token = text.trim();
  if (token.length > LONGEST_TOKEN) return usageError(`${name} is too long`, 'check its source');
  if (/^[\x21-\x7e]*$/.test(token)) return { ok: true, value: token };
  return usageError(`${name} holds characters that no token has, such as a blank or a line break`, 'set it again');
}
