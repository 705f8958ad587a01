import { type Result, usageError } from './usage.ts';

// Typed, or left by `docker --env-file`, which takes quotes for a part of the value.
const QUOTED = /^["'`\u2018\u201c]|["'`\u2019\u201d]$/;

/** The page of the app where a user creates tokens. */
export const TOKENS_PAGE = 'https://app.extruct.ai/api-tokens';

/** Servers refuse headers of 8 to 16 KiB. In characters. */
const LONGEST_TOKEN = 4096;

/**
 * The token in a text, without the white space around it; empty where there is none. Only visible ASCII can be sent in a header
 * as it is; anything else was pasted by mistake. No message repeats it; `name` is the user's name for it.
 */
export function checkToken(text: string, name: string): Result<string> {
  const token = text.trim();
  if (token.length > LONGEST_TOKEN) return usageError(`${name} is too long`, 'check its source');
  if (QUOTED.test(token)) return usageError(`${name} has quotes around it`, 'set it without quotes');
  if (/^[\x21-\x7e]*$/.test(token)) return { ok: true, value: token };
  return usageError(`${name} contains invalid characters, such as a space or a line break`, 'set it again');
}
