import { describe, expect, it } from 'vitest';
import { createClient } from '../../src/client/client.ts';
import { systemClock } from '../../src/system-clock.ts';
import { body, error, type Reply, raw, redirect, reset, silence, silenceFor, startApi } from '../support/api.ts';
import { nappingClock, standingClock } from '../support/fake-clock.ts';
import { onPosix } from '../support/platform.ts';
import { run, runBinary, TOKEN } from '../support/run.ts';
import { wireTask } from '../support/tasks.ts';
import { stopTimers, tooLate } from '../support/time-limit.ts';
import { startTlsApi } from '../support/tls.ts';

/*
 * What costs credits is sent once: `create` and `resume` through everything that can befall a request. Whoever cannot know whether
 * it was heeded is told so, and how to find out.
 */

const CREATED = 'it is unknown whether the task was created; run `extruct-task list` to see whether the task exists before';
const RESUMED = 'it is unknown whether the task was resumed; run `extruct-task get task-1` to see its target before';

describe('a request whose answer is lost', () => {
  it.each<[string, Reply, string[]]>([
    ['a broken connection', reset, []],
    ['a silent service', tooLate(200, silence), ['--request-timeout', '200ms']],
    ['a 500', error(500), []],
    ['a proxy’s 502', error(502), []],
    ['a 503 that says when to come back', error(503, { 'retry-after': '1' }), []],
    ['a 504', error(504), []],
    ['a 408', error(408), []],
    ['what is not HTTP', raw('nonsense\r\n\r\n'), []],
    ['a body that ends early', raw('HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{'), []],
    ['a page', body(200, '<html>'), []],
    ['another object', body(200, '{"ok":true}'), []],
    ['a task with an id that is none', body(200, JSON.stringify(wireTask({ id: '../x' }))), []],
    ['an answer of 11 MiB', body(200, Buffer.alloc(11 * 1024 * 1024, ' ')), []],
  ])('%s: is not sent again', async (_what, reply, flags) => {
    stopTimers();
    const api = await startApi();
    api.replies(reply);
    const created = await run(['create', 'x', '--retry-for', '30s', ...flags], { api });
    expect(created).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining(CREATED) });
    const resumed = await run(['resume', 'task-1', '--retry-for', '30s', ...flags], { api });
    expect(resumed).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining(RESUMED) });
    expect(api.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'POST /v1/discovery_tasks',
      'POST /v1/discovery_tasks/task-1/resume',
    ]);
  });

  it('is told of when --timeout cuts it short', async () => {
    const [api, clock] = [await startApi(), standingClock()];
    api.replies(silenceFor(200, clock));
    const ran = await run(['create', 'x', '--timeout', '200ms'], { api, clock });
    expect(ran).toMatchObject({
      code: 124,
      stdout: '',
      stderr: expect.stringContaining(`error: No answer came within 200ms (--timeout), and ${CREATED}`),
    });
  });

  onPosix.each([
    ['create', ['create', 'x', '--watch', '-q'], 'run `extruct-task watch task-1 --quiet`'],
    ['resume', ['resume', '@last'], 'Stopped: the tasks go on running on the server; run the command again'],
  ])('is not followed by anything where Ctrl-C comes together with an answer: %s', async (_command, args, told) => {
    const api = await startApi();
    let pid = Number.NaN;
    const wakeUp = () => {
      process.kill(pid, 'SIGINT');
      process.kill(pid, 'SIGCONT');
    };
    api.replies((_request, response) => {
      // It wakes up to both of them.
      process.kill(pid, 'SIGSTOP');
      response.once('finish', () => setTimeout(wakeUp, 50));
      const one = wireTask({ id: 'task-1' });
      response.end(JSON.stringify(args.includes('@last') ? [one] : one));
    });
    const ran = await runBinary(args, {
      api,
      onStart: (started) => {
        pid = started;
      },
    });
    expect(ran).toMatchObject({ died: 'SIGINT', stdout: '' });
    expect(ran.stderr).toContain(told);
    expect(api.requests).toHaveLength(1);
  });

  onPosix('is told of when Ctrl-C does', async () => {
    const api = await startApi();
    api.replies((_request, _response) => send?.('SIGINT'));
    let send: ((signal: 'SIGINT') => void) | undefined;
    const ran = await runBinary(['create', 'x'], {
      api,
      onReady: (signal) => {
        send = signal;
      },
    });
    expect(ran).toMatchObject({
      died: 'SIGINT',
      stdout: '',
      stderr: expect.stringContaining(`Stopped before the answer came, and ${CREATED}`),
    });
    expect(api.requests).toHaveLength(1);
  });
});

describe('a request that was refused', () => {
  it.each<[string, Reply, number, string]>([
    ['401', error(401), 4, 'refused the token (401)'],
    ['403', error(403), 4, '(403)'],
    ['403 that is a rate limit', error(403, { 'retry-after': '5' }), 1, 'run the command again in 5s'],
    ['402', body(402, '{"detail":{"error":"plan_required"}}'), 4, 'Deep Search needs a paid plan (402); upgrade the plan'],
    ['404', error(404), 6, '(404)'],
    ['400', error(400), 1, 'The API answered 400 Bad Request'],
    ['429', error(429, { 'retry-after': '90' }), 1, 'run the command again in 1m 30s'],
    ['a redirect', redirect(307, 'https://example.com/'), 1, 'which is not followed'],
  ])('with %s is not sent again either, and nothing else is said', async (_what, reply, code, message) => {
    const api = await startApi();
    api.replies(reply);
    for (const args of [
      ['create', 'x'],
      ['resume', 'task-1'],
    ]) {
      const ran = await run(args, { api });
      expect(ran).toMatchObject({ code, stdout: '', stderr: expect.stringContaining(message) });
      expect(ran.stderr).toMatch(/^error: [^\n]*; [^\n]*\b(?:run|set|check)\b[^\n]*\n$/);
      expect(ran.stderr).not.toContain('is not known');
    }
    expect(api.requests).toHaveLength(2);
  });
});

describe('a request that never left', () => {
  it('is sent once there is a connection', async () => {
    const api = await startApi();
    const url = api.url.replace(/\d+$/, '1');
    const ran = await run(['create', 'x', '--retry-for', '300ms', '--api-url', url], { clock: nappingClock() });
    expect(ran.code).toBe(1);
    expect(ran.stderr).toMatch(/refused the connection; trying again in 0\.1s \(try 2\)/);
    expect(ran.stderr).not.toContain('is not known');
  });

  it('to a server whose certificate fails is not said to be lost', async () => {
    const port = await startTlsApi(body(200, JSON.stringify(wireTask())));
    const ran = await run(['create', 'x', '--api-url', `https://localhost:${port}`]);
    expect(ran).toMatchObject({ code: 1, stderr: expect.stringContaining('cannot be trusted') });
    expect(ran.stderr).not.toContain('is not known');
  });

  it('since it was stopped before, is not said to be lost', async () => {
    const flags = ['--timeout', '20s', '--api-url', 'http://127.0.0.1:1'];
    const ran = await run(['create', 'x', ...flags], { clock: nappingClock() });
    expect(ran.code).toBe(124);
    expect(ran.stderr).toContain('error: The task was not created within 20s (--timeout); run the command again');
  });

  it('does not leave once it was called off, though only its connection was being made ready', async () => {
    const api = await startApi();
    const client = await createClient({
      apiUrl: new URL(api.url),
      token: TOKEN,
      requestTimeoutMs: 10_000,
      proxy: null,
      userAgent: 'test',
      clock: systemClock,
      onExchange: () => {},
    });
    const stop = new AbortController();
    const creating = client.createTask('{"query":"x"}', stop.signal);
    stop.abort();
    expect(await creating).toMatchObject({ ok: false, failure: { unsent: true } });
    expect(api.requests).toEqual([]);
  });
});
