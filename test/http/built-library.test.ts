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
 * The built library by all the ways through its HTTP client, of which the build leaves parts out: as it is imported, and as it is required.
 */

const BUILT = resolve(import.meta.dirname, '../../dist/library/index');

const ASK = `
  const { timeoutMs, ...options } = JSON.parse(process.argv[1]);
  new Extruct(options).tasks
    .get('task-1', { timeoutMs })
    .catch(({ name, kind, message }) => ({ name, kind, message }))
    .then((result) => console.log(JSON.stringify(result)));
`;

const PROGRAMS = {
  import: ['--input-type=module', '-e', `import { Extruct } from '${pathToFileURL(`${BUILT}.js`)}'; ${ASK}`],
  require: ['--input-type=commonjs', '-e', `const { Extruct } = require(${JSON.stringify(`${BUILT}.cjs`)}); ${ASK}`],
};

const WIRE = wireTask(ENDED.done);
const TASK = JSON.stringify(WIRE);
const compressed = (encoding: string, bytes: Buffer) => body(200, bytes, { 'content-encoding': encoding });

describe.each(['import', 'require'] as const)('the built library, by %s,', (way) => {
  async function ask(apiUrl: string, options: object = {}, env: Readonly<Record<string, string>> = {}): Promise<unknown> {
    const given = JSON.stringify({ token: TOKEN, apiUrl, retryForMs: 0, ...options });
    const { stdout, stderr } = await runFile(process.execPath, [...PROGRAMS[way], given], env);
    expect(stderr).toBe('');
    return JSON.parse(stdout);
  }

  async function askFor(reply: Reply, options: object = {}): Promise<unknown> {
    const api = await startApi();
    api.replies(reply);
    return ask(api.url, options);
  }

  it.each([
    ['as it is', body(200, TASK)],
    ['with gzip', compressed('gzip', gzipSync(TASK))],
    ['with deflate', compressed('deflate', deflateSync(TASK))],
    ['with brotli', compressed('br', brotliCompressSync(TASK))],
  ])('reads an answer %s', async (_how, reply) => {
    expect(await askFor(reply)).toEqual(WIRE);
  });

  it('reads one over TLS', async () => {
    const port = await startTlsApi(body(200, TASK));
    const env = { NODE_EXTRA_CA_CERTS: CERTIFICATE };
    expect(await ask(`https://localhost:${port}`, {}, env)).toEqual(WIRE);
    expect(await ask(`https://localhost:${port}`)).toMatchObject({ message: expect.stringMatching(/certificate/) });
  });

  it('reads one through a proxy', async () => {
    const proxy = await startProxy();
    const api = await startApi();
    api.replies(body(200, TASK));
    expect(await ask(api.url, { proxy: proxy.url })).toEqual(WIRE);
    const port = await startTlsApi(body(200, TASK));
    expect(await ask(`https://localhost:${port}`, { proxy: proxy.url }, { NODE_EXTRA_CA_CERTS: CERTIFICATE })).toEqual(WIRE);
    expect(proxy.asked).toEqual([`CONNECT ${new URL(api.url).host}`, `CONNECT localhost:${port}`]);
  });

  it.each<[string, Reply, RegExp]>([
    ['a redirect', body(302, '', { location: 'https://example.com/' }), /which is not followed/],
    ['a refusal', error(401), /refused the token/],
    ['a broken connection', reset, /closed the connection/],
    ['a body that ends early', raw('HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{'), /closed the connection|aborted/],
    ['a body that cannot be unpacked', compressed('gzip', Buffer.from(TASK)), /cannot be decompressed/],
    ['what is not HTTP', raw('nonsense\r\n\r\n'), /not HTTP/],
  ])('tells of %s', async (_what, reply, message) => {
    expect(await askFor(reply)).toMatchObject({ name: 'ExtructError', message: expect.stringMatching(message) });
  });

  it('tells of silence', async () => {
    const message = expect.stringMatching(/did not answer within 200ms/);
    expect(await askFor(silence, { requestTimeoutMs: 200 })).toMatchObject({ name: 'ExtructError', message });
  });
});

describe('the built library', () => {
  it('has one gate in a process, though it is both imported and required', async () => {
    const api = await startApi();
    api.replies(error(429, { 'retry-after': '1' }), body(200, TASK));
    const program = `
      import { createRequire } from 'node:module';
      import { Extruct } from '${pathToFileURL(`${BUILT}.js`)}';
      const { Extruct: Required } = createRequire(import.meta.url)(${JSON.stringify(`${BUILT}.cjs`)});
      const options = ${JSON.stringify({ token: TOKEN, apiUrl: api.url })};
      const refused = new Promise((onRetry) => void new Extruct({ ...options, onRetry }).tasks.get('task-1'));
      await refused;
      await new Required(options).tasks.get('task-1');
      console.log(Extruct === Required);
    `;
    const { stdout } = await runFile(process.execPath, ['--input-type=module', '-e', program]);
    expect(stdout).toBe('false\n');
    const [first = 0, second = 0] = api.requests.map(({ at }) => at);
    expect(second - first).toBeGreaterThan(950);
  });
});
