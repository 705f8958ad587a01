/** A stream on the terminal that a frame stands on. */
export type TerminalStream = NodeJS.WritableStream & { columns?: number; rows?: number };

/**
 * Lets what anybody writes on the streams (warnings, JSON lines, Node itself) pass above a frame: `before` is called ahead of it and
 * `after` behind it, with whether it ended a line. Returns how to stop.
 */
export function letPass(streams: readonly TerminalStream[], before: () => void, after: (endsLine: boolean) => void): () => void {
  const restores = streams.map((stream) => {
    const { write } = stream;
    const passing = (...given: Parameters<typeof write>) => {
      before();
      const isTaken = Reflect.apply(write, stream, given);
      after(String(given[0]).endsWith('\n'));
      return isTaken;
    };
    stream.write = passing as typeof write;
    return () => {
      if (stream.write === passing) stream.write = write;
    };
  });
  return () => {
    for (const restore of restores) restore();
  };
}
