import { backoffDelay } from './backoff.ts';
import type { Clock } from './clock.ts';
import type { Condition } from './condition.ts';
import { formatDuration } from './duration.ts';
import type { Failure } from './failure.ts';
import { type Outcome, verdictOf } from './outcome.ts';
import { type History, nextPollAt, type Pacer, remember } from './pacing.ts';
import type { SnapshotEvent } from './snapshot-event.ts';
import { hasMoved, type TaskSnapshot } from './task.ts';

/** What is learnt while a task is polled. `settled` comes last, exactly once. Times are the clock's, in milliseconds. */
export type PollEvent =
  | SnapshotEvent
  | {
      readonly kind: 'retrying';
      readonly failure: Failure;
      readonly attempt: number;
      readonly at: number;
      readonly delayMs: number;
    }
  | { readonly kind: 'settled'; readonly outcome: Outcome };

/** Asks once for a task. Never rejects: what can go wrong with a request is a value. */
export type FetchTask = (id: string, signal: AbortSignal) => Promise<FetchResult>;
type FetchResult = Interpretation & {
  /** When the request left, on the clock's time: later than it was asked for, where it had to queue. */
  readonly startedAt: number;
};

/** What an answer, or its absence, comes to. */
export type Interpretation =
  | { readonly ok: true; readonly task: TaskSnapshot }
  | { readonly ok: false; readonly failure: Failure };

/** How to poll. Durations in milliseconds. */
export interface PollPolicy {
  /** Settle on the first answer, ended or not: what `get` does. */
  readonly once: boolean;
  /** From the start of one poll to the start of the next. */
  readonly pace: Pacer;
  /** Added once, to the first delay. */
  readonly phaseMs: number;
  /** How long an outage is put up with, from the start of its first failed request. */
  readonly retryForMs: number;
  /** Give up when no counter, target or status has changed for so long; Infinity for never. */
  readonly stallTimeoutMs: number;
  /** Also end well when one of these holds. */
  readonly until: readonly Condition[];
  /** When `signal` will abort of itself for `--timeout`, on the clock's time; Infinity for never. */
  readonly deadline: number;
  readonly names: SettingNames;
}

/** What the user calls the settings that a watch can end by, for the words that say so. */
interface SettingNames {
  readonly timeout: string;
  readonly retryFor: string;
  readonly stallTimeout: string;
}

/** What `poll` needs of the world. Whoever aborts `signal` gives the outcome as the reason. */
interface PollDeps {
  readonly fetchTask: FetchTask;
  readonly clock: Clock;
  readonly random: () => number;
  readonly signal: AbortSignal;
}

/** An outage under way: since when, and how many requests failed in it. */
interface Outage {
  readonly since: number;
  readonly attempt: number;
}

const NO_OUTAGE: Outage = { since: Number.POSITIVE_INFINITY, attempt: 0 };

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
      history = remember(history, result.task, now, goals);
      const delayMs = policy.pace(history);
      const at = nextPollAt(result.startedAt, delayMs + phaseMs, now);
      phaseMs = 0;
      if (!before || hasMoved(before, result.task)) changedAt = now;
      before = result.task;
      const outcome = outcomeOf(result.task, now - changedAt, policy);
      const isLast = outcome.kind !== 'running' || policy.once;
      yield { kind: 'snapshot', task: result.task, at: now, changedAt, nextPollAt: at, isLast };
      if (isLast) return yield settled(outcome);
      await clock.sleep(at - clock.now(), signal);
      // A process that was stopped finds every task overdue: they spread again, in place of a burst.
      if (clock.now() - at > delayMs) await clock.sleep(policy.phaseMs, signal);
    } else if (!signal.aborted) {
      outage = { since: Math.min(outage.since, result.startedAt), attempt: outage.attempt + 1 };
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

/** How long to wait before asking again, in milliseconds, or the outcome where asking again is pointless. */
function afterFailure(failure: Failure, outage: Outage, now: number, policy: PollPolicy, random: () => number): number | Outcome {
  if (!failure.transient) return { kind: failure.kind, failure };
  const left = outage.since + policy.retryForMs - now;
  if (left < 1) return gaveUp(failure, outage, now);
  const asked = failure.retryAfterMs ?? 0;
  if (now + asked > policy.deadline && policy.deadline - now <= left)
    return askedTooMuch(failure, asked, policy.names.timeout, 'timed_out');
  if (asked > left) return askedTooMuch(failure, asked, policy.names.retryFor, failure.kind);
  return Math.min(left, Math.max(asked, backoffDelay(outage.attempt, random)));
}

function gaveUp(failure: Failure, outage: Outage, now: number): Outcome {
  if (outage.attempt === 1) return { kind: failure.kind, failure };
  const what = `${failure.what}, the last of ${outage.attempt} failures in ${formatDuration(now - outage.since)}`;
  return { kind: failure.kind, failure: { ...failure, what } };
}

/** A `Retry-After` past what the user allows: waiting would only delay the same end, so it comes at once. */
function askedTooMuch(failure: Failure, askedMs: number, setting: string, kind: Failure['kind'] | 'timed_out'): Outcome {
  const what = `${failure.what} and asked to be left alone for ${formatDuration(askedMs)}, longer than ${setting} allows`;
  const told: Failure = { ...failure, what, fix: `run the command again later, or set a longer ${setting}` };
  return kind === 'timed_out' ? { kind, reason: told } : { kind, failure: told };
}
