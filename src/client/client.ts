import type { Attempt, Reading } from '../core/attempt.ts';
import type { ResultsPage } from '../core/found.ts';
import type { Page } from '../core/pages.ts';
import type { FetchTask } from '../core/poll.ts';
import type { TaskSnapshot } from '../core/task.ts';
import { isTaskId } from '../core/task-reference.ts';
import { type Account, parseAccount } from './account.ts';
import { notWanted, otherTask } from './failures.ts';
import { createHttp, type HttpOptions, type Known } from './http.ts';
import type { ParsedJson } from './mend-json.ts';
import { sentOnce } from './once.ts';
import type { Refusals } from './refusals.ts';
import { parseResults } from './results-schema.ts';
import { parseTask, parseTasks } from './task-schema.ts';

/** Which part of a list: from item `offset` on (0 is the first), at most `limit` items. */
interface Part {
  readonly offset: number;
  readonly limit: number;
}

/** The endpoints that are used. None rejects; each asks once. */
export interface Client {
  /** `GET /v1/discovery_tasks/{task_id}`. */
  readonly fetchTask: FetchTask;
  /** `GET /v1/discovery_tasks`: the workspace's tasks, newest first. */
  readonly fetchTasks: (part: Part, signal: AbortSignal) => Promise<Attempt<Page<TaskSnapshot>>>;
  /** `GET /v1/discovery_tasks/{task_id}/results`: companies, by relevance. */
  readonly fetchResults: (id: string, part: Part, signal: AbortSignal) => Promise<Attempt<ResultsPage>>;
  /** `GET /v1/billing`, which is not documented: the account that the token belongs to. */
  readonly fetchAccount: (signal: AbortSignal) => Promise<Attempt<Account>>;
  /** `POST /v1/discovery_tasks` with a JSON body: a new task. A failure is transient only where nothing was sent. */
  readonly createTask: (body: string, signal: AbortSignal) => Promise<Attempt<TaskSnapshot>>;
  /** `POST /v1/discovery_tasks/{task_id}/resume`: asks for `more` additional results. Fails as `createTask` does. */
  readonly resumeTask: (id: string, more: number, signal: AbortSignal) => Promise<Attempt<TaskSnapshot>>;
}

/** The path of requests, after the API's address. */
export const TASKS_PATH = '/v1/discovery_tasks';

/** Makes the API's client. */
export async function createClient(options: HttpOptions): Promise<Client> {
  const ask = await createHttp(options);
  // The newest answer of each task.
  const known = new Map<string, Known<TaskSnapshot>>();
  return {
    async fetchTask(id, signal) {
      const read = (json: ParsedJson, status: number) => readTask(json, status, id);
      const attempt = await ask({ path: `${TASKS_PATH}/${id}`, refusals: ofOneTask(id), read, known: known.get(id) }, signal);
      if (attempt.known) known.set(id, attempt.known);
      return attempt;
    },
    fetchTasks: (part, signal) =>
      ask({ path: `${TASKS_PATH}?${queryOf(part)}`, refusals: OF_WORKSPACE, read: readTasks }, signal),
    fetchResults(id, part, signal) {
      const read = (json: ParsedJson, status: number) => readResults(json, status, id);
      return ask({ path: `${TASKS_PATH}/${id}/results?${queryOf(part)}`, refusals: ofOneTask(id), read }, signal);
    },
    fetchAccount: (signal) => ask({ path: '/v1/billing', refusals: OF_WORKSPACE, read: readAccount }, signal),
    async createTask(body, signal) {
      const created = await ask({ path: TASKS_PATH, body, refusals: OF_WORKSPACE, read: readCreated }, signal);
      return sentOnce(created, 'it is unknown whether the task was created');
    },
    async resumeTask(id, more, signal) {
      const body = JSON.stringify({ desired_new_results: more });
      const read = (json: ParsedJson, status: number) => readTask(json, status, id);
      const refusals = { ...ofOneTask(id), tellsExhausted: true };
      const resumed = await ask({ path: `${TASKS_PATH}/${id}/resume`, body, refusals, read }, signal);
      return sentOnce(resumed, 'it is unknown whether the task was resumed');
    },
  };
}

/** What a refusal means where one task is asked for. */
function ofOneTask(id: string): Refusals {
  return { missing: `Task ${id} was not found in this workspace`, forbidden: 'The token has no access to the task' };
}

/** What a refusal means where no task is asked for: a 404 then says that the address is wrong. */
const OF_WORKSPACE: Refusals = {
  missing: 'The API is not at this address',
  forbidden: "The token has no access to the workspace's tasks",
};

function queryOf({ offset, limit }: Part): string {
  return `offset=${offset}&limit=${limit}`;
}

function readTask(json: ParsedJson, status: number, id: string): Reading<TaskSnapshot> {
  return ofTask(parseTask(json), (task) => task, 'a task', status, id);
}

function readResults(json: ParsedJson, status: number, id: string): Reading<ResultsPage> {
  return ofTask(parseResults(json), ({ task }) => task, 'a task with its results', status, id);
}

/** What was read, if it belongs to the task that was asked for. FastAPI accepts UUIDs in either case and answers in lower case. */
function ofTask<T>(value: T | null, taskOf: (value: T) => TaskSnapshot, wanted: string, status: number, id: string): Reading<T> {
  if (value === null) return { ok: false, failure: notWanted(status, wanted) };
  const got = taskOf(value).id;
  return got.toLowerCase() === id.toLowerCase() ? { ok: true, value } : { ok: false, failure: otherTask(status, id, got) };
}

/** A new task's ID is passed on to other commands: an ID that they would refuse is not accepted here. */
function readCreated(json: ParsedJson, status: number): Reading<TaskSnapshot> {
  const task = parseTask(json);
  return task && isTaskId(task.id) ? { ok: true, value: task } : { ok: false, failure: notWanted(status, 'a task') };
}

function readAccount(json: ParsedJson, status: number): Reading<Account> {
  const account = parseAccount(json);
  return account ? { ok: true, value: account } : { ok: false, failure: notWanted(status, 'an account') };
}

function readTasks(json: ParsedJson, status: number): Reading<Page<TaskSnapshot>> {
  const tasks = parseTasks(json);
  return tasks ? { ok: true, value: tasks } : { ok: false, failure: notWanted(status, 'a list of tasks') };
}
