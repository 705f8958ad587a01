import type { OutputStream } from './host.ts';

/** Writes to a stream that may break: a closed pipe or a full disk is a value here, never an exception. */
export interface Writer {
  /** The width in columns, where it is a terminal's. */
  readonly columns: number | undefined;
  /** Hands the text over at once and whole. After the stream broke it does nothing. */
  write(text: string): void;
  /** Resolves once all that was written has been taken, or the stream broke. */
  flushed(): Promise<void>;
  /** Aborts when the stream breaks; the reason is the stream's error, whose `code` is EPIPE where its reader has gone. */
  readonly broken: AbortSignal;
}

/**
 * Opens a writer; `redact` strikes secrets out of all that passes. The stream's error listener stays: an EPIPE may come long after the
 * write.
 */
export function openWriter(stream: OutputStream, redact: (text: string) => string): Writer {
  const broken = new AbortController();
  let pending: Promise<void> = Promise.resolve();
  stream.on('error', (error: Error) => broken.abort(error));
  return {
    broken: broken.signal,
    get columns() {
      return stream.isTTY === true ? stream.columns : undefined;
    },
    write(text) {
      if (broken.signal.aborted) return;
      const taken = new Promise<void>((resolve) => {
        // The callback waits for a turn of its own, since the error event comes after it.
        stream.write(redact(text), () => setImmediate(resolve));
      });
      pending = pending.then(() => taken);
    },
    async flushed() {
      const broke = new Promise<void>((resolve) => {
        if (broken.signal.aborted) resolve();
        broken.signal.addEventListener('abort', () => resolve(), { once: true });
      });
      await Promise.race([pending, broke]);
    },
  };
}
