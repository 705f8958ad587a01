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

/** Asks once with each of the given options, in one process. */
const ASK = `
  const asked = JSON.parse(process.argv[1]).map((options) =>
    new Extruct(options).tasks.get('task-1').catch(({ name, kind, message }) => ({ name, kind, message })),
  );
  Promise.all(asked).then((results) => console.log(JSON.stringify(results)));
`;

const PROGRAMS = {
  import: ['--input-type=module', '-e', `import { Extruct } from '${pathToFileURL(`${BUILT}.js`)}'; ${ASK}`],
  require: ['--input-type=commonjs', '-e', `const { Extruct } = require(${JSON.stringify(`${BUILT}.cjs`)}); ${ASK}`],
};

const WIRE = wireTask(ENDED.done);
const TASK = JSON.stringify(WIRE);
const compressed = (encoding: string, bytes: Buffer) => body(200, bytes, { 'content-encoding': encoding });

describe.each(['import', 'require'] as const)('the built library, by %s,', (way) => {
  async function askAll(all: readonly object[], env: Readonly<Record<string, string>> = {}): Promise<unknown> {
    const given = JSON.stringify(all.map((options) => ({ token: TOKEN, retryForMs: 0, ...options })));
    const { stdout, stderr } = await runFile(process.execPath, [...PROGRAMS[way], given], env);
    expect(stderr).toBe('');
    return JSON.parse(stdout);
  }

  /** What it makes of each of the replies, of a server each. */
  async function askForAll(replies: readonly Reply[], options: object = {}): Promise<unknown> {
    const apis = await Promise.all(replies.map(() => startApi()));
    for (const [index, api] of apis.entries()) api.replies(...replies.slice(index, index + 1));
    return askAll(apis.map(({ url }) => ({ apiUrl: url, ...options })));
  }

  it('reads an answer as it is, and with gzip, deflate and brotli', async () => {
    const replies = [
      body(200, TASK),
      compressed('gzip', gzipSync(TASK)),
      compressed('deflate', deflateSync(TASK)),
      compressed('br', brotliCompressSync(TASK)),
    ];
    expect(await askForAll(replies)).toEqual([WIRE, WIRE, WIRE, WIRE]);
  });

  it('reads one over TLS', async () => {
    const port = await startTlsApi(body(200, TASK));
    const env = { NODE_EXTRA_CA_CERTS: CERTIFICATE };
    const apiUrl = `https://localhost:${port}`;
    expect(await askAll([{ apiUrl }], env)).toEqual([WIRE]);
    expect(await askAll([{ apiUrl }])).toMatchObject([{ message: expect.stringMatching(/certificate/) }]);
  });

  it('reads one through a proxy', async () => {
    const proxy = await startProxy();
    const api = await startApi();
    api.replies(body(200, TASK));
    const port = await startTlsApi(body(200, TASK));
    const asked = [api.url, `https://localhost:${port}`].map((apiUrl) => ({ apiUrl, proxy: proxy.url }));
    expect(await askAll(asked, { NODE_EXTRA_CA_CERTS: CERTIFICATE })).toEqual([WIRE, WIRE]);
    expect(proxy.asked.toSorted()).toEqual([`CONNECT ${new URL(api.url).host}`, `CONNECT localhost:${port}`].toSorted());
  });

  it('tells of what is no answer', async () => {
    const replies: readonly (readonly [Reply, RegExp])[] = [
      [body(302, '', { location: 'https://example.com/' }), /which is not followed/],
      [error(401), /refused the token/],
      [reset, /closed the connection/],
      [raw('HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{'), /closed the connection|aborted/],
      [compressed('gzip', Buffer.from(TASK)), /cannot be decompressed/],
      [raw('nonsense\r\n\r\n'), /not HTTP/],
    ];
    expect(await askForAll(replies.map(([reply]) => reply))).toMatchObject(
      replies.map(([, message]) => ({ name: 'ExtructError', message: expect.stringMatching(message) })),
    );
  });

  it('tells of silence', async () => {
    const message = expect.stringMatching(/did not answer within 200ms/);
    expect(await askForAll([silence], { requestTimeoutMs: 200 })).toMatchObject([{ name: 'ExtructError', message }]);
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
