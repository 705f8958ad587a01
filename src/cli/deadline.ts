import type { Host } from '../host.ts';

/** How long to wait for a file that is read only for the sake of an error, in milliseconds. */
export const PATIENCE_MS = 1000;

/** The value of the promise, or null if it is still pending at the deadline (the clock's time, in milliseconds). */
export async function beforeDeadline<T>(promise: Promise<T>, deadline: number, { clock }: Host): Promise<T | null> {
  if (deadline === Number.POSITIVE_INFINITY) return promise;
  const over = new AbortController();
  const timeout = clock.sleep(deadline - clock.now(), over.signal).then(() => null);
  return Promise.race([promise, timeout]).finally(() => over.abort());
}
