import { cannotRead, readShort } from '../../cli/read-short.ts';
import { checkToken } from '../../core/token.ts';
import { type Result, usageError } from '../../core/usage.ts';
import type { Host } from '../../host.ts';
import { isReadableByOthers } from './token-place.ts';

/** In bytes. A token is one line; a longer file is the wrong file (/dev/zero, for example). */
const LONGEST_TOKEN_FILE = 64 * 1024;

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
    if (path !== '-' && isReadableByOthers(path, host)) {
      warn(`Other users can read the token in ${path}; run \`chmod 600 ${path}\``);
    }
    return text === null ? usageError(`${name} is too long`, `check ${setting}`) : checkToken(text, name);
  } catch (error) {
    return cannotRead(`${setting} '${path}'`, error);
  }
}
