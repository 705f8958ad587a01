import { onTestFinished } from 'vitest';
import type { WireResults } from '../../src/core/wire-result.ts';
import type { WireTask } from '../../src/core/wire-task.ts';
import { SANDBOX_TOKEN, startSandbox } from '../../src/sandbox/server.ts';

const TASKS = '/v1/discovery_tasks';

/** Opens a simulated API whose clock stands still until it is told otherwise. It closes with the test. */
export async function openSandbox({ speed = 1 } = {}) {
  let now = 0;
  const log: string[] = [];
  const sandbox = await startSandbox({ port: 0, speed, now: () => now, onRequest: (line) => log.push(line) });
  if ('refused' in sandbox) throw new Error(sandbox.refused);
  const { url, close } = sandbox;
  onTestFinished(close);

  const send = (path: string, init: RequestInit = {}) =>
    fetch(new URL(path, url), { headers: { authorization: `Bearer ${SANDBOX_TOKEN}` }, ...init });

  async function ask(path: string, init?: RequestInit): Promise<[status: number, body: unknown]> {
    const response = await send(path, init);
    return [response.status, await response.json()];
  }

  /** What an answer of 200 holds. */
  async function get<T>(path: string, init?: RequestInit): Promise<T> {
    const [status, body] = await ask(path, init);
    if (status !== 200) throw new Error(`${path} answered ${status}: ${JSON.stringify(body)}`);
    return body as T;
  }

  return {
    url,
    log,
    send,
    ask,
    post: (path: string, body: unknown) => ask(path, posted(body)),
    list: (query = '') => get<WireTask[]>(`${TASKS}${query}`),
    task: (id: string) => get<WireTask>(`${TASKS}/${id}`),
    results: (id: string, query = '') => get<WireResults>(`${TASKS}/${id}/results${query}`),
    create: (body: object) => get<WireTask>(TASKS, posted(body)),
    resume: (id: string, more: number) => get<WireTask>(`${TASKS}/${id}/resume`, posted({ desired_new_results: more })),
    /** Lets milliseconds pass. */
    passes(ms: number) {
      now += ms;
    },
  };
}

/** A request that sends this body: JSON, or text as it is. */
function posted(body: unknown): RequestInit {
  return { method: 'POST', body: typeof body === 'string' ? body : JSON.stringify(body) };
}
