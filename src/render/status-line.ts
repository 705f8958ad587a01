import type { Output } from './renderer.ts';

/** To the start of the line, and nothing left behind it. */
const CLEAR = '\r\u001b[K';

/** One line of a terminal that says how far something is. Whatever else is written stands above it. */
export interface StatusLine extends Output {
  /** Shows a text in place of the one before. It must be ASCII. */
  show(text: string): void;
  clear(): void;
}

/** Opens a status line on a stream; `columns` is its width, or 0 where nothing is to be shown. */
export function statusLine(stream: Output, columns: () => number): StatusLine {
  let isShown = false;
  const clear = () => {
    if (isShown) stream.write(CLEAR);
    isShown = false;
  };
  return {
    clear,
    write(text) {
      clear();
      stream.write(text);
    },
    show(text) {
      const width = columns();
      if (width === 0) return clear();
      // A line that fills the last column may fold.
      stream.write(CLEAR + text.slice(0, width - 1));
      isShown = true;
    },
  };
}
