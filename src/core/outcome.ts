import type { Failure, Reason } from './failure.ts';
import type { TaskSnapshot } from './task.ts';

/** How a task stands by its own account. */
export type Verdict = 'done' | 'exhausted' | 'failed' | 'running';

/** What decides how a task stands. */
interface Standing extends Pick<TaskSnapshot, 'status' | 'isExhausted' | 'target'> {
  readonly funnel: Pick<TaskSnapshot['funnel'], 'highFit'>;
}

/** The signals that ask the program to stop. SIGPIPE stands for a reader of stdout that has gone. */
export type StopSignal = 'SIGHUP' | 'SIGINT' | 'SIGTERM' | 'SIGPIPE';

/** How the watch of one task ended: by the task's own account, or by what kept us from hearing more of it. */
export type Outcome =
  | {
      readonly kind: Verdict;
      /** Candidates that had not been scored when a watch ended, where its sources were exhausted and there were any. */
      readonly unscored?: number;
    }
  | { readonly kind: 'condition_met'; readonly condition: string }
  | { readonly kind: Failure['kind']; readonly failure: Failure }
  | { readonly kind: 'timed_out' | 'stalled'; readonly reason: Reason }
  | { readonly kind: 'interrupted'; readonly reason: Reason; readonly signal: StopSignal };

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

/** Why we stopped, where the reason is not in the task itself; null where the task tells it. */
export function reasonOf(outcome: Outcome): Reason | null {
  if ('failure' in outcome) return outcome.failure;
  return 'reason' in outcome ? outcome.reason : null;
}
