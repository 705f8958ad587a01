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

/** Replies, each with what is made of it. */
const REPLIES: readonly (readonly [Reply, made: unknown])[] = [
  [body(200, TASK), WIRE],
  [compressed('gzip', gzipSync(TASK)), WIRE],
  [compressed('deflate', deflateSync(TASK)), WIRE],
  [compressed('br', brotliCompressSync(TASK)), WIRE],
  [body(302, '', { location: 'https://example.com/' }), trouble(/which is not followed/)],
  [error(401), trouble(/refused the token/)],
  [reset, trouble(/closed the connection/)],
  [raw('HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{'), trouble(/closed the connection|aborted/)],
  [compressed('gzip', Buffer.from(TASK)), trouble(/cannot be decompressed/)],
  [raw('nonsense\r\n\r\n'), trouble(/not HTTP/)],
];

function trouble(message: RegExp) {
  return expect.objectContaining({ name: 'ExtructError', message: expect.stringMatching(message) });
}

describe.each(['import', 'require'] as const)('the built library, by %s,', (way) => {
  async function askAll(all: readonly object[], env: Readonly<Record<string, string>> = {}): Promise<unknown> {
    const given = JSON.stringify(all.map((options) => ({ token: TOKEN, retryForMs: 0, ...options })));
    const { stdout, stderr } = await runFile(process.execPath, [...PROGRAMS[way], given], env);
    expect(stderr).toBe('');
    return JSON.parse(stdout);
  }

  it('reads answers of each kind, over TLS and through a proxy too, and tells of what is none', async () => {
    const apiOf = async (reply: Reply) => {
      const api = await startApi();
      api.replies(reply);
      return { apiUrl: api.url };
    };
    const plain = await Promise.all(REPLIES.map(([reply]) => apiOf(reply)));
    const silent = { ...(await apiOf(silence)), requestTimeoutMs: 200 };
    const tls = { apiUrl: `https://localhost:${await startTlsApi(body(200, TASK))}` };
    const proxy = await startProxy();
    const proxied = [await apiOf(body(200, TASK)), tls].map(({ apiUrl }) => ({ apiUrl, proxy: proxy.url }));
    const env = { NODE_EXTRA_CA_CERTS: CERTIFICATE };
    expect(await askAll([...plain, silent, tls, ...proxied], env)).toEqual([
      ...REPLIES.map(([, made]) => made),
      trouble(/did not answer within 200ms/),
      WIRE,
      WIRE,
      WIRE,
    ]);
    expect(proxy.asked.toSorted()).toEqual(proxied.map(({ apiUrl }) => `CONNECT ${new URL(apiUrl).host}`).toSorted());
  });

  it('trusts no certificate that nobody vouches for', async () => {
    const port = await startTlsApi(body(200, TASK));
    expect(await askAll([{ apiUrl: `https://localhost:${port}` }])).toEqual([trouble(/certificate/)]);
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
