import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { body, error, type Reply, raw, reset, silence, slowly, startApi, task } from '../support/api.ts';
import { type Ran, run, runBinary, runBuilt } from '../support/run.ts';
import { ENDED, wireTask } from '../support/tasks.ts';

/*
 * The built program by all the ways that lead through its HTTP client, since the build leaves parts of that out. The cause of a
 * failure is told with --verbose: none of it may be something that is missing.
 */

const TASK = JSON.stringify(wireTask({ id: 'task-1', ...ENDED.done }));
const compressed = (encoding: string, bytes: Buffer) => body(200, bytes, { 'content-encoding': encoding });

async function runWhole(args: readonly string[], replies: readonly Reply[], retryFor = '0'): Promise<Ran> {
  const api = await startApi();
  api.replies(...replies);
  const ran = await runBuilt([...args, '--verbose', '--retry-for', retryFor], { api });
  expect(ran.stdout + ran.stderr).not.toMatch(/left out|is not a (?:function|constructor)|Cannot find module/);
  return ran;
}

describe('the built program reads', () => {
  it.each([
    ['as it is', body(200, TASK)],
    ['with gzip', compressed('gzip', gzipSync(TASK))],
    ['with deflate', compressed('deflate', deflateSync(TASK))],
    ['with brotli', compressed('br', brotliCompressSync(TASK))],
    ['in pieces', slowly(20, body(200, TASK))],
    ['behind a byte order mark', body(200, `\uFEFF${TASK}`)],
  ])('an answer sent %s', async (_how, reply) => {
    const ran = await runWhole(['get', 'task-1', '--json'], [reply]);
    expect(ran).toMatchObject({ code: 0, json: [expect.objectContaining({ id: 'task-1', outcome: 'done' })] });
  });

  it('several answers over one connection', async () => {
    const ran = await runWhole(['watch', 'task-1', '--interval', '100ms'], [task(), task(), task(ENDED.done)]);
    expect(ran.code).toBe(0);
  });
});

describe('the built program tells', () => {
  it.each<[string, Reply, RegExp]>([
    ['a redirect', body(302, '', { location: 'https://example.com/' }), /which is not followed/],
    ['a refusal', error(401), /refused the token/],
    ['an error page', body(502, '<html>'), /502/],
    ['a broken connection', reset, /ECONNRESET/],
    ['a body that ends early', raw('HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{'), /closed the connection|ECONNRESET|aborted/],
    ['a body that cannot be unpacked', compressed('gzip', Buffer.from(TASK)), /cannot be decompressed/],
    ['an answer of 11 MiB', body(200, Buffer.alloc(11 * 1024 * 1024, ' ')), /longer than 10 MiB/],
    ['another task', task({ id: 'other' }), /answered with task other instead of task-1/],
    ['what is not HTTP', raw('nonsense\r\n\r\n'), /not HTTP/],
    ['another protocol', raw('HTTP/1.1 101 Switching\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n'), /switched/],
  ])('%s', async (_what, reply, words) => {
    const ran = await runWhole(['get', 'task-1'], [reply]);
    expect(ran.code).toBeGreaterThan(0);
    expect(ran.stderr).toMatch(words);
  });

  it('silence', async () => {
    const ran = await runWhole(['get', 'task-1', '--request-timeout', '200ms'], [silence]);
    expect(ran).toMatchObject({ code: 1, stderr: expect.stringMatching(/did not answer within 200ms/) });
  });

  it('the task, once the service is back', async () => {
    const ran = await runWhole(['get', 'task-1'], [error(503), task(ENDED.done)], '5s');
    expect(ran).toMatchObject({ code: 0, stdout: expect.stringContaining('task-1') });
  });

  it('that time ran out in the middle of a request', async () => {
    const ran = await runWhole(['watch', 'task-1', '--timeout', '300ms'], [silence]);
    expect(ran.code).toBe(124);
  });
});

describe('the built program', () => {
  it('reads the most values that an answer may hold in little memory', async () => {
    const values = Array.from({ length: 65_000 }, (_, at) => `{"k${at}":1}`).join();
    const reply = body(200, TASK.replace('{', `{"x":[${values}],`));
    const api = await startApi();
    api.replies(reply);
    const env = { NODE_OPTIONS: '--max-old-space-size=128' };
    expect(await runBinary(['get', 'task-1', '--json'], { api, env })).toMatchObject({ code: 0, died: null, stderr: '' });
  });
});

describe('the version and the help of the whole', () => {
  it.each(['-V', '--version'])('%s is what commander says', async (flag) => {
    expect((await run([flag])).stdout).toBe((await run([flag, 'more'])).stdout);
    expect(await runBuilt([flag])).toMatchObject({ code: 0, stderr: '', stdout: (await run([flag])).stdout });
  });

  it.each(['-h', '--help'])('%s is what commander says', async (flag) => {
    expect((await run([flag])).stdout).toBe((await run(['help'])).stdout);
    expect(await runBuilt([flag])).toMatchObject({ code: 0, stderr: '', stdout: (await runBuilt(['help'])).stdout });
  });
});
