import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { wireTask } from '../support/tasks.ts';

/** How a task of the soak ends, and when: milliseconds after the start. */
export interface Plan {
  readonly endsAt: number;
  readonly ending: Readonly<Record<string, unknown>>;
}

/** The requests of all tasks that are answered within a second; the rest are refused. */
const RATE_LIMIT = 400;

/** A service that fails one answer in five, in turn in each of its ways, limits the rate, and can be taken down and up again. */
export async function startUnreliable(plans: ReadonlyMap<string, Plan>) {
  const startedAt = performance.now();
  const underWay = new Set<string>();
  const sockets = new Set<Socket>();
  const overlaps: string[] = [];
  let answers = 0;
  let failures = 0;
  let refused = 0;
  let second = { from: startedAt, answers: 0 };
  let usedUpUntil = 0;
  const isOverLimit = () => {
    const now = performance.now();
    if (now - second.from >= 1000) second = { from: now, answers: 0 };
    second.answers += 1;
    return now < usedUpUntil || second.answers > RATE_LIMIT;
  };
  const server = createServer((request, response) => {
    const id = request.url?.split('/').at(-1) ?? '';
    if (underWay.has(id)) overlaps.push(id);
    underWay.add(id);
    response.once('close', () => underWay.delete(id));
    if (isOverLimit()) {
      refused += 1;
      return void response.writeHead(429, { 'retry-after': '1' }).end('{"detail":"Rate limit"}');
    }
    answers += 1;
    const fault = answers % 5 === 0 ? FAULTS[failures++ % FAULTS.length] : undefined;
    if (fault) fault(request, response);
    else answer(response, taskAt(id, performance.now() - startedAt, plans.get(id)));
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  const listen = (port: number) => new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  await listen(0);
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    overlaps,
    counts: () => ({ answers, failures, refused }),
    /** Somebody else uses up the rate for so long, in milliseconds. */
    useUp(ms: number) {
      usedUpUntil = performance.now() + ms;
    },
    /** Breaks all connections, and goes on. */
    cut() {
      for (const socket of sockets) socket.resetAndDestroy();
    },
    async down() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
    up: () => listen(port),
  };
}

type Fault = (request: IncomingMessage, response: ServerResponse) => void;

const FAULTS: readonly Fault[] = [
  (_request, response) => void response.writeHead(502, { 'content-type': 'text/html' }).end('<h1>Bad Gateway</h1>'),
  (request) => void request.socket.resetAndDestroy(),
  (_request, response) => void response.writeHead(200).end('<html>Log in</html>'),
  (request) => void request.socket.end('HTTP/1.1 200 OK\r\ncontent-length: 500\r\n\r\n{"id":'),
  (_request, response) => void response.writeHead(503).end(),
];

function answer(response: ServerResponse, task: Readonly<Record<string, unknown>>): void {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(task));
}

/** Counters that move until the end comes, so that there is always something to tell. Then all that was found is scored. */
function taskAt(id: string, atMs: number, plan: Plan | undefined): Record<string, unknown> {
  const isOver = plan !== undefined && atMs >= plan.endsAt;
  const found = Math.floor((isOver ? plan.endsAt : atMs) / 1000);
  const running = { id, num_results_discovered: found * 4, num_results_enriched: found * 2, num_results_evaluated: found };
  const ended = isOver ? { ...plan.ending, num_results_evaluated: found * 2 } : {};
  return wireTask({ ...running, num_results: Math.floor(found / 20), ...ended });
}
