import { createServer, type Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { describe, expect, it, vi } from 'vitest';
import { body, listen, type Reply, raw, reset, silence, startApi, task } from '../support/api.ts';
import { expectCivil } from '../support/civil.ts';
import { nappingClock } from '../support/fake-clock.ts';
import { run, runBinary } from '../support/run.ts';
import { ENDED, wireTask } from '../support/tasks.ts';
import { stopTimers, tooLate } from '../support/time-limit.ts';
import { CERTIFICATE, EXPIRED_CERTIFICATE, startTlsApi } from '../support/tls.ts';

const done = task(ENDED.done);
const taskJson = JSON.stringify(wireTask(ENDED.done));
const ok = 'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n';
const half = gzipSync(taskJson).subarray(0, 60);

const BROKEN = 'closed the connection';
const NO_HTTP = 'sent something that is not HTTP';
const UNPACKED = 'sent a compressed answer that cannot be decompressed';
const LATE = 'did not answer within 700ms';
const UNTRUSTED = 'cannot be trusted';

const ONCE = ['--retry-for', '0', '--json'];
/** One request, and 700 ms for it, of timers that stand still: they are over when the server says so. */
const FLAGS = [...ONCE, '--request-timeout', '700ms'];

describe('the connection breaks, and the request is repeated while --retry-for lasts:', () => {
  it.each<readonly [fault: string, reply: Reply, sees: string]>([
    ['reset before the answer', reset, BROKEN],
    ['closed without a word', (_request, response) => response.destroy(), BROKEN],
    ['reset in the middle of the headers', raw('HTTP/1.1 200 OK\r\ncontent-ty'), BROKEN],
    ['reset in the middle of the body', resetAfter(`${ok}content-length: 5000\r\n\r\n{"id":`), BROKEN],
    ['the body cut short of its length', raw(`${ok}content-length: 5000\r\n\r\n${taskJson}`), BROKEN],
    ['the body cut in a chunk', raw(`${ok}transfer-encoding: chunked\r\n\r\n500\r\n${taskJson}`), BROKEN],
    ['the body cut inside gzip', packed(half), UNPACKED],
    ['not the gzip that it claims to be', packed(Buffer.from(taskJson)), UNPACKED],
    ['not HTTP at all', raw('SSH-2.0-OpenSSH_9.6\r\n'), NO_HTTP],
    ['HTTP/2, which was not asked for', raw('\0\0\x12\x04\0\0\0\0\0'), NO_HTTP],
    ['two lengths that differ', raw(`${ok}content-length: 5\r\ncontent-length: 9\r\n\r\n`), NO_HTTP],
    ['a length and chunks', raw(`${ok}content-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n`), NO_HTTP],
    ['a chunk of no size', raw(`${ok}transfer-encoding: chunked\r\n\r\nzz\r\n${taskJson}`), NO_HTTP],
    ['a header with a zero byte', raw(`${ok}x: a\0b\r\n\r\n${taskJson}`), NO_HTTP],
    ['another protocol that nobody asked for', raw(switching), 'switched to another protocol'],
    ['accepted and never answered', tooLate(700, silence), LATE],
    ['headers, and never a body', tooLate(700, (_request, response) => void response.writeHead(200).flushHeaders()), LATE],
    ['one byte every 100 ms', drips, LATE],
  ])('%s', async (_fault, reply, sees) => {
    stopTimers();
    const api = await startApi();
    api.replies(reply);
    const ran = await run(['get', 'task-1', ...FLAGS], { api });
    expect(ran).toMatchObject({ code: 1, stderr: expect.stringMatching(/^error: [^\n]+; check [^\n]+\n$/) });
    expect(ran.stderr).toContain(`${new URL(api.url).host} ${sees}`);
    expect(ran.json).toEqual([expect.objectContaining({ outcome: 'unreachable', exit_code: 1 })]);
    expectCivil(ran);

    api.replies(reply, done);
    const healed = await run(['get', 'task-1', '--json', '--request-timeout', '700ms'], { api, clock: nappingClock() });
    expect(healed).toMatchObject({ code: 0, stderr: expect.stringMatching(/^[^\n]+; trying again in 0\.[01]s \(try 2\)\n$/) });
  });

  it('a reset on a connection that was kept alive, and that is no failure: the request goes out again at once', async () => {
    const api = await startApi();
    const seen = new Set<Socket>();
    api.replies(task(), (request, response) => {
      if (seen.has(request.socket)) return reset(request, response);
      (seen.size > 0 ? done : task())(request, response);
      seen.add(request.socket);
    });
    const ran = await run(['watch', 'task-1', '--json', '--interval', '100ms'], { api, clock: nappingClock() });
    expect(ran).toMatchObject({ code: 0, stderr: expect.not.stringContaining(BROKEN) });
    expect(api.requests).toHaveLength(4);
    expectCivil(ran);
  });
});

describe('there is no connection:', () => {
  it.each<readonly [fault: string, env: () => Promise<Record<string, string>>, sees: string]>([
    ['refused', at(async () => 'http://127.0.0.1:1'), '127.0.0.1:1 refused the connection'],
    ['a name that nobody knows', at(async () => 'https://api.extruct.invalid'), 'api.extruct.invalid'],
    ['http spoken to a port of https', at(async () => `http://127.0.0.1:${await startTlsApi(done)}`), BROKEN],
    ['https spoken to a port of http', at(async () => (await startApi()).url.replace('http', 'https')), 'does not speak TLS'],
    ['TLS that is broken off', at(async () => (await startTcp((socket) => socket.end())).replace('http', 'https')), BROKEN],
    ['TLS that is never answered', at(async () => (await startTcp(lateBy700)).replace('http', 'https')), LATE],
    ['a certificate that nobody vouches for', at(startTls), `${UNTRUSTED} (DEPTH_ZERO_SELF_SIGNED_CERT)`],
    ['a certificate for another name', at(startTls, '127.0.0.1', CERTIFICATE), `${UNTRUSTED} (ERR_TLS_CERT_ALTNAME_INVALID)`],
    ['a certificate that has expired', at(startExpiredTls, 'localhost', EXPIRED_CERTIFICATE), `${UNTRUSTED} (CERT_HAS_EXPIRED)`],
  ])('%s', async (_fault, env, sees) => {
    stopTimers();
    const given = await env();
    // Whom else to trust a process is told when it starts.
    const isTrusting = 'NODE_EXTRA_CA_CERTS' in given;
    const watch = ['watch', 'task-1', '--quiet'];
    const ran = await (isTrusting ? runBinary([...watch, ...ONCE], { env: given }) : run([...watch, ...FLAGS], { env: given }));
    expect(ran).toMatchObject({ code: 1, stderr: expect.stringMatching(/^error: [^\n]+; check [^\n]+\n$/) });
    expect(ran.stderr).toContain(sees);
    expect(ran.json).toEqual([expect.objectContaining({ outcome: 'unreachable', exit_code: 1 })]);
    expectCivil(ran);
  });
});

describe('the proxy that is asked to connect', () => {
  const USER = 'http://me:hush@127.0.0.1';
  const says = (status: string) => `HTTP/1.1 ${status}\r\ncontent-length: 0\r\n\r\n`;

  it.each<readonly [fault: string, answer: ((socket: Socket) => void) | string, sees: string, outcome: string]>([
    ['refuses', says('403 Forbidden'), 'refused to connect to localhost:1 (403)', 'rejected'],
    ['wants a user', says('407 Proxy Authentication Required'), 'refused to connect to localhost:1 (407)', 'rejected'],
    ['answers 401, which is not the API’s', says('401 Unauthorized'), 'refused to connect to localhost:1 (401)', 'rejected'],
    ['answers 404, which is not the API’s', says('404 Not Found'), 'refused to connect to localhost:1 (404)', 'rejected'],
    ['cannot reach it', says('502 Bad Gateway'), 'could not connect to localhost:1 (502)', 'unreachable'],
    ['is too busy', says('503 Service Unavailable'), 'could not connect to localhost:1 (503)', 'unreachable'],
    ['closes', (socket) => socket.end(), BROKEN, 'unreachable'],
    ['speaks no HTTP', 'hello\r\n\r\n', NO_HTTP, 'unreachable'],
    ['answers with a page of its own', `${ok}\r\n<html>Log in</html>`, BROKEN, 'unreachable'],
    ['never answers', lateBy700, LATE, 'unreachable'],
  ])('%s', async (_fault, answer, sees, outcome) => {
    const port = new URL(await startTcp(typeof answer === 'string' ? (socket) => socket.end(answer) : answer)).port;
    const env = { EXTRUCT_API_URL: 'https://localhost:1', HTTPS_PROXY: `${USER}:${port}` };
    stopTimers();
    const ran = await run(['get', 'task-1', ...FLAGS, '-v'], { env });
    expect(ran).toMatchObject({ code: 1, stderr: expect.stringMatching(/\nerror: [^\n]+; (?:check|set) [^\n]+\n$/) });
    expect(ran.stderr).toContain(sees);
    expect(ran.stderr).toMatch(new RegExp(`proxy 127\\.0\\.0\\.1:${port}`));
    expect(ran.json).toEqual([expect.objectContaining({ outcome, exit_code: 1 })]);
    expect(ran.stderr).not.toContain('hush');
    expectCivil(ran);
  });
});

const switching = 'HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n';

function resetAfter(bytes: string): Reply {
  return ({ socket }) => void socket.write(bytes, () => setImmediate(() => socket.resetAndDestroy()));
}

function packed(bytes: Buffer): Reply {
  return body(200, bytes, { 'content-encoding': 'gzip', 'content-length': String(bytes.length) });
}

function drips(...[_request, response]: Parameters<Reply>): void {
  response.writeHead(200);
  const drip = () => {
    if (response.destroyed) return;
    response.write(' ');
    vi.advanceTimersByTime(100);
    setImmediate(drip);
  };
  drip();
}

function lateBy700(): void {
  vi.advanceTimersByTime(700);
}

/** Takes connections on a free port, and does with each as the test says once something was sent on it. */
function startTcp(answer: (socket: Socket) => void): Promise<string> {
  const server = createServer((socket) => {
    socket.on('error', () => {});
    socket.once('data', () => answer(socket));
  });
  return listen(server);
}

const startTls = async () => `https://localhost:${await startTlsApi(done)}`;
const startExpiredTls = async () => `https://localhost:${await startTlsApi(done, EXPIRED_CERTIFICATE)}`;

/** The environment that points the program at an API, by another name where one is given, with a certificate to trust. */
function at(start: () => Promise<string>, host?: string, trusted?: string): () => Promise<Record<string, string>> {
  return async () => {
    const url = new URL(await start());
    if (host !== undefined) url.hostname = host;
    return { EXTRUCT_API_URL: url.origin, ...(trusted === undefined ? {} : { NODE_EXTRA_CA_CERTS: trusted }) };
  };
}
