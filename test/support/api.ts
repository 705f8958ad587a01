import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket, Server as TcpServer } from 'node:net';
import { onTestFinished } from 'vitest';
import type { Clock } from '../../src/core/clock.ts';
import type { FakeClock } from './fake-clock.ts';
import { wireTask } from './tasks.ts';

/** What the API does with one request. */
export type Reply = (request: IncomingMessage, response: ServerResponse) => void;

export interface Api {
  readonly url: string;
  /** When each request arrived (ms, on the API's clock), by which method, for which path, with which headers and body. */
  readonly requests: readonly Received[];
  /** The most requests that were under way at a time. */
  readonly mostAtOnce: () => number;
  /** The replies to the next requests in order, for this id or for any; the last one stays. */
  replies(...replies: readonly Reply[]): void;
  repliesTo(id: string, ...replies: readonly Reply[]): void;
}

interface Received {
  readonly at: number;
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  /** As far as it has come. */
  body: string;
}

/** Starts an API on loopback that does as the test says, until the test is over. Requests are noted by its clock. */
export async function startApi(clock: Pick<Clock, 'now'> = performance): Promise<Api> {
  const requests: Received[] = [];
  const scripts = new Map<string, readonly Reply[]>();
  const asked = new Map<string, number>();
  let underWay = 0;
  let most = 0;
  const server = createServer((request, response) => {
    const { method = '', url: path = '', headers } = request;
    const received: Received = { at: clock.now(), method, path, headers, body: '' };
    requests.push(received);
    request.on('data', (chunk) => {
      received.body += String(chunk);
    });
    underWay += 1;
    most = Math.max(most, underWay);
    response.once('close', () => {
      underWay -= 1;
    });
    const id = request.url?.split('/').at(-1) ?? '';
    const key = scripts.has(id) ? id : '*';
    const replies = scripts.get(key) ?? [task({ id })];
    const nth = asked.get(key) ?? 0;
    asked.set(key, nth + 1);
    replies[Math.min(nth, replies.length - 1)]?.(request, response);
  });
  const script = (key: string, replies: readonly Reply[]) => {
    scripts.set(key, replies);
    asked.delete(key);
  };
  return {
    url: await listen(server),
    requests,
    mostAtOnce: () => most,
    replies: (...replies) => script('*', replies),
    repliesTo: (id, ...replies) => script(id, replies),
  };
}

/** Listens on a free port of loopback until the test is over; gives the origin. */
export async function listen(server: TcpServer | Server, host = '127.0.0.1'): Promise<string> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => sockets.add(socket));
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const name = host.includes(':') ? `[${host}]` : host;
  return `http://${name}:${(server.address() as AddressInfo).port}`;
}

/** A task object, with changes to it. */
export function task(changes: Readonly<Record<string, unknown>> = {}): Reply {
  return (request, response) => {
    const id = request.url?.split('/').at(-1);
    body(200, JSON.stringify(wireTask({ id, ...changes })))(request, response);
  };
}

/** A page of results, as the request's offset and limit say, with the task that they are of; it counts them all, unless said otherwise. */
export function results(companies: readonly unknown[], changes: Readonly<Record<string, unknown>> = {}): Reply {
  return (request, response) => {
    const [path = '', query = ''] = (request.url ?? '').split('?');
    const id = path.split('/').at(-2);
    const page = pageOf(companies, query);
    const counts = { num_results_evaluated: companies.length, num_results: companies.length };
    body(200, JSON.stringify({ ...wireTask({ id, ...counts, ...changes }), results: page }))(request, response);
  };
}

/** A page of a list of tasks, as the request's offset and limit say. */
export function list(tasks: readonly unknown[]): Reply {
  return (request, response) => {
    body(200, JSON.stringify(pageOf(tasks, request.url?.split('?')[1] ?? '')))(request, response);
  };
}

function pageOf(items: readonly unknown[], query: string): readonly unknown[] {
  const asked = new URLSearchParams(query);
  const offset = Number(asked.get('offset'));
  return items.slice(offset, offset + Number(asked.get('limit')));
}

/** Any body with any status. */
export function body(status: number, text: string | Buffer, headers: Readonly<Record<string, string>> = {}): Reply {
  return (_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(text);
  };
}

/** An error as FastAPI words it, by a server that means ill: it tries to clear the screen, and echoes the token. */
export function error(status: number, headers: Readonly<Record<string, string>> = {}): Reply {
  return (request, response) => {
    const detail = `detail of ${status} \u001b[2J\u202e ${request.headers.authorization}`;
    body(status, JSON.stringify({ detail }), headers)(request, response);
  };
}

/** A redirect. */
export function redirect(status: number, location: string): Reply {
  return body(status, '', { location });
}

/** Breaks the connection in place of an answer. */
export const reset: Reply = (request) => {
  request.socket.resetAndDestroy();
};

/** Takes the request and never answers. */
export const silence: Reply = () => {};

/** Takes the request and never answers, while `ms` go by on the program's clock. */
export function silenceFor(ms: number, clock: FakeClock): Reply {
  return () => void clock.passes(ms);
}

/** Answers with another reply, `ms` later. */
export function slowly(ms: number, reply: Reply): Reply {
  return (request, response) => void setTimeout(() => reply(request, response), ms);
}

/** Writes bytes as they are and closes: an answer that breaks the rules of HTTP. */
export function raw(bytes: string): Reply {
  return (request) => {
    request.socket.end(bytes);
  };
}
