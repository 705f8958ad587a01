import type { Outcome as Ending } from '../core/outcome.ts';
import { type PollEvent, type PollPolicy, poll } from '../core/poll.ts';
import type { TaskSnapshot } from '../core/task.ts';
import { systemClock } from '../system-clock.ts';
import type { Call } from './check.ts';
import { connect } from './connect.ts';
import { gateFor } from './gates.ts';
import type { Stop } from './stop.ts';

/** What only a watch has a say in. */
type Manner = Pick<PollPolicy, 'pace' | 'stallTimeoutMs' | 'settleMs' | 'until'>;

/**
 * Polls a task as a call wishes, until it has ended or is stopped. `tell` is told of all but the end. Resolves to how it ended, with
 * the last answer. Rejects only for a bug.
 */
export async function pollTask(
  id: string,
  call: Call,
  manner: Manner,
  stop: Stop,
  tell: (event: Exclude<PollEvent, { kind: 'settled' }>) => void,
): Promise<{ readonly ending: Ending; readonly task: TaskSnapshot | null }> {
  const { fetchTask } = await connect(call);
  const { retryForMs } = call;
  const policy = { ...manner, once: false, deed: null, phaseMs: 0, retryForMs, deadline: stop.deadline };
  const deps = { fetchTask, clock: systemClock, random: Math.random, gate: gateFor(call.apiUrl), signal: stop.signal };
  let task: TaskSnapshot | null = null;
  for await (const event of poll(id, policy, deps)) {
    if (event.kind === 'settled') return { ending: event.outcome, task };
    if (event.kind === 'snapshot') task = event.task;
    tell(event);
  }
  throw new Error('poll ended without an outcome');
}
