import { membersOf } from '../core/json-text.ts';
import { isSettling, type Outcome, unscoredIn, verdictOf } from '../core/outcome.ts';
import type { Progress, Surprise } from '../core/progress.ts';
import type { TaskSnapshot } from '../core/task.ts';
import { counted } from './counted.ts';
import { count, countdown, cut, wholeSeconds } from './format.ts';

/** In columns: more of a reason is in the error. */
const LONGEST_REASON = 200;

/** How a task stands, as it is called everywhere: the outcome's name, with blanks. */
export function stateOf({ outcome }: Progress): string {
  return (outcome?.kind ?? 'running').replaceAll('_', ' ');
}

/** How many tasks stand in each way, in the order of the tasks. */
export function countStates(all: readonly Progress[], counts = new Map<string, number>()): ReadonlyMap<string, number> {
  for (const progress of all) counts.set(stateOf(progress), (counts.get(stateOf(progress)) ?? 0) + 1);
  return counts;
}

/** The same in words: those that run first, then in the order in which the ends came about. */
export function stateCounts(all: readonly Progress[]): string[] {
  const counts = countStates(all, new Map([['running', 0]]));
  return [...counts].filter(([, number]) => number > 0).map(([state, number]) => `${number} ${state}`);
}

/** How a task stands that nobody watches. */
export function listedState(task: TaskSnapshot): string {
  return `${verdictOf(task)}${isSettling(task) ? ', scoring' : ''}`;
}

/** How the task ended, in a clause. */
export function outcomeWords(progress: Progress): string {
  const { outcome, reason, task } = progress;
  if (outcome && reason) return `${stateOf(progress)}: ${reason.what}`;
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
  return task && !outcome && !outage && isSettling(task) ? `running, ${unscoredIn(task)} to score` : stateOf(progress);
}

/** That the sources are exhausted and how many candidates are still to be scored, the longest wording first; none for a task that is not settling. */
export function settlingWords(task: TaskSnapshot): string[] {
  const unscored = unscoredIn(task);
  if (!isSettling(task)) return [];
  return [`sources exhausted, ${unscored} still to be scored`, `${unscored} still to be scored`, `${unscored} to score`];
}

/** A failure that is waited out: what happened, when it is tried again, and which try that is; the longest wording first. */
export function outageWords({ failure, attempt, retryAt }: NonNullable<Progress['outage']>, now: number): string[] {
  const what = cut(failure.what.replace(/^The API answered (?=\d)/, ''), LONGEST_REASON);
  const [short = ''] = what.split(': ');
  const [again, tries] = [`again in ${countdown(retryAt, now)}`, `(try ${attempt + 1})`];
  return [`${what}, ${again} ${tries}`, `${short}, ${again} ${tries}`, `${short}, ${again}`, `${again} ${tries}`, again];
}

/** How a task ended, for its row: the longest wording first. */
export function endWords(progress: Progress, outcome: Outcome): string[] {
  const { reason, task } = progress;
  const state = stateOf(progress);
  const why = outcome.kind === 'failed' ? task && causeOf(task) : reason?.what;
  if (why) return [`${state}: ${cut(why, LONGEST_REASON)}`, state];
  const standing = standingWords(progress);
  const took = tookWords(progress);
  return [...(took === '' ? [] : [`${standing} in ${took}`]), standing, state];
}

/** How long a task took; empty for one that had ended before the watch began, of which that is not known. */
export function tookWords({ polls, startedAt, answeredAt }: Progress): string {
  return polls > 1 && answeredAt !== null ? wholeSeconds(answeredAt - startedAt) : '';
}

/** Why a task failed, in a word where its error has a code; empty where it does not say. */
export function causeOf({ errorDetails: [first] }: TaskSnapshot): string {
  const text = first?.[1] ?? '';
  const code = text.startsWith('{') ? [...membersOf(text)].find(([name]) => name === 'code')?.[1] : undefined;
  return code?.replaceAll('"', '') ?? text;
}

/** What the watch of a task took: its time (ms), answers, and requests that had to be repeated. */
export function effortWords({ polls, retries }: Progress, tookMs: number): string {
  return [wholeSeconds(tookMs), counted(polls, 'poll'), ...(retries > 0 ? [counted(retries, 'retry', 'retries')] : [])].join(
    ', ',
  );
}

/** A warning for a status that the endpoint's page does not list. */
export function statusWarning(status: string): string {
  return `The API returned an unknown status, "${cut(status, 60)}"; it counts as running`;
}

/** What happened to a task that nobody expects, the longest wording first. */
export function surpriseWords(surprise: Surprise): string[] {
  if (surprise.kind === 'restart') return ['the counters fell: the task started over', 'the task started over', 'started over'];
  const change = `target was ${surprise.to > surprise.from ? 'raised' : 'lowered'} to ${count(surprise.to)}`;
  return [`the ${change}`, change.replace('was ', ''), `target now ${count(surprise.to)}`];
}
