import { budgetedPace, createBudget } from '../core/budget.ts';
import { fixedPace, SLOWEST_MS, withLastLook } from '../core/pacing.ts';
import type { RetryingEvent, SnapshotEvent } from '../core/poll-event.ts';
import { checkCall, checkTask, checkWatching } from './check.ts';
import { failureOfRequest, outcomeOf } from './ending.ts';
import { createMailbox } from './mailbox.ts';
import type { WatchOptions } from './options.ts';
import type { Failure, Outcome } from './outcome.ts';
import { pollTask } from './poll-task.ts';
import { listenForStop } from './stop.ts';

/** What is learnt while a task is watched. `settled` comes last, exactly once. Times are those of `performance.now()`. */
export type WatchEvent = SnapshotEvent | RetryingEvent<Failure> | { readonly kind: 'settled'; readonly outcome: Outcome };

/**
 * A watch that has begun. Its events can be iterated once; of each kind only the newest waits for a slow reader, so none is too late
 * to be true, and `settled` is never missed. Leaving the loop early ends the watch.
 */
export interface Watch extends AsyncIterable<WatchEvent> {
  /** How the watch ended, whether or not anybody iterates. Rejects only for a bug. */
  readonly outcome: Promise<Outcome>;
}

/** How long a watch puts up with an outage, in milliseconds, unless said otherwise. */
const RETRY_FOR_MS = 300_000;

// All watches of a process that pace themselves share one budget of requests.
const budget = createBudget();
let watches = 0;

/**
 * Watches a task, by its id or its page, until it has ended. The first request leaves at once. Throws a TypeError or a RangeError for
 * options that are not allowed; whatever else can be expected to go wrong is an outcome.
 */
export function watchTask(task: string, options: WatchOptions): Watch {
  const id = checkTask(task);
  const call = checkCall(options, RETRY_FOR_MS);
  const { intervalMs, ...watching } = checkWatching(options);
  watches += 1;
  const name = `${watches}`;
  const stop = listenForStop(call);
  const paced = () => withLastLook(budgetedPace(budget, name, SLOWEST_MS), stop.deadline);
  const pace = intervalMs === null ? paced() : fixedPace(intervalMs);
  const mailbox = createMailbox<WatchEvent>(({ kind }) => kind === 'settled', stop.abort);
  const watch = async () => {
    try {
      const { ending, task: last } = await pollTask(id, call, { pace, ...watching }, stop, (event) => {
        mailbox.put(event.kind === 'retrying' ? { ...event, failure: failureOfRequest(event.failure) } : event);
      });
      const outcome = outcomeOf(ending, last);
      mailbox.put({ kind: 'settled', outcome });
      return outcome;
    } finally {
      stop.release();
      budget.release(name);
    }
  };
  return { outcome: watch(), [Symbol.asyncIterator]: () => mailbox.events };
}
