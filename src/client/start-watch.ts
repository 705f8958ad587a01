import { budgetedPace } from '../core/budget.ts';
import type { Deed } from '../core/deed.ts';
import type { Gate } from '../core/gate.ts';
import { type Outcome as Ending, unscoredIn } from '../core/outcome.ts';
import { fixedPace, type Pacer, SLOWEST_MS, slowed, withLastLook } from '../core/pacing.ts';
import { poll } from '../core/poll.ts';
import type { TaskSnapshot } from '../core/task.ts';
import { systemClock } from '../system-clock.ts';
import { askDeps, connect, retryPolicy } from './call.ts';
import type { Call, Watching } from './check.ts';
import { createMailbox } from './mailbox.ts';
import { taskOf } from './plain.ts';
import { gateFor, nextWatch, sharedBudget } from './shared.ts';
import { listenForStop, type Stop } from './stop.ts';
import { errorOfFailure, errorOfOutcome } from './trouble.ts';
import type { Outcome, Update, Watch } from './watch.ts';

/** What a watch came to: an outcome, or what is thrown. */
type Ended = { readonly outcome: Outcome } | { readonly thrown: unknown };

/** Begins to watch a task. `deed` is what this client has just done to it. */
export function startWatch(id: string, call: Call, watching: Watching, deed: Deed | null): Watch {
  const stop = listenForStop(call.signals, call.timeoutMs);
  const mailbox = createMailbox<Update>(() => stop.abort(new DOMException('The watch was left', 'AbortError')));
  const ended = follow(id, call, watching, deed, stop, mailbox.put).then((end) => {
    mailbox.close('thrown' in end ? end : undefined);
    return end;
  });
  let isIterated = false;
  return {
    async outcome() {
      const end = await ended;
      if ('thrown' in end) throw end.thrown;
      return end.outcome;
    },
    [Symbol.asyncIterator]() {
      if (isIterated) throw new TypeError('a watch can be iterated once: call watch again');
      isIterated = true;
      return mailbox.letters;
    },
  };
}

/** Polls a task until it has ended or is stopped. Never rejects. */
async function follow(
  id: string,
  call: Call,
  watching: Watching,
  deed: Deed | null,
  stop: Stop,
  tell: (update: Update) => void,
): Promise<Ended> {
  const name = nextWatch();
  const budget = sharedBudget();
  const { stallTimeoutMs, settleMs, until } = watching;
  const policy = {
    ...retryPolicy(call, stop),
    ...{ stallTimeoutMs, settleMs, deed, phaseMs: 0 },
    until: until.map(({ condition }) => condition),
    pace: paceOf(watching, stop, gateFor(call.apiUrl), (slowestMs) => budgetedPace(budget, name, slowestMs)),
  };
  let last: TaskSnapshot | undefined;
  try {
    const { fetchTask } = await connect(call);
    for await (const event of poll(id, policy, { ...askDeps(call, stop), fetchTask })) {
      if (event.kind === 'settled') return endedBy(event.outcome, last, watching, stop);
      const at = wallTimeOf(event.at);
      if (event.kind === 'snapshot') {
        last = event.task;
        tell({ kind: 'answer', task: taskOf(last), at });
      } else {
        const { failure, attempt, delayMs } = event;
        const retry = { error: errorOfFailure(failure, last && taskOf(last)), attempt, delayMs };
        tell({ kind: 'retrying', ...retry, at });
        call.onRetry({ ...retry, taskId: id });
      }
    }
    throw new Error('poll ended without an outcome');
  } catch (thrown) {
    return { thrown };
  } finally {
    stop.release();
    budget.release(name);
  }
}

function endedBy(ending: Ending, last: TaskSnapshot | undefined, { until }: Watching, stop: Stop): Ended {
  if (!last) return stop.aborted() ?? { thrown: errorOfOutcome(ending) };
  const [task, unscored] = [taskOf(last), unscoredIn(last)];
  switch (ending.kind) {
    case 'done':
    case 'exhausted':
    case 'failed':
      return { outcome: { kind: ending.kind, task, unscored } };
    case 'condition_met': {
      const condition = until.find((one) => one.condition.text === ending.condition)?.given ?? ending.condition;
      return { outcome: { kind: ending.kind, condition, task, unscored } };
    }
    default:
      return stop.aborted() ?? { thrown: errorOfOutcome(ending, task) };
  }
}

function paceOf({ intervalMs }: Watching, { deadline }: Stop, gate: Gate, budgeted: (slowestMs: number) => Pacer): Pacer {
  if (intervalMs !== null) return slowed(fixedPace(intervalMs), gate);
  return withLastLook(slowed(budgeted(SLOWEST_MS), gate), deadline);
}

/** A moment of the clock as a date. */
function wallTimeOf(at: number): Date {
  return new Date(systemClock.wallTime() - (systemClock.now() - at));
}
