import { MOST_MORE } from '../core/choices.ts';
import type { TaskSnapshot } from '../core/task.ts';
import { withAsk } from './ask.ts';
import { checkTask, countOf } from './check.ts';
import { resultOf } from './ending.ts';
import type { CallOptions } from './options.ts';
import type { Result } from './outcome.ts';

/**
 * Asks a task for so many high-fit results more, 0 to 250, which costs credits. It is sent once: when the answer is lost, `failure.lost`
 * says so, and the task's target can tell. Rejects as `getTask` does.
 */
export async function resumeTask(
  task: string,
  more: number,
  options: CallOptions,
): Promise<Result<{ readonly task: TaskSnapshot }>> {
  const id = checkTask(task);
  const count = countOf(more, 'more', 0, MOST_MORE);
  const resumed = await withAsk(options, (ask) => ask((client, signal) => client.resumeTask(id, count, signal)));
  return resultOf(resumed, (task) => ({ task }));
}
