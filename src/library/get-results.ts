import { type Found, findCompanies } from '../core/found.ts';
import { withAsk } from './ask.ts';
import { checkRange, checkTask } from './check.ts';
import { resultOf } from './ending.ts';
import type { ListOptions } from './options.ts';
import type { Result } from './outcome.ts';

/** What a task has found so far, by relevance: all of it, unless a limit is given. Rejects as `getTask` does. */
export async function getResults(task: string, options: ListOptions): Promise<Result<Found>> {
  const id = checkTask(task);
  const range = { ...checkRange(options, Number.POSITIVE_INFINITY), matches: null };
  const found = await withAsk(options, (ask, deps) =>
    findCompanies((offset, limit) => ask((client, signal) => client.fetchResults(id, { offset, limit }, signal)), range, deps),
  );
  return resultOf(found, (value) => value);
}
