import { isSettling, unscoredIn } from '../core/outcome.ts';
import type { Progress } from '../core/progress.ts';
import type { TaskSnapshot } from '../core/task.ts';
import { cut, elapsed } from './format.ts';

/** How a task stands, in one word that can be searched for: an outcome, a status, or what the program is doing. */
export function stateOf({ outcome, outage, task, mayBeOld }: Progress): string {
  if (outcome) return outcome.kind;
  if (outage) return 'retrying';
  // The answer may show the task as it was before it was resumed.
  if (mayBeOld) return 'running';
  return task ? task.status : 'asking';
}

/** How the task ended, in a clause. */
export function outcomeWords({ outcome, reason, task }: Progress): string {
  if (outcome && reason) return `${outcome.kind.replaceAll('_', ' ')}: ${reason.what}`;
  if (!task) return 'unknown';
  const count = `${task.funnel.highFit} of ${task.target} high-fit results`;
  switch (outcome?.kind) {
    case 'done':
      return `done: ${count}${unscoredWords(outcome.unscored)}`;
    case 'condition_met':
      return `${outcome.condition} holds, with ${count}`;
    case 'exhausted':
      return `exhausted: the sources ran dry at ${count}${unscoredWords(outcome.unscored)}`;
    case 'failed':
      return `failed on the server, with ${count}${unscoredWords(outcome.unscored)}`;
    default:
      return `running: ${count} so far`;
  }
}

/** How many candidates a watch did not wait for, to follow how it ended. */
function unscoredWords(unscored = 0): string {
  return unscored > 0 ? `; ${counted(unscored, 'candidate was', 'candidates were')} not scored` : '';
}

/** How a task stands, with the number of candidates of an exhausted task that are not scored: not yet, or never. */
export function standingWords(progress: Progress): string {
  const { task, outcome, outage } = progress;
  const unscored = outcome && 'unscored' in outcome ? outcome.unscored : 0;
  if (unscored) return `${stateOf(progress)}, ${unscored} not scored`;
  return task && !outcome && !outage && isSettling(task) ? `${unscoredIn(task)} to score` : stateOf(progress);
}

/** That the sources are exhausted and how many candidates are still to be scored; null for a task that is not settling. */
export function settlingWords(task: TaskSnapshot): string | null {
  return isSettling(task) ? `sources exhausted, ${unscoredIn(task)} still to be scored` : null;
}

/** What the watch of a task took: its time, answers, and requests that had to be repeated. `now` is the clock's, in ms. */
export function effortWords(progress: Progress, now: number): string {
  const { polls, retries } = progress;
  return [
    elapsed(progress, now),
    counted(polls, 'poll', 'polls'),
    ...(retries > 0 ? [counted(retries, 'retry', 'retries')] : []),
  ].join(', ');
}

function counted(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** A warning for a status that the endpoint's page does not list. */
export function statusWarning(status: string): string {
  return `The API returned an unknown status, "${cut(status, 60)}"; it counts as running`;
}
