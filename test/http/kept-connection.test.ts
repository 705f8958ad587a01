import { createServer, type Socket } from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createClient } from '../../src/client/client.ts';
import type { Exchange } from '../../src/client/http.ts';
import { systemClock } from '../../src/system-clock.ts';
import { listen, task } from '../support/api.ts';
import { startProxy } from '../support/proxy.ts';
import { run, runBinary, TOKEN } from '../support/run.ts';
import { ENDED, wireTask } from '../support/tasks.ts';
import { CERTIFICATE, startTlsApi } from '../support/tls.ts';

/*
 * A connection that was kept may be broken just as the next request leaves: the server, or something in between, gave it up at that
 * moment. A GET goes out again at once, on a fresh one; a POST never does.
 */

/** What the server does with one request: its bytes have come, all of them. */
type Act = (socket: Socket, path: string) => void;

const answers =
  (changes: Readonly<Record<string, unknown>> = {}): Act =>
  (socket, path) => {
    const json = JSON.stringify(wireTask({ id: path.split('/').at(-1), ...changes }));
    socket.write(`HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${json.length}\r\n\r\n${json}`);
  };
const done = answers(ENDED.done);
const resets: Act = (socket) => void socket.resetAndDestroy();
const ends: Act = (socket) => void socket.end();
const begins: Act = (socket) => void socket.write('HTTP/1.1 200 OK\r\ncontent-ty', () => socket.end());

/** A server of bare sockets that does as the test says: for each connection its acts, request by request. */
async function startServer(...script: readonly (readonly Act[])[]) {
  const connections: string[][] = [];
  const server = createServer((socket) => {
    const acts = script[Math.min(connections.length, script.length - 1)] ?? [];
    const asked: string[] = [];
    connections.push(asked);
    socket.on('error', () => {});
    let text = '';
    socket.on('data', (chunk) => {
      text += String(chunk);
      if (!text.includes('\r\n\r\n')) return;
      const [method = '', path = ''] = text.split(' ');
      text = '';
      asked.push(method);
      acts[asked.length - 1]?.(socket, path);
    });
  });
  return { url: await listen(server), connections };
}

async function clientOf(url: string, requestTimeoutMs = 10_000) {
  const exchanges: Exchange[] = [];
  const client = await createClient({
    apiUrl: new URL(url),
    token: TOKEN,
    requestTimeoutMs,
    proxy: null,
    userAgent: 'test',
    clock: systemClock,
    onExchange: (exchange) => exchanges.push(exchange),
  });
  return { client, exchanges };
}

const never = new AbortController().signal;
/** What a failure looks like on standard error. */
const TOLD = /running: |ECONNRESET|attempt=2/;
const WATCH = ['watch', 'task-1', '--interval', '100ms', '-v', '--progress', 'plain'];

afterEach(() => {
  vi.useRealTimers();
});

describe('a GET whose kept connection breaks before anything of an answer', () => {
  it.each([
    ['is reset', resets],
    ['is closed', ends],
  ])('goes out again on one fresh connection, and is no failure: it %s', async (_how, breaks) => {
    const server = await startServer([answers(), breaks], [done]);
    const ran = await run(WATCH, { api: server });
    expect(ran.code).toBe(0);
    expect(ran.stderr).not.toMatch(TOLD);
    expect(server.connections).toEqual([['GET', 'GET'], ['GET']]);
  });

  it('fails as ever when the fresh connection breaks as well', async () => {
    const server = await startServer([answers(), resets], [resets], [done]);
    const ran = await run(WATCH, { api: server });
    expect(ran.code).toBe(0);
    expect(ran.stderr.match(/running: [^\n]* closed the connection attempt=1/g)).toHaveLength(1);
    expect(server.connections).toEqual([['GET', 'GET'], ['GET'], ['GET']]);
  });

  it('goes through a new tunnel where there is a proxy', async () => {
    const [server, proxy] = [await startServer([answers(), resets], [done]), await startProxy()];
    const ran = await run(WATCH, { api: server, env: { HTTP_PROXY: proxy.url } });
    expect(ran.code).toBe(0);
    expect(ran.stderr).not.toMatch(TOLD);
    expect(proxy.asked).toHaveLength(2);
    expect(server.connections).toEqual([['GET', 'GET'], ['GET']]);
  });

  it.each([
    ['', false],
    [' inside a proxy’s tunnel', true],
  ])('makes a new handshake where it was encrypted%s', async (_where, withProxy) => {
    const seen = new Set<Socket>();
    const port = await startTlsApi((request, response) => {
      const isKept = seen.has(request.socket);
      seen.add(request.socket);
      if (isKept) request.socket.destroy();
      else task(seen.size === 1 ? {} : ENDED.done)(request, response);
    });
    const env = { EXTRUCT_API_URL: `https://localhost:${port}`, NODE_EXTRA_CA_CERTS: CERTIFICATE };
    const proxied: Record<string, string> = withProxy ? { HTTPS_PROXY: (await startProxy()).url } : {};
    const ran = await runBinary(WATCH, { env: { ...env, ...proxied } });
    expect(ran.code).toBe(0);
    expect(ran.stderr).not.toMatch(TOLD);
    expect(seen.size).toBe(2);
  });

  it('goes out again as well where it had waited in a queue for the connection', async () => {
    let waiting: (() => void)[] = [];
    const together: Act = (socket, path) => {
      waiting.push(() => answers()(socket, path));
      if (waiting.length < 64) return;
      for (const answer of waiting) answer();
      waiting = [];
    };
    const firsts = Array.from({ length: 64 }, () => [together, resets]);
    const server = await startServer(...firsts, [done]);
    const { client } = await clientOf(server.url);
    const fetch = (id: string) => client.fetchTask(id, new AbortController().signal);
    const attempts = await Promise.all(Array.from({ length: 65 }, (_, number) => fetch(`task-${number}`)));
    expect(attempts.filter(({ ok }) => !ok)).toEqual([]);
    expect(server.connections).toHaveLength(65);
  });
});

describe('nothing goes out again', () => {
  it('that is a POST: whether it was heeded is not known', async () => {
    const server = await startServer([answers(), resets], [resets], [answers()]);
    const { client } = await clientOf(server.url);
    expect(await client.fetchTask('task-1', never)).toMatchObject({ ok: true });
    expect(await client.resumeTask('task-1', 1, never)).toMatchObject({
      ok: false,
      failure: { transient: false, lost: 'it is unknown whether the task was resumed' },
    });
    expect(server.connections).toEqual([['GET'], ['POST']]);
  });

  it('whose answer had begun', async () => {
    const server = await startServer([answers(), begins], [done]);
    const { client, exchanges } = await clientOf(server.url);
    await client.fetchTask('task-1', never);
    expect(await client.fetchTask('task-1', never)).toMatchObject({ ok: false, failure: { kind: 'unreachable' } });
    expect(server.connections).toEqual([['GET', 'GET']]);
    expect(exchanges).toHaveLength(2);
  });

  it('whose own connection broke: none was kept', async () => {
    const server = await startServer([resets], [done]);
    const { client } = await clientOf(server.url);
    expect(await client.fetchTask('task-1', never)).toMatchObject({ ok: false });
    expect(server.connections).toEqual([['GET']]);
  });

  it('whose time was up', async () => {
    const server = await startServer([answers(), () => vi.advanceTimersByTime(1000)], [done]);
    const { client } = await clientOf(server.url, 1000);
    await client.fetchTask('task-1', never);
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    expect(await client.fetchTask('task-1', never)).toMatchObject({
      failure: { what: expect.stringContaining('did not answer within 1s') },
    });
    expect(server.connections).toEqual([['GET', 'GET']]);
  });

  it('that was called off', async () => {
    const stop = new AbortController();
    const server = await startServer([answers(), () => stop.abort()], [done]);
    const { client } = await clientOf(server.url);
    await client.fetchTask('task-1', never);
    expect(await client.fetchTask('task-1', stop.signal)).toMatchObject({ ok: false });
    expect(server.connections).toEqual([['GET', 'GET']]);
  });
});

it('both tries share one time limit', async () => {
  const pass = (ms: number) => vi.advanceTimersByTime(ms);
  let arrive = () => {};
  const arrived = new Promise<void>((resolve) => {
    arrive = resolve;
  });
  const breaksLate: Act = (socket, path) => {
    pass(400);
    resets(socket, path);
  };
  const server = await startServer([answers(), breaksLate], [() => arrive()], [done]);
  const { client, exchanges } = await clientOf(server.url, 1000);
  await client.fetchTask('task-1', never);
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const second = client.fetchTask('task-1', never);
  await arrived;
  pass(599);
  await new Promise((resolve) => setImmediate(resolve));
  expect(exchanges).toHaveLength(1);
  pass(1);
  expect(await second).toMatchObject({ failure: { what: expect.stringContaining('did not answer within 1s') } });
  expect(server.connections).toEqual([['GET', 'GET'], ['GET']]);
});
