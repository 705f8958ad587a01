import type { TaskSnapshot } from '../core/task.ts';
import { withAsk } from './ask.ts';
import { resultOf } from './ending.ts';
import type { CallOptions, TaskRequest } from './options.ts';
import type { Result } from './outcome.ts';

/**
 * Creates a task, which costs credits. It is sent once: when the answer is lost, `failure.lost` says so, and `listTasks` can tell.
 * Rejects with a TypeError for a request that is against the documented limits, and else as `getTask` does.
 */
export async function createTask(request: TaskRequest, options: CallOptions): Promise<Result<{ readonly task: TaskSnapshot }>> {
  const body = await checkRequest(request);
  const created = await withAsk(options, (ask) => ask((client, signal) => client.createTask(body, signal)));
  return resultOf(created, (task) => ({ task }));
}

/** The request's body. All that is wrong with it is told at once. */
async function checkRequest(request: TaskRequest): Promise<string> {
  const { checkCreateBody } = await import('../client/create-schema.ts');
  const problems = checkCreateBody(request).map(
    ({ path, wish }) => `${path.map(String).join('.') || 'the request'} has to be ${wish}`,
  );
  if (problems.length > 0) throw new TypeError(problems.join('; '));
  return JSON.stringify(request);
}
