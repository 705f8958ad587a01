import type { TaskSnapshot } from '../core/task.ts';
import { withAsk } from './ask.ts';
import { checkTask } from './check.ts';
import { resultOf } from './ending.ts';
import type { CallOptions } from './options.ts';
import type { Result } from './outcome.ts';

/**
 * Asks for a task, by its id or its page; `verdictOf` tells how it stands. Rejects with a TypeError or a RangeError for options that
 * are not allowed; whatever else can be expected to go wrong is a value.
 */
export async function getTask(task: string, options: CallOptions): Promise<Result<{ readonly task: TaskSnapshot }>> {
  const id = checkTask(task);
  const asked = await withAsk(options, (ask) => ask((client, signal) => client.fetchTask(id, signal)));
  return resultOf(asked, (task) => ({ task }));
}
