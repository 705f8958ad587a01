import { formatDuration } from '../core/duration.ts';
import type { Failure, Problem, Reason } from '../core/failure.ts';
import { isSettling, type Outcome, whatOf } from '../core/outcome.ts';
import type { Progress } from '../core/progress.ts';

/*
 * What the user of the command line reads when something went wrong: what happened, and what to do. The client tells the first half;
 * the second, and whatever names a command, a flag or a variable, is added here.
 */

/** What was asked for: one task, more results of it, the workspace's tasks, a new one. */
export type Asked = { readonly kind: 'task' | 'resume'; readonly id: string } | { readonly kind: 'list' | 'create' };

const CHECK_URL = 'check the API URL';

/** What to do where it does not matter what was asked for. */
const FIXES: Readonly<Record<Exclude<Problem, 'forbidden' | 'missing' | 'rejected'>, string>> = {
  outage: 'check the service and your connection, and run the command again',
  rate_limit: "run the command again later, or check the account's limits in the app",
  certificate: 'check the API URL, or set NODE_EXTRA_CA_CERTS if a private authority signed it',
  proxy_login: 'set its user and password in the variable that names it',
  proxy_rules: "check the proxy's rules",
  not_json: `${CHECK_URL} and any proxy in between`,
  wrong_answer: CHECK_URL,
  token_refused: 'set EXTRUCT_API_TOKEN to a valid token',
  plan_required: 'upgrade the plan in the app, and run the command again',
  payment_failed: 'fix the payment in the app, and run the command again',
  insufficient_credits: 'top up, or wait until the credits reset, and run the command again',
  payment_required: 'check the plan and the credits in the app, and run the command again',
  exhausted: 'run `extruct-task create` with a wider query: this task has no more candidates',
};

const FIXES_OF_REJECTED: Readonly<Record<Asked['kind'], string>> = {
  task: 'check the task and the API URL',
  resume: 'check the task, how many more results you ask for, and the API URL',
  list: CHECK_URL,
  create: 'check the request and the API URL',
};

const LIMITS = { timeout: '--timeout', retryFor: '--retry-for' } as const;

/** Why there is no answer, or no end that the task itself tells, and what to do; null where the task tells it. */
export function reasonOf(outcome: Outcome, asked: Asked): Reason | null {
  if ('reason' in outcome) return outcome.reason;
  const what = whatOf(outcome);
  if (what === null) return null;
  if (!('failure' in outcome)) {
    return { what: `${what} (--stall-timeout)`, fix: 'check the task in the app, or set a longer --stall-timeout' };
  }
  const { failure, gaveUp } = outcome;
  if (!gaveUp || 'attempts' in gaveUp) return { ...failure, what, fix: fixOf(failure, asked) };
  const flag = LIMITS[gaveUp.limit];
  return { ...failure, what: `${what}, longer than ${flag} allows`, fix: `run the command again later, or set a longer ${flag}` };
}

/** What to do about a failure; starts with a verb. */
export function fixOf({ problem, transient, lost, retryAfterMs }: Failure, asked: Asked): string {
  if (lost !== undefined) return fixOfLost(asked);
  // What could be repeated, but is sent only once: patience is the user's.
  if (!transient && (problem === 'rate_limit' || problem === 'outage'))
    return `run the command again ${retryAfterMs === undefined ? 'later' : `in ${formatDuration(retryAfterMs)}`}`;
  switch (problem) {
    case 'forbidden':
      return 'id' in asked ? "check that the token is of the task's workspace" : 'check what the token may do';
    case 'missing':
      return 'id' in asked ? 'check the id, and whose token is set' : CHECK_URL;
    case 'rejected':
      return FIXES_OF_REJECTED[asked.kind];
    default:
      return FIXES[problem];
  }
}

/** How to find out what became of a request whose answer was lost. */
function fixOfLost(asked: Asked): string {
  return asked.kind === 'resume'
    ? `run \`extruct-task get ${asked.id}\` to see its target, before you resume it again`
    : 'run `extruct-task list` to see whether it is there, before you create it again';
}

/** What a user may do next about a task that fell short, in a clause; empty where there is nothing to do but read the results. */
export function nextWords({ outcome, task, id }: Progress): string {
  if (task && isSettling(task) && outcome && 'unscored' in outcome)
    return `run \`extruct-task watch ${id} --settle 10m\` to wait longer for the rest to be scored`;
  if (outcome?.kind === 'failed') return 'check the error above, and create the task again';
  if (outcome?.kind === 'exhausted') return 'widen the query or the criteria: this one has no more candidates';
  const isShort = outcome?.kind === 'done' && task !== null && task.funnel.highFit < task.target;
  return isShort ? `resume the task in the app, or with \`extruct-task resume ${id}\`, to have it look for more` : '';
}
