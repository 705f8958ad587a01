import type { Clock } from './clock.ts';
import type { Condition } from './condition.ts';
import { formatDuration } from './duration.ts';
import type { Failure } from './failure.ts';
import { afterFailure, NO_OUTAGE, type RetryPolicy, type SettingNames, withFailure } from './outage.ts';
import { type Outcome, verdictOf } from './outcome.ts';
import { type History, nextPollAt, type Pacer, remember } from './pacing.ts';
import type { RetryingEvent, SnapshotEvent } from './poll-event.ts';
import type { Attempt } from './retry.ts';
import { hasMoved, type TaskSnapshot } from './task.ts';

/** What is learnt while a task is polled. `settled` comes last, exactly once. Times are the clock's, in milliseconds. */
export type PollEvent = SnapshotEvent | RetryingEvent<Failure> | { readonly kind: 'settled'; readonly outcome: Outcome };

/** Asks once for a task. Never rejects: what can go wrong with a request is a value. */
export type FetchTask = (id: string, signal: AbortSignal) => Promise<Attempt<TaskSnapshot>>;

/** How to poll. Durations in milliseconds. Its deadline is when `signal` will abort of itself for `--timeout`. */
export interface PollPolicy extends RetryPolicy {
  /** Settle on the first answer, ended or not: what `get` does. */
  readonly once: boolean;
  /** From the start of one poll to the start of the next. */
  readonly pace: Pacer;
  /** Added once, to the first delay. */
  readonly phaseMs: number;
  /** Give up when no counter, target or status has changed for so long; Infinity for never. */
  readonly stallTimeoutMs: number;
  /** Also end well when one of these holds. */
  readonly until: readonly Condition[];
  readonly names: SettingNames & { readonly stallTimeout: string };
}

/** What `poll` needs of the world. Whoever aborts `signal` gives the outcome as the reason. */
interface PollDeps {
  readonly fetchTask: FetchTask;
  readonly clock: Clock;
  readonly random: () => number;
  readonly signal: AbortSignal;
}

/**
 * Polls one task until it has ended, it can no longer be found out how it stands, or `signal` aborts. One request at a
 * time; transient failures are retried with backoff until the outage has outlasted the policy (contract, "Polling").
 */
export async function* poll(id: string, policy: PollPolicy, deps: PollDeps): AsyncGenerator<PollEvent, void, void> {
  const { clock, signal } = deps;
  let outage = NO_OUTAGE;
  let phaseMs = policy.phaseMs;
  let before: TaskSnapshot | null = null;
  let changedAt = 0;
  let history: History | null = null;
  const goals = policy.until.flatMap(({ goal }) => goal ?? []);
  while (!signal.aborted) {
    const result = await deps.fetchTask(id, signal);
    const now = clock.now();
    if (result.ok) {
      outage = NO_OUTAGE;
      history = remember(history, result.value, now, goals);
      const delayMs = policy.pace(history);
      const at = nextPollAt(result.startedAt, delayMs + phaseMs, now);
      phaseMs = 0;
      if (!before || hasMoved(before, result.value)) changedAt = now;
      before = result.value;
      const outcome = outcomeOf(result.value, now - changedAt, policy);
      const isLast = outcome.kind !== 'running' || policy.once;
      yield { kind: 'snapshot', task: result.value, at: now, changedAt, nextPollAt: at, isLast };
      if (isLast) return yield settled(outcome);
      await clock.sleep(at - clock.now(), signal);
      // A process that was stopped finds every task overdue: they spread again, in place of a burst.
      if (clock.now() - at > delayMs) await clock.sleep(policy.phaseMs, signal);
    } else if (!signal.aborted) {
      outage = withFailure(outage, result.startedAt);
      const next = afterFailure(result.failure, outage, now, policy, deps.random);
      if (typeof next !== 'number') return yield settled(next);
      yield { kind: 'retrying', failure: result.failure, attempt: outage.attempt, at: now, delayMs: next };
      await clock.sleep(next - (clock.now() - now), signal);
    }
  }
  yield settled(signal.reason as Outcome);
}

function settled(outcome: Outcome): PollEvent {
  return { kind: 'settled', outcome };
}

/**
 * What an answer comes to. A failed or finished task is that before anything else; a condition goes before exhaustion,
 * since a poll a moment earlier would have ended well. Whether a task has stalled is judged on answers alone: silence of the
 * service says nothing about the task.
 */
function outcomeOf(task: TaskSnapshot, unchangedMs: number, policy: PollPolicy): Outcome {
  const verdict = verdictOf(task);
  if (verdict === 'failed' || verdict === 'done') return { kind: verdict };
  const met = policy.until.find((condition) => condition.holds(task));
  if (met) return { kind: 'condition_met', condition: met.text };
  if (verdict === 'exhausted' || unchangedMs < policy.stallTimeoutMs) return { kind: verdict };
  const { stallTimeout } = policy.names;
  const what = `Nothing has changed for ${formatDuration(unchangedMs)} (${stallTimeout})`;
  return { kind: 'stalled', reason: { what, fix: `check the task in the app, or set a longer ${stallTimeout}` } };
}
