import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { WireTask } from '../core/wire-task.ts';
import type { Fault } from './plans.ts';
import { SCENARIO_NAMES, type Scenario, scenarioOf } from './scenario.ts';

/** The token that the simulated API takes. No secret: it opens nothing. */
export const SANDBOX_TOKEN = 'sandbox';

interface SandboxOptions {
  /** 0 for any free port. */
  readonly port: number;
  /** How many seconds of a task pass in a second. */
  readonly speed: number;
  /** Monotonic milliseconds. */
  readonly now: () => number;
  /** Told of each request and what became of it. */
  readonly onRequest?: (line: string) => void;
}

interface Sandbox {
  readonly url: URL;
  close(): Promise<void>;
}

/** A task that somebody has asked for: its time runs from the first request. */
interface RunningTask {
  readonly scenario: Scenario;
  readonly startedAt: number;
  requests: number;
}

const LIST_PATH = '/v1/discovery_tasks';
const TASK_PATH = /^\/v1\/discovery_tasks\/([^/]+)$/;

/** Serves the simulated API on loopback. Where the port cannot be had, gives the system's word for why, such as EADDRINUSE. */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox | { readonly refused: string }> {
  const tasks = new Map<string, RunningTask>();
  const server = createServer((request, response) => {
    const outcome = answer(request, response, tasks, options);
    options.onRequest?.(`${request.method} ${request.url} ${outcome}`);
  });
  const refused = await new Promise<string | null>((resolve) => {
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    server.listen(options.port, '127.0.0.1', () => resolve(null));
  });
  if (refused !== null) return { refused };
  const { port } = server.address() as AddressInfo;
  return {
    url: new URL(`http://127.0.0.1:${port}`),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Answers one request; returns what it answered, for the log. */
function answer(
  request: IncomingMessage,
  response: ServerResponse,
  tasks: Map<string, RunningTask>,
  options: SandboxOptions,
): string {
  const [path = '', query = ''] = (request.url ?? '').split('?');
  const id = TASK_PATH.exec(path)?.[1];
  if (id === undefined && path !== LIST_PATH) return reply(response, 404, { detail: 'Not Found' });
  if (request.method !== 'GET') return reply(response, 405, { detail: 'Method Not Allowed' });
  if (request.headers.authorization !== `Bearer ${SANDBOX_TOKEN}`)
    return reply(response, 401, { detail: 'Invalid or missing token' });
  if (id === undefined) return reply(response, 200, listTasks(new URLSearchParams(query), tasks, options));
  const task = tasks.get(id) ?? startTask(id, tasks, options.now());
  if (!task) return reply(response, 404, { detail: 'Discovery task not found' });
  task.requests += 1;
  const fault = task.scenario.fault(task.requests);
  if (fault) return misbehave(fault, request, response);
  return reply(response, 200, stateOf(task, options));
}

function stateOf(task: RunningTask, { now, speed }: SandboxOptions): WireTask {
  return task.scenario.task((now() - task.startedAt) * speed);
}

/** The tasks that were asked for, newest first, and one of each scenario, so that there is something to choose from. */
function listTasks(query: URLSearchParams, tasks: Map<string, RunningTask>, options: SandboxOptions): WireTask[] {
  for (const name of SCENARIO_NAMES) if (!tasks.has(name)) startTask(name, tasks, options.now());
  const offset = Number(query.get('offset') ?? 0);
  const limit = Number(query.get('limit') ?? 20);
  const newestFirst = [...tasks.values()].reverse();
  return newestFirst.slice(offset, offset + limit).map((task) => stateOf(task, options));
}

function startTask(id: string, tasks: Map<string, RunningTask>, now: number): RunningTask | undefined {
  const scenario = scenarioOf(id, new Date());
  if (!scenario) return undefined;
  const task = { scenario, startedAt: now, requests: 0 };
  tasks.set(id, task);
  return task;
}

function misbehave(fault: Fault, request: IncomingMessage, response: ServerResponse): string {
  switch (fault) {
    case 'reset':
      request.socket.resetAndDestroy();
      return 'reset';
    case 'bad_gateway':
      response.writeHead(502, { 'content-type': 'text/html' }).end('<html><body><h1>502 Bad Gateway</h1></body></html>');
      return '502';
    case 'rate_limited':
      response.setHeader('retry-after', '1');
      return reply(response, 429, { detail: 'Too Many Requests' });
  }
}

function reply(response: ServerResponse, status: number, body: object): string {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  return String(status);
}
