import type { FetchTask } from '../core/poll.ts';
import type { TaskSnapshot } from '../core/task.ts';
import { notTask, otherTask } from './failures.ts';
import { createHttp, type HttpOptions, type Known, type Reading } from './http.ts';
import type { ParsedJson } from './mend-json.ts';
import { parseTask } from './task-schema.ts';

/** The endpoints that are used. */
export interface Client {
  /** `GET /v1/discovery_tasks/{task_id}`. */
  readonly fetchTask: FetchTask;
  /** `GET /v1/discovery_tasks`: the newest tasks of the workspace, newest first. */
  readonly fetchRecent: (limit: number, signal: AbortSignal) => Promise<Reading<TaskSnapshot[]>>;
}

/** Makes the API's client. */
export async function createClient(options: HttpOptions): Promise<Client> {
  const ask = await createHttp(options);
  // The newest answer of each task.
  const known = new Map<string, Known<TaskSnapshot>>();
  return {
    async fetchTask(id, signal) {
      const read = (json: ParsedJson, status: number) => readTask(json, status, id);
      const missing = `There is no task ${id} in this workspace`;
      const reading = await ask({ path: `/v1/discovery_tasks/${id}`, missing, read, known: known.get(id) }, signal);
      const { startedAt } = reading;
      if (reading.known) known.set(id, reading.known);
      return reading.ok ? { ok: true, task: reading.value, startedAt } : { ok: false, failure: reading.failure, startedAt };
    },
    fetchRecent(limit, signal) {
      const missing = 'There is no list of tasks at this address';
      return ask({ path: `/v1/discovery_tasks?offset=0&limit=${limit}`, missing, read: readTasks }, signal);
    },
  };
}

function readTask(json: ParsedJson, status: number, id: string): Reading<TaskSnapshot> {
  const task = parseTask(json);
  if (task === null) return { ok: false, failure: notTask(status) };
  // FastAPI reads UUIDs in either case and answers in lower case.
  if (task.id.toLowerCase() !== id.toLowerCase()) return { ok: false, failure: otherTask(status, id, task.id) };
  return { ok: true, value: task };
}

/** A list is only chosen from: what in it is no task is left out. */
function readTasks({ value }: ParsedJson, status: number): Reading<TaskSnapshot[]> {
  if (!Array.isArray(value)) return { ok: false, failure: notTask(status) };
  return { ok: true, value: value.flatMap((item) => parseTask({ value: item, text: JSON.stringify(item) }) ?? []) };
}
