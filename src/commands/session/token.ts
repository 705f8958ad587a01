import { LONGEST_TOKEN_FILE } from '../../cli/hide-token.ts';
import { cannotRead, readShort } from '../../cli/read-short.ts';
import { shellWord } from '../../cli/shell-word.ts';
import type { Reason } from '../../core/failure.ts';
import { checkToken, TOKENS_PAGE } from '../../core/token.ts';
import { type Result, usageError } from '../../core/usage.ts';
import type { Host } from '../../host.ts';
import { rightsOfOthers } from './token-place.ts';

/** Why a command that needs a token sends nothing without one. */
export const NO_TOKEN_REASON: Reason = {
  what: 'No API token found',
  fix: `set EXTRUCT_API_TOKEN, or --token-file to a file that holds it; ${TOKENS_PAGE} makes one`,
};

/**
 * The token from `--token-file`, else from EXTRUCT_API_TOKEN, else from the file that EXTRUCT_API_TOKEN_FILE names; empty where there
 * is none. White space around it is cut. No message repeats any part of it. Calls `warn` for a file that others can read.
 */
export async function readToken(flag: string | undefined, host: Host, warn: (text: string) => void): Promise<Result<string>> {
  const { EXTRUCT_API_TOKEN: token = '', EXTRUCT_API_TOKEN_FILE: path = '' } = host.env;
  if (flag !== undefined) return readTokenFile('--token-file', flag, host, warn);
  if (token.trim() !== '' || path === '') return checkToken(token, 'EXTRUCT_API_TOKEN');
  // The variable may be set for all commands of a script, of which some read something else from standard input.
  if (path === '-') return usageError("EXTRUCT_API_TOKEN_FILE cannot be '-'", 'set a path');
  return readTokenFile('EXTRUCT_API_TOKEN_FILE', path, host, warn);
}

async function readTokenFile(setting: string, path: string, host: Host, warn: (text: string) => void): Promise<Result<string>> {
  const name = path === '-' ? 'the token on standard input' : `the token in ${path}`;
  try {
    const text = await readShort(path, host, LONGEST_TOKEN_FILE);
    const rights = path === '-' ? null : rightsOfOthers(path, host);
    if (rights !== null) warn(`Other users can ${rights} the token in ${path}; run \`chmod 600 ${shellWord(path)}\``);
    return text === null ? usageError(`${name} is too long`, `check ${setting}`) : checkToken(text, name);
  } catch (error) {
    return cannotRead(`${setting} '${path}'`, error);
  }
}
