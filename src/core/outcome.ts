import type { Condition } from './condition.ts';
import { formatDuration } from './duration.ts';
import type { Failure, Reason } from './failure.ts';
import type { TaskSnapshot } from './task.ts';

/** How a task stands, according to the task itself. */
export type Verdict = 'done' | 'exhausted' | 'failed' | 'running';

/** What decides how a task stands. */
interface Standing extends Pick<TaskSnapshot, 'status' | 'isExhausted' | 'target'> {
  readonly funnel: Pick<TaskSnapshot['funnel'], 'highFit'>;
}

/** The signals that ask the program to stop. SIGPIPE stands for a closed stdout. */
export type StopSignal = 'SIGHUP' | 'SIGINT' | 'SIGTERM' | 'SIGPIPE';

/** How the watch of one task ended: because the task ended, or because something stopped the watch. */
export type Outcome =
  | {
      readonly kind: Verdict;
      /** Candidates that had not been scored when a watch ended, where its sources were exhausted and there were any. */
      readonly unscored?: number;
    }
  /** Not ended after `lookedMs` milliseconds, for which the user wanted to look. */
  | { readonly kind: 'running'; readonly lookedMs: number }
  | { readonly kind: 'condition_met'; readonly condition: string }
  | { readonly kind: Failure['kind'] | 'timed_out'; readonly failure: Failure; readonly gaveUp?: GaveUp }
  /** No counter, target or status has changed for `unchangedMs` milliseconds. */
  | { readonly kind: 'stalled'; readonly unchangedMs: number }
  /** Stopped from outside; `reason` says why. */
  | { readonly kind: 'timed_out'; readonly reason: Reason }
  | { readonly kind: 'interrupted'; readonly reason: Reason; readonly signal: StopSignal };

/**
 * Why a request that could be repeated was not: it was the last of `attempts` in `afterMs`, or `Retry-After` asks to wait longer
 * than a setting allows. In milliseconds.
 */
type GaveUp =
  | { readonly attempts: number; readonly afterMs: number }
  | { readonly askedMs: number; readonly limit: 'timeout' | 'retryFor' };

/**
 * The one place that decides how a task stands by its own account (contract, "Outcomes and exit codes"). `is_exhausted` can be
 * true while `status` still says `in_progress`; the page counts that as complete, and a watch goes on while `isSettling`.
 */
export function verdictOf(task: Standing): Verdict {
  if (task.status === 'failed') return 'failed';
  if (task.isExhausted && task.funnel.highFit < task.target) return 'exhausted';
  if (task.status === 'done' || task.isExhausted) return 'done';
  return 'running';
}

/**
 * What one answer comes to, of a task that stands so. A failed or finished task is that before anything else; a condition goes before
 * exhaustion, since a poll a moment earlier would have ended well.
 */
export function standingOf(task: TaskSnapshot, verdict: Verdict, until: readonly Condition[]): Outcome {
  if (verdict === 'failed' || verdict === 'done') return { kind: verdict };
  const met = until.find((condition) => condition.holds(task));
  return met ? { kind: 'condition_met', condition: met.text } : { kind: verdict };
}

/**
 * Whether the sources are exhausted while candidates are still being scored (contract, "Settling"): `num_results` goes on growing
 * then, for a significant time.
 */
export function isSettling(task: TaskSnapshot): boolean {
  return task.status !== 'done' && task.status !== 'failed' && unscoredIn(task) > 0;
}

/** Whether more can come of the task: it runs, or what its exhausted sources gave is still being scored. */
export function isUnderWay(task: TaskSnapshot): boolean {
  return verdictOf(task) === 'running' || isSettling(task);
}

/** How many candidates of a task whose sources are exhausted are enriched and not scored; 0 while the sources may have more. */
export function unscoredIn({ isExhausted, funnel }: TaskSnapshot): number {
  return isExhausted ? Math.max(0, funnel.enriched - funnel.evaluated) : 0;
}

/**
 * Why the watch ended before the task, without a full stop; null if the task itself ended. It mentions no setting: the command
 * line and the library have different names for them.
 */
export function whatOf(outcome: Outcome): string | null {
  if ('reason' in outcome) return outcome.reason.what;
  if (outcome.kind === 'stalled') return `Nothing has changed for ${formatDuration(outcome.unchangedMs)}`;
  if (!('failure' in outcome)) return null;
  const { failure, gaveUp } = outcome;
  if (!gaveUp) return failure.what;
  return 'askedMs' in gaveUp
    ? `${failure.what} and asked us to wait ${formatDuration(gaveUp.askedMs)}`
    : `${failure.what}, the last of ${gaveUp.attempts} failures in ${formatDuration(gaveUp.afterMs)}`;
}
