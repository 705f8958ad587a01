import { readPages, TASKS_PER_PAGE } from '../core/pages.ts';
import type { TaskSnapshot } from '../core/task.ts';
import { withAsk } from './ask.ts';
import { checkRange } from './check.ts';
import { resultOf } from './ending.ts';
import type { ListOptions } from './options.ts';
import type { Result } from './outcome.ts';

/** The workspace's tasks, newest first. Rejects as `getTask` does. */
export async function listTasks(options: ListOptions): Promise<Result<{ readonly tasks: readonly TaskSnapshot[] }>> {
  const range = { ...checkRange(options, TASKS_PER_PAGE), matches: null };
  const listed = await withAsk(options, (ask) =>
    readPages((offset, limit) => ask((client, signal) => client.fetchTasks({ offset, limit }, signal)), range, TASKS_PER_PAGE),
  );
  return resultOf(listed, (tasks) => ({ tasks }));
}
