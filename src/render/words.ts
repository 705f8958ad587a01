import { isSettling, reasonOf, unscoredIn } from '../core/outcome.ts';
import type { Progress } from '../core/progress.ts';
import type { TaskSnapshot } from '../core/task.ts';
import { cut, elapsed } from './format.ts';

/** How a task stands, as one word that can be searched for: an outcome, a status, or what we are doing. */
export function stateOf({ outcome, outage, task }: Progress): string {
  if (outcome) return outcome.kind;
  if (outage) return 'retrying';
  return task ? task.status : 'asking';
}

/** What became of the task, in a clause. */
export function outcomeWords({ outcome, task }: Progress): string {
  const reason = outcome && reasonOf(outcome);
  if (reason) return `${outcome.kind.replaceAll('_', ' ')}: ${reason.what}`;
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

/** What a watch that has ended would not wait for any longer, behind how it ended. */
function unscoredWords(unscored = 0): string {
  return unscored > 0 ? `; ${counted(unscored, 'candidate was', 'candidates were')} not scored` : '';
}

/** How a task stands, with what of an exhausted one is not scored: still to be, or not at all. */
export function standingWords(progress: Progress): string {
  const { task, outcome, outage } = progress;
  const unscored = outcome && 'unscored' in outcome ? outcome.unscored : 0;
  if (unscored) return `${stateOf(progress)}, ${unscored} not scored`;
  return task && !outcome && !outage && isSettling(task) ? `${unscoredIn(task)} to score` : stateOf(progress);
}

/** What `get` says of a task that goes on being scored: it has not said its last word. */
export function scoringWords(task: TaskSnapshot): string {
  const count = counted(unscoredIn(task), 'candidate is', 'candidates are');
  return `The sources are exhausted, and ${count} still to be scored; run \`extruct-task watch ${task.id}\` to wait for that`;
}

/** That the sources are exhausted and how many candidates are still to be scored; null of a task that does not settle. */
export function settlingWords(task: TaskSnapshot): string | null {
  return isSettling(task) ? `sources exhausted, ${unscoredIn(task)} still to be scored` : null;
}

/** What a user may do next about a task that fell short, in a clause; empty where there is nothing to do but read the results. */
export function nextWords({ outcome, task, id }: Progress): string {
  if (task && isSettling(task) && outcome && 'unscored' in outcome)
    return `run \`extruct-task watch ${id}\` with a longer --settle to wait for the rest to be scored`;
  if (outcome?.kind === 'failed') return 'check the error above, and create the task again';
  if (outcome?.kind === 'exhausted') return 'widen the query or the criteria: this one has no more candidates';
  const isShort = outcome?.kind === 'done' && task !== null && task.funnel.highFit < task.target;
  return isShort ? `resume the task in the app, or with \`extruct-task resume ${id}\`, to have it look for more` : '';
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

/** A warning for a status that the page does not list. */
export function statusWarning(status: string): string {
  return `The API gave a status that is not known here, "${cut(status, 60)}"; it counts as running`;
}
