/** Letters that wait for their reader. */
interface Mailbox<T> {
  put(letter: T): void;
  /** No more will come. The reader gets what waits, and then what the letters ended by is thrown, if anything. */
  close(failure?: { readonly thrown: unknown }): void;
  /** The letters, to be read once. */
  readonly letters: AsyncIterator<T, void, void>;
}

/**
 * Makes a mailbox in which of each kind of letter only the newest waits: whoever reads slowly misses what is out of date, and it
 * takes no more room the longer nobody reads. `onLeft` is called when the reader has left, at the end or before it.
 */
export function createMailbox<T extends { readonly kind: string }>(onLeft: () => void): Mailbox<T> {
  let waiting: T[] = [];
  let isClosed = false;
  let failed: { readonly thrown: unknown } | undefined;
  let hasLeft = false;
  let wake = () => {};
  const leave = () => {
    if (!hasLeft) onLeft();
    hasLeft = true;
  };
  const close = (failure?: { readonly thrown: unknown }) => {
    if (!isClosed) failed = failure;
    isClosed = true;
    wake();
  };
  async function* read(): AsyncGenerator<T, void, void> {
    try {
      for (;;) {
        const letter = waiting.shift();
        if (letter) yield letter;
        else if (isClosed) break;
        else {
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
        }
      }
      if (failed) throw failed.thrown;
    } finally {
      leave();
    }
  }
  const reader = read();
  return {
    put(letter) {
      waiting = [...waiting.filter(({ kind }) => kind !== letter.kind), letter];
      wake();
    },
    close,
    letters: {
      next: () => reader.next(),
      // A generator would first wait for the letter that it was asked for.
      return() {
        waiting = [];
        close();
        // One that has not begun would end without its `finally`.
        leave();
        return reader.return();
      },
    },
  };
}
