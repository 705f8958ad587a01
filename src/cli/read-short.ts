import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import type { Host } from '../host.ts';

/** The text of a file, or with `-` of standard input; null where it is longer than so many bytes. Rejects where it cannot be read. */
export async function readShort(path: string, host: Host, mostBytes: number): Promise<string | null> {
  const stream: Readable = path === '-' ? host.stdin : createReadStream(path);
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > mostBytes) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** The system's word for what went wrong, in brackets, such as (ENOENT); empty where it has none. */
export function codeWords(error: unknown): string {
  return error instanceof Error && 'code' in error ? ` (${String(error.code)})` : '';
}
