import { fixedPace } from '../core/pacing.ts';
import type { TaskSnapshot } from '../core/task.ts';
import { checkCall, checkTask } from './check.ts';
import { failureOf } from './ending.ts';
import type { CallOptions } from './options.ts';
import type { Result } from './outcome.ts';
import { pollTask } from './poll-task.ts';
import { listenForStop } from './stop.ts';

/** How long a single answer is waited for through an outage, in milliseconds, unless said otherwise. */
const RETRY_FOR_MS = 30_000;

const ONCE = { once: true, pace: fixedPace(0), stallTimeoutMs: Number.POSITIVE_INFINITY, until: [] };

/**
 * Asks for a task, by its id or its page; `verdictOf` tells how it stands. Rejects with a TypeError or a RangeError for options that
 * are not allowed; whatever else can be expected to go wrong is a value.
 */
export async function getTask(task: string, options: CallOptions): Promise<Result<{ readonly task: TaskSnapshot }>> {
  const id = checkTask(task);
  const call = checkCall(options, RETRY_FOR_MS);
  const stop = listenForStop(call);
  const { ending, task: answer } = await pollTask(id, call, ONCE, stop, () => {}).finally(stop.release);
  // Whatever the task's own outcome: one answer is all that was asked for.
  return answer ? { ok: true, task: answer } : { ok: false, failure: failureOf(ending) };
}
