import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Context } from './command.ts';
import { beforeDeadline, PATIENCE_MS } from './deadline.ts';
import { readShort } from './read-short.ts';

/** In bytes. A token is one line; a longer file is the wrong file (/dev/zero, for example). */
export const LONGEST_TOKEN_FILE = 64 * 1024;

/** A file's name of this length or more may be a token, which was given in place of the path to it. In characters. */
const SHORTEST_TOKEN = 16;

const FLAG = '--token-file';

/**
 * Keeps the token out of the error that comes next, wherever it comes from: it may have been typed in another place by mistake, or in
 * place of the path to it. The words of the command line are looked at as they are, since they may be what is wrong.
 */
export async function hideToken({ host, hide }: Context): Promise<void> {
  const { EXTRUCT_API_TOKEN: token = '', EXTRUCT_API_TOKEN_FILE: path = '' } = host.env;
  hide(token.trim());
  const given = host.argv.flatMap((word, index) =>
    word === FLAG ? (host.argv[index + 1] ?? []) : word.startsWith(`${FLAG}=`) ? word.slice(FLAG.length + 1) : [],
  );
  // Only the flag can mean standard input.
  const paths = new Set([...given, ...(path === '-' ? [] : [path])]);
  const tokens = await Promise.all([...paths].map((one) => tokenAt(one, host)));
  for (const one of tokens) hide(one);
}

/** What a path leads to, if that may be a token; else empty. */
async function tokenAt(path: string, host: Context['host']): Promise<string> {
  // A person at a terminal would have to type it first.
  if (path === '' || (path === '-' && host.stdin.isTTY)) return '';
  if (mayBeToken(path)) return path;
  const reading = readShort(path, host, LONGEST_TOKEN_FILE).catch(() => null);
  const text = (await beforeDeadline(reading, host.clock.now() + PATIENCE_MS, host))?.trim() ?? '';
  return /\s/.test(text) ? '' : text;
}

/** Not where it has an ending, or where its folder is there. */
function mayBeToken(path: string): boolean {
  if (path.length < SHORTEST_TOKEN || /\.[a-z]{2,5}$/i.test(path) || existsSync(path)) return false;
  return dirname(path) === '.' || !existsSync(dirname(path));
}
