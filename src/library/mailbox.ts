/** Events that wait for their reader. */
interface Mailbox<T> {
  put(event: T): void;
  /** The events, to be read once. It ends behind the event that `isLast` said was that. */
  readonly events: AsyncIterableIterator<T>;
}

/**
 * Makes a mailbox in which of each kind of event only the newest waits: whoever reads slowly misses what is out of date, and it
 * takes no more room the longer nobody reads. `onLeft` is called when the reader has left, at the end or before it.
 */
export function createMailbox<T extends { readonly kind: string }>(
  isLast: (event: T) => boolean,
  onLeft: () => void,
): Mailbox<T> {
  let waiting: T[] = [];
  let wake = () => {};
  async function* read(): AsyncGenerator<T, void, void> {
    try {
      for (;;) {
        const event = waiting.shift();
        if (event) {
          yield event;
          if (isLast(event)) return;
        } else {
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
        }
      }
    } finally {
      onLeft();
    }
  }
  return {
    put(event) {
      waiting = [...waiting.filter(({ kind }) => kind !== event.kind), event];
      wake();
    },
    events: read(),
  };
}
