import type { Context } from '../../cli/command.ts';
import type { Candidate } from '../../cli/complete.ts';
import { answersNames } from '../../client/name-service.ts';
import { LONGEST_TIMER_MS } from '../../core/clock.ts';
import { createGate } from '../../core/gate.ts';
import { isTaskId, LAST } from '../../core/task-reference.ts';
import { connect } from '../session/connect.ts';
import { type Access, readSettings } from '../session/settings.ts';
import { readToken } from '../session/token.ts';

/** How many of the newest tasks are offered. */
const NEWEST = 20;

/** Room for a query beside its id, in columns. */
const QUERY_COLUMNS = 60;

/** When the answer has to be there, in milliseconds from the start of the process. Of half a second the rest is the shell's. */
const DEADLINE_MS = 420;

/** A line that is being typed has no say in where the token is sent. */
const BY_ENVIRONMENT = {
  tokenFile: null,
  apiUrl: null,
  insecureHttp: false,
  insecureDebug: false,
  timeout: null,
  requestTimeout: LONGEST_TIMER_MS,
  retryFor: 0,
  quiet: true,
  verbose: false,
  color: false,
  noColor: true,
  ascii: false,
};

/** The newest tasks, and what stands for the newest of them; none where a command would send nothing. */
export async function newestTasks(context: Context): Promise<Candidate[]> {
  const token = await readToken(undefined, context.host, () => {});
  if (!token.ok || token.value === '') return [];
  const settings = readSettings(BY_ENVIRONMENT, context.host);
  if (!settings.ok) return [];
  const tasks = await fetchNewest({ settings: settings.value, token: token.value, gate: createGate(context.host) }, context);
  const newest = tasks.length > 0 ? [{ value: LAST, description: 'the newest task' }] : [];
  return [...newest, ...tasks.map(({ id, query }) => ({ value: id, description: query }))];
}

/** The newest tasks' IDs, newest first, each with its query; empty if they do not arrive in time. It writes no messages. */
async function fetchNewest(access: Access, context: Context): Promise<{ id: string; query: string }[]> {
  const { clock, startedAt } = context.host;
  const left = () => startedAt + DEADLINE_MS - clock.now();
  const { apiUrl, proxy } = access.settings;
  if (!(await answersNames((proxy ?? apiUrl).hostname, left())) || left() <= 0) return [];
  const settings = { ...access.settings, requestTimeoutMs: left(), verbose: false };
  const { fetchTasks } = await connect({ ...access, settings }, context);
  const asking = fetchTasks({ offset: 0, limit: NEWEST }, new AbortController().signal);
  // To load what measures text takes as long as a request does; so they go side by side.
  const { cut } = await import('../../render/format.ts');
  const newest = await asking;
  if (!newest.ok) return [];
  return newest.value.items
    .filter(({ id }) => isTypeable(id))
    .map(({ id, query }) => ({ id, query: cut(query ?? '', QUERY_COLUMNS) }));
}

/** Whether a user can type the ID as it is: not if it is invalid, looks like an option, or would become a path in the shell. */
function isTypeable(id: string): boolean {
  return isTaskId(id) && !/^[-~]/.test(id);
}
