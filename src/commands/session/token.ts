import { statSync } from 'node:fs';
import { codeWords, readShort } from '../../cli/read-short.ts';
import { checkToken } from '../../core/token.ts';
import { type Result, usageError } from '../../core/usage.ts';
import type { Host } from '../../host.ts';

/** In bytes. A token is one line; a longer file is the wrong file (/dev/zero, for example). */
const LONGEST_TOKEN_FILE = 64 * 1024;

/** The rights of a file's group and of all others to read it, in its mode. */
const READABLE_BY_OTHERS = 0o044;

/**
 * The token from `--token-file`, else from EXTRUCT_API_TOKEN; empty where there is none. White space around it is cut.
 * No message repeats any part of it. Calls `warn` for a file that others can read.
 */
export async function readToken(file: string | undefined, host: Host, warn: (text: string) => void): Promise<Result<string>> {
  if (file === undefined) return checkToken(host.env.EXTRUCT_API_TOKEN ?? '', 'EXTRUCT_API_TOKEN');
  const name = file === '-' ? 'the token on standard input' : `the token in ${file}`;
  try {
    const text = await readShort(file, host, LONGEST_TOKEN_FILE);
    if (file !== '-' && isReadableByOthers(file)) {
      warn(`Other users can read the token in ${file}; run \`chmod 600 ${file}\``);
    }
    return text === null ? usageError(`${name} is too long`, 'check --token-file') : checkToken(text, name);
  } catch (error) {
    return usageError(`--token-file '${file}' cannot be read${codeWords(error)}`, 'check the path');
  }
}

/**
 * True only for files, not for a pipe such as `<(pass show token)`. On Windows the mode of every file says so and means nothing.
 */
function isReadableByOthers(path: string): boolean {
  const stats = statSync(path);
  return stats.isFile() && (stats.mode & READABLE_BY_OTHERS) !== 0 && process.platform !== 'win32';
}
