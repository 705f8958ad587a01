import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { body, error, type Reply, raw, reset, silence, startApi } from '../support/api.ts';
import { startProxy } from '../support/proxy.ts';
import { TOKEN } from '../support/run.ts';
import { runFile } from '../support/run-file.ts';
import { ENDED, wireTask } from '../support/tasks.ts';
import { CERTIFICATE, startTlsApi } from '../support/tls.ts';

/*
 * The built library by all the ways through its HTTP client, of which the build leaves parts out.
 */

const LIBRARY = pathToFileURL(resolve(import.meta.dirname, '../../dist/library/index.js')).href;
const ASK = `
  import { getTask } from '${LIBRARY}';
  console.log(JSON.stringify(await getTask('task-1', JSON.parse(process.argv[1]))));
`;
const TASK = JSON.stringify(wireTask(ENDED.done));
const compressed = (encoding: string, bytes: Buffer) => body(200, bytes, { 'content-encoding': encoding });

async function ask(apiUrl: string, options: object = {}, env: Readonly<Record<string, string>> = {}): Promise<unknown> {
  const call = JSON.stringify({ token: TOKEN, apiUrl, retryForMs: 0, ...options });
  const { stdout, stderr } = await runFile(process.execPath, ['--input-type=module', '-e', ASK, call], env);
  expect(stderr).toBe('');
  return JSON.parse(stdout);
}

async function askFor(reply: Reply, options: object = {}): Promise<unknown> {
  const api = await startApi();
  api.replies(reply);
  return ask(api.url, options);
}

describe('the built library reads an answer', () => {
  it.each([
    ['as it is', body(200, TASK)],
    ['with gzip', compressed('gzip', gzipSync(TASK))],
    ['with deflate', compressed('deflate', deflateSync(TASK))],
    ['with brotli', compressed('br', brotliCompressSync(TASK))],
  ])('%s', async (_how, reply) => {
    expect(await askFor(reply)).toMatchObject({ ok: true, task: { id: 'task-1', json: TASK } });
  });

  it('over TLS', async () => {
    const port = await startTlsApi(body(200, TASK));
    const env = { NODE_EXTRA_CA_CERTS: CERTIFICATE };
    expect(await ask(`https://localhost:${port}`, {}, env)).toMatchObject({ ok: true });
    expect(await ask(`https://localhost:${port}`)).toMatchObject({
      ok: false,
      failure: { message: expect.stringMatching(/certificate/) },
    });
  });

  it('through a proxy', async () => {
    const proxy = await startProxy();
    const api = await startApi();
    api.replies(body(200, TASK));
    expect(await ask(api.url, { proxy: proxy.url })).toMatchObject({ ok: true });
    const port = await startTlsApi(body(200, TASK));
    expect(await ask(`https://localhost:${port}`, { proxy: proxy.url }, { NODE_EXTRA_CA_CERTS: CERTIFICATE })).toMatchObject({
      ok: true,
    });
    expect(proxy.asked).toEqual([`CONNECT ${new URL(api.url).host}`, `CONNECT localhost:${port}`]);
  });
});

describe('the built library tells', () => {
  it.each<[string, Reply, RegExp]>([
    ['a redirect', body(302, '', { location: 'https://example.com/' }), /which is not followed/],
    ['a refusal', error(401), /refused the token/],
    ['a broken connection', reset, /closed the connection/],
    ['a body that ends early', raw('HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{'), /closed the connection|aborted/],
    ['a body that cannot be unpacked', compressed('gzip', Buffer.from(TASK)), /cannot be decompressed/],
    ['what is not HTTP', raw('nonsense\r\n\r\n'), /not HTTP/],
  ])('%s', async (_what, reply, message) => {
    expect(await askFor(reply)).toMatchObject({ ok: false, failure: { message: expect.stringMatching(message) } });
  });

  it('silence', async () => {
    const failure = { message: expect.stringMatching(/did not answer within 200ms/) };
    expect(await askFor(silence, { requestTimeoutMs: 200 })).toMatchObject({ ok: false, failure });
  });
});
