import { formatDuration } from '../core/duration.ts';
import type { Failure, Problem, Reason } from '../core/failure.ts';
import { isSettling, type Outcome, unscoredIn, whatOf } from '../core/outcome.ts';
import type { Progress } from '../core/progress.ts';
import type { TaskSnapshot } from '../core/task.ts';
import { TOKENS_PAGE } from '../core/token.ts';
import { counted } from '../render/counted.ts';

/*
 * What the user of the command line reads when something went wrong: what happened, and what to do. The client gives the first half.
 * This module adds the second half, and everything that mentions a command, a flag or a variable.
 */

/** What was asked for: one task, more of its results, the workspace's tasks, or a new task. */
export type Asked =
  | { readonly kind: 'task'; readonly id: string }
  | { readonly kind: 'resume'; readonly id: string; readonly more: number }
  | { readonly kind: 'list' | 'create' };

const CHECK_URL = 'check the API URL';

/** Stands for the user's own query in a command to go on with. `create` refuses it: a task costs credits. */
export const WIDER_QUERY = 'a wider query';

/** What to do, for problems where it does not matter what was asked for. */
const FIXES: Readonly<Record<Exclude<Problem, 'forbidden' | 'missing' | 'rejected'>, string>> = {
  too_many_files: 'run `ulimit -n 256`, or close other programs, and run the command again',
  outage: 'check the service and your connection, and run the command again',
  rate_limit: "run the command again later, or check the account's limits in the app",
  certificate: 'check the API URL, or set NODE_EXTRA_CA_CERTS if a private authority signed the certificate',
  proxy_login: 'set the user and password in the proxy URL (HTTPS_PROXY or HTTP_PROXY)',
  proxy_rules: "check the proxy's rules",
  not_json: `${CHECK_URL} and any proxy in between`,
  wrong_answer: CHECK_URL,
  token_refused: `set EXTRUCT_API_TOKEN to a valid token, from ${TOKENS_PAGE}`,
  local_token_refused: 'set EXTRUCT_API_TOKEN to the token of this service; a sandbox prints its own when it starts',
  plan_required: 'upgrade the plan in the app, and run the command again',
  payment_failed: 'fix the payment in the app, and run the command again',
  insufficient_credits: 'top up, or wait until the credits reset, and run the command again',
  payment_required: 'check the plan and the credits in the app, and run the command again',
  exhausted: 'run `extruct-task create` with a wider query: this task has no more candidates',
};

const FIXES_OF_REJECTED: Readonly<Record<Asked['kind'], string>> = {
  task: 'check the task and the API URL',
  resume: 'check the task, --more and the API URL',
  list: CHECK_URL,
  create: 'check the request and the API URL',
};

/** A command that can be pasted. `way` is what leads it to the same service, such as ` --api-url …`; empty if the environment does. */
export function commandOf(words: string, way: string): string {
  return `extruct-task ${words}${way}`;
}

const LIMITS = { timeout: '--timeout', retryFor: '--retry-for' } as const;

/** Why there is no answer, or why the watch ended before the task, and what to do; null where the task itself gives the reason. */
export function reasonOf(outcome: Outcome, asked: Asked, way: string): Reason | null {
  if ('reason' in outcome) return outcome.reason;
  const what = whatOf(outcome);
  if (what === null) return null;
  if (!('failure' in outcome)) {
    return { what: `${what} (--stall-timeout)`, fix: 'check the task in the app, or set a longer --stall-timeout' };
  }
  const { failure, gaveUp } = outcome;
  if (!gaveUp || 'attempts' in gaveUp) return { ...failure, what, fix: fixOf(failure, asked, way) };
  const flag = LIMITS[gaveUp.limit];
  return { ...failure, what: `${what}, longer than ${flag} allows`, fix: `run the command again later, or set a longer ${flag}` };
}

/** What to do about a failure; starts with a verb. */
export function fixOf({ problem, transient, lost, retryAfterMs }: Failure, asked: Asked, way: string): string {
  if (lost !== undefined) return fixOfLost(asked, way);
  // A request that could be repeated, but is sent only once: the user decides when to repeat it.
  if (!transient && (problem === 'rate_limit' || problem === 'outage'))
    return `run the command again ${retryAfterMs === undefined ? 'later' : `in ${formatDuration(retryAfterMs)}`}`;
  switch (problem) {
    case 'forbidden':
      return 'id' in asked ? "check that the token belongs to the task's workspace" : 'check the permissions of the token';
    case 'missing':
      return 'id' in asked ? "check the ID, and that the token belongs to the task's workspace" : CHECK_URL;
    case 'rejected':
      return FIXES_OF_REJECTED[asked.kind];
    default:
      return FIXES[problem];
  }
}

/** How to find out what became of a request whose answer was lost. */
function fixOfLost(asked: Asked, way: string): string {
  return asked.kind === 'resume'
    ? `run \`${commandOf(`get ${asked.id}`, way)}\` to see its target before you resume it again`
    : `run \`${commandOf('list', way)}\` to see whether the task exists before you create it again, or create it again with --reuse 1h`;
}

/** The command to go on with from a task that found too little; empty if there is nothing to do but read the results. */
export function nextCommand({ outcome, task, id }: Progress, way: string): string {
  if (!task || !outcome) return '';
  if (isSettling(task) && 'unscored' in outcome) return commandOf(`watch ${id} --settle 10m`, way);
  if (outcome.kind === 'failed') return commandOf(`create --like ${id}`, way);
  if (outcome.kind === 'exhausted') return commandOf(`create --like ${id} '${WIDER_QUERY}'`, way);
  return outcome.kind === 'done' && task.funnel.highFit < task.target ? commandOf(`resume ${id}`, way) : '';
}

/**
 * The same in a clause, with what it is for. `way` is null if the task is gone with the command, as in the demo, and no other
 * command can do anything about it.
 */
export function nextWords(progress: Progress, way: string | null): string {
  const command = way === null ? '' : nextCommand(progress, way);
  if (command === '') return '';
  if (progress.task && isSettling(progress.task)) return `run \`${command}\` to wait for the rest to be scored`;
  switch (progress.outcome?.kind) {
    case 'failed':
      return `check the error above, and run \`${command}\` to try again, which costs credits`;
    case 'exhausted':
      return `search wider, which costs credits, with your own query between the quotes: \`${command}\``;
    default:
      return `run \`${command}\` to find more, which costs credits`;
  }
}

/** What `get` says about a task that is still being scored: its result can still change. */
export function scoringWords(task: TaskSnapshot, way: string): string {
  const candidates = counted(unscoredIn(task), 'candidate is', 'candidates are');
  return `The sources are exhausted, and ${candidates} still to be scored; run \`${commandOf(`watch ${task.id}`, way)}\` to wait for the scores`;
}
