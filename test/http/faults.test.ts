import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { body, error, type Reply, raw, reset, silence, slowly, startApi, task } from '../support/api.ts';
import { run, TOKEN } from '../support/run.ts';
import { ENDED, wireTask } from '../support/tasks.ts';

const done = task(ENDED.done);
const taskJson = JSON.stringify(wireTask(ENDED.done));
const ok = 'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n';
const notFound = (_: unknown, response: { destroy(): void }) => response.destroy();
const half = gzipSync(taskJson).subarray(0, 60);

describe('a transient fault is retried until the answer comes:', () => {
  const transient: [string, Reply][] = [
    ['a reset', reset],
    ['a connection closed without a word', notFound as Reply],
    ...[408, 425, 429, 500, 501, 502, 503, 504, 520, 524, 599].map((status): [string, Reply] => [`${status}`, error(status)]),
    ['502 with a page', body(502, '<html>Bad Gateway</html>', { 'content-type': 'text/html' })],
    ['429 with Retry-After: 0', error(429, { 'retry-after': '0' })],
    ['503 with a Retry-After that is past', error(503, { 'retry-after': 'Mon, 23 Nov 2020 10:00:00 GMT' })],
    ['503 with a Retry-After that is garbage', error(503, { 'retry-after': '-7 soon' })],
    ['a page with 200', body(200, '<html>Log in to the Wi-Fi</html>', { 'content-type': 'text/html' })],
    ['an empty body', body(200, '')],
    ['204', body(204, '')],
    ['half of the JSON', body(200, taskJson.slice(0, 100))],
    ['a body cut short of its length', raw(`${ok}content-length: 5000\r\n\r\n${taskJson}`)],
    ['a body cut in a chunk', raw(`${ok}transfer-encoding: chunked\r\n\r\n500\r\n${taskJson}`)],
    ['a body cut inside gzip', body(200, half, { 'content-encoding': 'gzip', 'content-length': String(half.length) })],
    ['a body that is not the gzip it claims', body(200, taskJson, { 'content-encoding': 'gzip' })],
    ['something that is not HTTP', raw('SSH-2.0-OpenSSH_9.6\r\n')],
    [
      '101, a switch of protocols that nobody asked for',
      raw('HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n'),
    ],
    ['null', body(200, 'null')],
    ['a list', body(200, '[]')],
    ['an error with 200', body(200, '{"detail":"sorry"}')],
    ['a task without a status', task({ status: undefined })],
    ['a task with a count that is a text', task({ num_results: '5' })],
    ['10,000 levels of brackets', body(200, '['.repeat(10_000) + ']'.repeat(10_000))],
  ];

  it.each(transient)('%s', async (_fault, reply) => {
    const api = await startApi();
    api.replies(reply, done);
    const ran = await run(['get', 'task-1', '--json'], { api });
    expect(ran.code).toBe(0);
    expect(ran.json).toEqual([expect.objectContaining({ outcome: 'done', exit_code: 0 })]);
    expect(api.requests).toHaveLength(2);
    expect(ran.stderr).toMatch(/^[^\n]+; trying again in 0\.[01]s \(try 2\)\n$/);
  });

  it('no answer in time', async () => {
    const api = await startApi();
    api.replies(silence, done);
    const ran = await run(['get', 'task-1', '--request-timeout', '200ms'], { api });
    expect(ran.code).toBe(0);
    expect(ran.stderr).toContain('did not answer within 200ms; trying again');
  });

  it('an answer that drips in for longer than the time allowed', async () => {
    const api = await startApi();
    const drip: Reply = (_request, response) => {
      response.writeHead(200);
      const timer = setInterval(() => response.write(' '), 20);
      response.once('close', () => clearInterval(timer));
    };
    api.replies(drip, done);
    expect((await run(['get', 'task-1', '--request-timeout', '300ms'], { api })).code).toBe(0);
  });

  it('nobody listens', async () => {
    const ran = await run(['get', 'task-1', '--retry-for', '250ms'], { env: { EXTRUCT_API_URL: 'http://127.0.0.1:1' } });
    expect(ran.code).toBe(1);
    expect(ran.stderr).toContain('127.0.0.1:1 refused the connection; trying again');
    expect(ran.stderr).toMatch(
      /error: 127\.0\.0\.1:1 refused the connection, the last of \d failures in \d+ms; check .* run the command again\n$/,
    );
  });

  it('a name that is not known', async () => {
    const ran = await run(['get', 'task-1', '--retry-for', '0'], { env: { EXTRUCT_API_URL: 'https://api.extruct.invalid' } });
    expect(ran.code).toBe(1);
    expect(ran.stderr).toMatch(/^error: api\.extruct\.invalid (is not known to|could not be looked up)/);
  });

  it('and when it outlasts --retry-for, told by the outcome and the last status', async () => {
    const api = await startApi();
    api.replies(error(503));
    const ran = await run(['watch', 'task-1', '--json', '--retry-for', '250ms'], { api });
    expect(ran.code).toBe(1);
    expect(ran.json).toEqual([
      expect.objectContaining({
        id: 'task-1',
        outcome: 'unreachable',
        exit_code: 1,
        error: { message: expect.stringContaining('503 Service Unavailable: detail of 503'), status: 503 },
      }),
    ]);
  });

  it('and an answer that is no task ends as invalid_response', async () => {
    const api = await startApi();
    api.replies(body(200, '{}'));
    const ran = await run(['watch', 'task-1', '--json', '--retry-for', '150ms'], { api });
    expect(ran.json).toEqual([expect.objectContaining({ outcome: 'invalid_response', exit_code: 1 })]);
    expect(api.requests.length).toBeGreaterThan(1);
  });
});

describe('Retry-After', () => {
  it.each([
    ['in seconds', { 'retry-after': '1' }],
    [
      'as a date, by the server’s clock',
      { 'retry-after': 'Mon, 23 Nov 2020 10:00:01 GMT', date: 'Mon, 23 Nov 2020 10:00:00 GMT' },
    ],
  ])('%s is waited for', async (_form, headers) => {
    const api = await startApi();
    api.replies(error(429, headers), done);
    expect((await run(['get', 'task-1'], { api })).code).toBe(0);
    const [first, second] = api.requests;
    expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(990);
  });

  it('past --retry-for ends the task at once with 1, saying so', async () => {
    const api = await startApi();
    api.replies(error(429, { 'retry-after': '3600' }));
    const ran = await run(['watch', 'task-1'], { api });
    expect(ran.code).toBe(1);
    expect(api.requests).toHaveLength(1);
    expect(ran.stderr).toContain('asked to be left alone for 1h, longer than --retry-for allows; run');
  });

  it('past --timeout ends the task at once with 124, saying so', async () => {
    const api = await startApi();
    api.replies(error(429, { 'retry-after': '60' }));
    const ran = await run(['watch', 'task-1', '--timeout', '20s'], { api });
    expect(ran.code).toBe(124);
    expect(api.requests).toHaveLength(1);
    expect(ran.stderr).toContain('longer than --timeout allows');
    const json = await run(['get', 'task-1', '--json', '--timeout', '20s'], { api });
    expect(json.json[0]).toMatchObject({ outcome: 'timed_out', error: { status: 429 } });
  });

  it('of ten digits ends the task at once, and is no wait of a millisecond', async () => {
    const api = await startApi();
    api.replies(error(503, { 'retry-after': '9999999999' }));
    expect((await run(['get', 'task-1'], { api })).code).toBe(1);
    expect(api.requests).toHaveLength(1);
  });
});

describe('a final fault ends the task at once:', () => {
  const final: [string, Reply, string, number][] = [
    ...[400, 402, 405, 409, 410, 418, 422, 451].map((status): [string, Reply, string, number] => [
      `${status}`,
      error(status),
      'rejected',
      1,
    ]),
    ['401', error(401), 'unauthorized', 4],
    ['403', error(403), 'unauthorized', 4],
    ['404', error(404), 'not_found', 6],
    ['301', body(301, '', { location: '/elsewhere' }), 'rejected', 1],
    ['302 to another origin', body(302, '', { location: 'http://127.0.0.1:1/v1' }), 'rejected', 1],
    ['304', body(304, ''), 'rejected', 1],
    ['307', body(307, '', { location: 'https://example.com' }), 'rejected', 1],
    ['another task', task({ id: 'another' }), 'invalid_response', 1],
    ['headers of 32 KiB', raw(`HTTP/1.1 200 OK\r\nx: ${'x'.repeat(32_768)}\r\n\r\n`), 'invalid_response', 1],
    ['an answer of 11 MiB', body(200, Buffer.alloc(11 * 1024 * 1024, ' ')), 'invalid_response', 1],
    [
      'an answer of 300 MiB behind gzip',
      body(200, gzipSync(Buffer.alloc(300 * 1024 * 1024)), { 'content-encoding': 'gzip' }),
      'invalid_response',
      1,
    ],
  ];

  it.each(final)('%s', async (_fault, reply, outcome, code) => {
    const api = await startApi();
    api.replies(reply);
    const ran = await run(['watch', 'task-1', '--json', '--progress', 'none'], { api });
    expect(ran.code).toBe(code);
    expect(ran.json).toEqual([expect.objectContaining({ id: 'task-1', outcome, exit_code: code, error: expect.any(Object) })]);
    expect(api.requests).toHaveLength(1);
    expect(ran.stderr).toMatch(/^error: [^\n]+; [^\n]*\b(run|set|check)\b[^\n]*\n$/);
  });

  it('an endless answer, long before it ends', async () => {
    const api = await startApi();
    api.replies((_request, response) => {
      const more = () => {
        while (!response.destroyed && response.write(Buffer.alloc(65_536, ' ')));
      };
      response.on('drain', more).writeHead(200);
      more();
    });
    const ran = await run(['get', 'task-1'], { api });
    expect(ran).toMatchObject({ code: 1, stderr: expect.stringContaining('longer than 10 MiB') });
  });

  it('for that task alone: the others are watched on', async () => {
    const api = await startApi();
    api.repliesTo('gone', error(404));
    api.repliesTo('good', task(), done);
    const ran = await run(['watch', 'gone', 'good', '--json', '--interval', '100ms'], { api });
    expect(ran.code).toBe(6);
    expect(ran.json.filter((line) => 'exit_code' in line).map(({ id, outcome }) => [id, outcome])).toEqual([
      ['gone', 'not_found'],
      ['good', 'done'],
    ]);
  });
});

describe('text that strict JSON refuses', () => {
  it.each([
    ['a raw newline and an escape code', taskJson.replace('solar', 'so\n\u001b[31mlar'), 'so\n\u001b[31mlar companies in Spain'],
    ['a byte order mark', `\uFEFF${taskJson}`, 'solar companies in Spain'],
  ])('is mended where it holds %s', async (_what, text, query) => {
    const api = await startApi();
    api.replies(body(200, text));
    const ran = await run(['get', 'task-1', '--json'], { api });
    expect(ran.code).toBe(0);
    expect(ran.json[0]?.query).toBe(query);
    expect(ran.stdout).toMatch(/^[\x20-\x7e]*\n$/);
  });
});

describe('the token', () => {
  const echo: Reply = (request, response) =>
    body(Number(request.url?.split('-').at(-1)), JSON.stringify({ detail: `bad ${request.headers.authorization}` }))(
      request,
      response,
    );

  it.each([400, 401, 403, 404, 422, 500])('is in no output, even when the server echoes it with %i', async (status) => {
    const api = await startApi();
    api.replies(echo);
    const ran = await run(['watch', `t-${status}`, '--json', '-v', '--retry-for', '150ms'], {
      api,
      env: { DEBUG: 'extruct-task' },
    });
    expect(api.requests[0]?.headers.authorization).toBe(`Bearer ${TOKEN}`);
    expect(ran.stdout + ran.stderr).not.toContain(TOKEN);
    expect(ran.stderr).toContain(`GET ${api.url}/v1/discovery_tasks/t-${status}`);
  });

  it('is in no output when a task or a redirect holds it', async () => {
    const api = await startApi();
    api.repliesTo('a', task({ query: `x ${TOKEN}`, status: 'done' }));
    api.repliesTo('b', body(302, '', { location: `https://${TOKEN}.example` }));
    const ran = await run(['watch', 'a', 'b', '-v'], { api });
    expect(ran.stdout + ran.stderr).not.toContain(TOKEN);
  });

  it('is not sent where a redirect points', async () => {
    const [api, other] = [await startApi(), await startApi()];
    api.replies(body(307, '', { location: `${other.url}/v1/discovery_tasks/task-1` }));
    await run(['get', 'task-1'], { api });
    expect(other.requests).toEqual([]);
  });
});

describe('an answer that comes late', () => {
  it('is waited for, and the next poll does not overlap it', async () => {
    const api = await startApi();
    api.replies(slowly(300, task()), slowly(300, task()), done);
    const ran = await run(['watch', 'task-1', '--interval', '100ms'], { api });
    expect(ran.code).toBe(0);
    expect(api.mostAtOnce()).toBe(1);
    expect(api.requests).toHaveLength(3);
  });
});
