import { Extruct, type ExtructOptions } from '../../src/index.ts';
import { type Api, type Reply, startApi } from './api.ts';
import { TOKEN } from './run.ts';

/** An API that replies so, in order, and a client of it. */
export async function clientOf(replies: readonly Reply[], options: Partial<ExtructOptions> = {}): Promise<[Extruct, Api]> {
  const api = await startApi();
  api.replies(...replies);
  return [new Extruct({ token: TOKEN, apiUrl: api.url, ...options }), api];
}

/** All that an iteration gives. */
export async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const read: T[] = [];
  for await (const item of items) read.push(item);
  return read;
}

/** What a promise rejects with, or an iteration throws. */
export async function thrownBy(promise: PromiseLike<unknown>): Promise<unknown> {
  try {
    await promise;
  } catch (thrown) {
    return thrown;
  }
  throw new Error('nothing was thrown');
}
