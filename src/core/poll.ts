import type { Attempt } from './attempt.ts';
import { type AskDeps, attempts, type RetryPolicy } from './attempts.ts';
import type { Condition, Goal } from './condition.ts';
import { DEED_MS, type Deed } from './deed.ts';
import type { Failure } from './failure.ts';
import { forecastOf } from './forecast.ts';
import { type History, remember } from './forecast-history.ts';
import { isSettling, type Outcome, standingOf, unscoredIn, type Verdict, verdictOf } from './outcome.ts';
import { nextPollAt, type Pacer, SHORTEST_INTERVAL_MS } from './pacing.ts';
import type { RetryingEvent, SnapshotEvent } from './poll-event.ts';
import { hasCounted, hasMoved, type TaskSnapshot } from './task.ts';

/** What is learnt while a task is polled. `settled` comes last, exactly once. Times are the clock's, in milliseconds. */
export type PollEvent = SnapshotEvent | RetryingEvent<Failure> | { readonly kind: 'settled'; readonly outcome: Outcome };

/** Asks once for a task. Never rejects: what can go wrong with a request is a value. */
export type FetchTask = (id: string, signal: AbortSignal) => Promise<Attempt<TaskSnapshot>>;

/** How to poll. Durations in milliseconds. Its deadline is when `signal` will abort of itself. */
export interface PollPolicy extends RetryPolicy {
  /** From the start of one poll to the start of the next. */
  readonly pace: Pacer;
  /** Added once, to the first delay. */
  readonly phaseMs: number;
  /** Give up when no counter, target or status has changed for this long; Infinity for never. */
  readonly stallTimeoutMs: number;
  /** How long to go on once the sources are exhausted, without any counter changing, while candidates are being scored; 0 for not at all. */
  readonly settleMs: number;
  /** Also end well when one of these holds. */
  readonly until: readonly Condition[];
  /** What this process has just asked the service to do to the task; null where it has not. */
  readonly deed: Deed | null;
}

/** What `poll` needs of the world. */
interface PollDeps extends AskDeps {
  readonly fetchTask: FetchTask;
}

/** What a watch has seen of its task so far. Clock times. */
interface Course {
  readonly task: TaskSnapshot;
  /** When a counter, the target or the status last changed. */
  readonly changedAt: number;
  /** Since when its sources are exhausted and no counter has changed, while candidates are being scored; null while it is not so. */
  readonly settlingSince: number | null;
  /** Whether it has been seen running. */
  readonly hasRun: boolean;
  readonly history: History;
}

/**
 * Polls one task until it has ended, it can no longer be found out how it stands, or `signal` aborts. One request at a
 * time; each poll is a run of attempts that ends with an answer (contract, "Polling").
 */
export async function* poll(id: string, policy: PollPolicy, deps: PollDeps): AsyncGenerator<PollEvent, void, void> {
  const { clock, gate, signal } = deps;
  const goals = policy.until.flatMap(({ goal }) => goal ?? []);
  const ask = async (stopped: AbortSignal) => believed(await deps.fetchTask(id, stopped), clock.now(), policy);
  let phaseMs = policy.phaseMs;
  let course: Course | null = null;
  for (;;) {
    const answered = yield* attempts(ask, policy, deps, course !== null || policy.deed !== null);
    if (!answered.ok) return yield settled(answered.outcome);
    const { value: task, startedAt } = answered;
    const now = clock.now();
    course = goOn(course, task, now, goals, policy.deed);
    const outcome = outcomeOf(course, startedAt, now, policy);
    const isLast = outcome.kind !== 'running';
    const forecast = forecastOf(course.history);
    const delayMs = policy.pace(forecast);
    const due = Math.min(nextPollAt(startedAt, delayMs + phaseMs, now), judgedAt(course, startedAt, now, policy));
    const at = Math.max(due, gate.nextAt());
    phaseMs = 0;
    const mayBeOld = !isLast && isOld(course, startedAt, policy.deed);
    yield { kind: 'snapshot', task, at: now, changedAt: course.changedAt, nextPollAt: at, isLast, mayBeOld, forecast };
    if (isLast) return yield settled(outcome);
    await clock.sleep(at - clock.now(), signal);
    // A process that was stopped finds every task overdue: they spread again, in place of a burst.
    if (clock.now() - at > delayMs) await clock.sleep(policy.phaseMs, signal);
  }
}

function settled(outcome: Outcome): PollEvent {
  return { kind: 'settled', outcome };
}

/** A task that was just created may be missing on some of the service's servers yet. */
function believed(attempt: Attempt<TaskSnapshot>, now: number, { deed }: PollPolicy): Attempt<TaskSnapshot> {
  if (attempt.ok || attempt.failure.kind !== 'not_found' || deed?.kind !== 'created' || now >= deed.until) return attempt;
  return { ...attempt, failure: { ...attempt.failure, transient: true, retryForMs: DEED_MS } };
}

/** The course with one more answer. */
function goOn(before: Course | null, task: TaskSnapshot, now: number, goals: readonly Goal[], deed: Deed | null): Course {
  const goesOnSettling = before !== null && !hasCounted(before.task, task) && before.settlingSince !== null;
  return {
    task,
    changedAt: before && !hasMoved(before.task, task) ? before.changedAt : now,
    settlingSince: isSettling(task) ? (goesOnSettling ? before.settlingSince : now) : null,
    // With the old target it is an answer from before.
    hasRun: before?.hasRun === true || (verdictOf(task) === 'running' && task.target >= (deed?.target ?? 0)),
    history: remember(before?.history ?? null, task, now, goals),
  };
}

/** When an answer is due that decides whether a task has stalled, whether it is still settling, or whether a resumed task has ended. */
function judgedAt(course: Course, askedAt: number, now: number, { settleMs, stallTimeoutMs, deed }: PollPolicy): number {
  // As long as an answer may be old, no other end is believed either.
  if (deed && isOld(course, now, deed)) return deed.until;
  const { changedAt, settlingSince } = course;
  // A task that moves again and again within a shorter time is not asked for the more often.
  const stalledAt = Math.max(changedAt + stallTimeoutMs, askedAt + SHORTEST_INTERVAL_MS);
  const settledAt = settlingSince === null ? Number.POSITIVE_INFINITY : settlingSince + settleMs;
  return Math.max(now, Math.min(stalledAt, settledAt));
}

/**
 * Whether an answer may be older than the request by which the task was just resumed: it looks ended, has not run
 * since, and has not got what was asked for.
 */
function isOld({ task, hasRun }: Course, askedAt: number, deed: Deed | null): boolean {
  return deed?.kind === 'resumed' && !hasRun && task.funnel.highFit < deed.target && askedAt < deed.until;
}

/**
 * What an answer comes to, which was asked for at `askedAt`. Whether a task has stalled is judged on answers alone: silence of the
 * service says nothing about the task.
 */
function outcomeOf(course: Course, askedAt: number, now: number, policy: PollPolicy): Outcome {
  const { task, changedAt, settlingSince } = course;
  const verdict = verdictOf(task);
  // Its end is not to be believed; a condition holds all the same.
  if (isOld(course, askedAt, policy.deed)) return standingOf(task, 'running', policy.until);
  const settles = settlingSince !== null && policy.settleMs > 0;
  const standing = standingOf(task, settles ? 'running' : verdict, policy.until);
  if (standing.kind === 'condition_met') return standing;
  if (standing.kind !== 'running') return ended(verdict, task);
  if (now - changedAt >= policy.stallTimeoutMs) return { kind: 'stalled', unchangedMs: now - changedAt };
  return settles && askedAt >= settlingSince + policy.settleMs ? ended(verdict, task) : standing;
}

/** How a task ended, with what it never scored. */
function ended(verdict: Verdict, task: TaskSnapshot): Outcome {
  const unscored = unscoredIn(task);
  return unscored > 0 ? { kind: verdict, unscored } : { kind: verdict };
}
