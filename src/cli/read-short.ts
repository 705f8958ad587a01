import { isUtf8 } from 'node:buffer';
import { constants, createReadStream, openSync, statSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { errorCode } from '../core/error-code.ts';
import { type Result, usageError } from '../core/usage.ts';
import type { Host } from '../host.ts';

/**
 * The text of a file, or with `-` of standard input, without a byte order mark; null where it is longer than `mostBytes`. Rejects
 * if it cannot be read or is not UTF-8: the text that is sent would not be what its author wrote.
 */
export async function readShort(path: string, host: Host, mostBytes: number): Promise<string | null> {
  const stream = path === '-' ? host.stdin : await openFile(path);
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > mostBytes) return null;
    chunks.push(chunk);
  }
  const text = Buffer.concat(chunks);
  if (!isUtf8(text) || isUtf16(text)) throw Object.assign(new Error('the bytes are not UTF-8'), { code: NO_TEXT });
  return text.toString('utf8').replace(/^\uFEFF/, '');
}

/**
 * A pipe or a terminal is opened as such. A file stream would have a thread wait for whoever writes to it, and the process could not end
 * before that thread. Bun and Deno cannot do that: there it waits.
 */
async function openFile(path: string): Promise<Readable> {
  const stats = statSync(path);
  const isFile = !stats.isFIFO() && !stats.isCharacterDevice();
  if (isFile || 'Bun' in globalThis || 'Deno' in globalThis) return createReadStream(path);
  const fd = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  if (stats.isFIFO()) return new (await import('node:net')).Socket({ fd, readable: true, writable: false });
  const { isatty, ReadStream } = await import('node:tty');
  return isatty(fd) ? new ReadStream(fd) : createReadStream(path, { fd });
}

const NO_TEXT = 'not UTF-8';

/** UTF-16 without a byte order mark: half of its first character is nothing. As UTF-8 it is valid, but no text. */
function isUtf16([first, second]: Buffer): boolean {
  return first === 0 || second === 0;
}

/** Whether a file could not be read, by the system or as text. */
export function isUnreadable(error: unknown): boolean {
  const code = errorCode(error);
  return code === NO_TEXT || /^E[A-Z]+$/.test(code);
}

/** The usage error for a file that could not be read; `name` is what the user calls it. */
export function cannotRead(name: string, error: unknown): Result<never> {
  const code = errorCode(error);
  if (code === NO_TEXT) return usageError(`${name} is not UTF-8 text`, 'save it as UTF-8');
  const fix = code === 'EMFILE' ? 'run `ulimit -n 256` before' : 'check the path';
  return usageError(`${name} cannot be read (${code})`, fix);
}
