import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { connect } from 'node:net';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { listen, startApi, task } from '../support/api.ts';
import { run, runBinary, TOKEN } from '../support/run.ts';
import { ENDED } from '../support/tasks.ts';

// A key for localhost that is made for these tests and secret to nobody.
const TLS = resolve(import.meta.dirname, '../support/tls');
const CERTIFICATE = join(TLS, 'cert.pem');

async function startTlsApi(): Promise<{ port: string }> {
  const options = { key: readFileSync(join(TLS, 'key.pem')), cert: readFileSync(CERTIFICATE) };
  const origin = await listen(createTlsServer(options, task(ENDED.done)));
  return { port: new URL(origin).port };
}

/** A forward proxy: the absolute form for http, CONNECT for https. Keeps what it was asked for, and the credentials. */
async function startProxy() {
  const asked: string[] = [];
  const users: (string | undefined)[] = [];
  const tokens: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    users.push(request.headers['proxy-authorization']);
    task(ENDED.done)({ ...request, url: new URL(request.url ?? '').pathname } as typeof request, response);
  });
  server.on('connect', (request, socket) => {
    asked.push(`CONNECT ${request.url}`);
    tokens.push(request.headers.authorization);
    users.push(request.headers['proxy-authorization']);
    const [, port] = request.url?.split(':') ?? [];
    const upstream = connect(Number(port), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      upstream.pipe(socket).pipe(upstream);
    });
    upstream.on('error', () => socket.destroy());
    socket.on('error', () => upstream.destroy());
  });
  return { url: await listen(server), asked, users, tokens };
}

describe('a certificate', () => {
  it('that nobody vouches for is final, and told with what to do', async () => {
    const { port } = await startTlsApi();
    const ran = await run(['watch', 'task-1', '--json', '-q'], { env: { EXTRUCT_API_URL: `https://localhost:${port}` } });
    expect(ran.code).toBe(1);
    expect(ran.json).toEqual([expect.objectContaining({ outcome: 'unreachable', exit_code: 1 })]);
    expect(ran.stderr).toMatch(
      /^error: The certificate of localhost:\d+ cannot be trusted \(DEPTH_ZERO_SELF_SIGNED_CERT\); .*NODE_EXTRA_CA_CERTS/,
    );
  });

  it('is trusted where NODE_EXTRA_CA_CERTS vouches for it', async () => {
    const { port } = await startTlsApi();
    const env = { EXTRUCT_API_URL: `https://localhost:${port}`, NODE_EXTRA_CA_CERTS: CERTIFICATE };
    expect((await runBinary(['get', 'task-1'], { env })).code).toBe(0);
  });

  it('for another host name is final', async () => {
    const { port } = await startTlsApi();
    const env = { EXTRUCT_API_URL: `https://127.0.0.1:${port}`, NODE_EXTRA_CA_CERTS: CERTIFICATE };
    const ran = await runBinary(['watch', 'task-1'], { env });
    expect(ran).toMatchObject({ code: 1, stderr: expect.stringContaining('cannot be trusted (ERR_TLS_CERT_ALTNAME_INVALID)') });
  });
});

describe('a proxy', () => {
  it('is asked for http in the absolute form, loopback or not', async () => {
    const [api, proxy] = [await startApi(), await startProxy()];
    const ran = await run(['get', 'task-1'], { api, env: { HTTP_PROXY: proxy.url } });
    expect(ran.code).toBe(0);
    expect(proxy.asked).toEqual([`GET ${api.url}/v1/discovery_tasks/task-1`]);
    expect(api.requests).toEqual([]);
  });

  it('is asked for https with CONNECT, and never sees the token', async () => {
    const [{ port }, proxy] = [await startTlsApi(), await startProxy()];
    const env = { EXTRUCT_API_URL: `https://localhost:${port}`, https_proxy: proxy.url, NODE_EXTRA_CA_CERTS: CERTIFICATE };
    expect((await runBinary(['get', 'task-1'], { env })).code).toBe(0);
    expect(proxy.asked).toEqual([`CONNECT localhost:${port}`]);
    expect(proxy.tokens).toEqual([undefined]);
  });

  it('gets its user and password, which are in no output', async () => {
    const [api, proxy] = [await startApi(), await startProxy()];
    const withUser = proxy.url.replace('http://', 'http://me:hush%21@');
    const ran = await runBinary(['get', 'task-1', '-v'], { api, env: { HTTP_PROXY: withUser, DEBUG: '*' } });
    expect(proxy.users).toEqual([`Basic ${Buffer.from('me:hush!').toString('base64')}`]);
    for (const secret of ['hush', Buffer.from('me:hush!').toString('base64'), TOKEN]) expect(ran.stderr).not.toContain(secret);
  });

  it('is passed by for what NO_PROXY names', async () => {
    const [api, proxy] = [await startApi(), await startProxy()];
    await run(['get', 'task-1'], { api, env: { HTTP_PROXY: proxy.url, NO_PROXY: '127.0.0.1' } });
    expect(proxy.asked).toEqual([]);
    expect(api.requests).toHaveLength(1);
  });

  it('that is down is an outage like any other', async () => {
    const api = await startApi();
    const ran = await run(['get', 'task-1', '--retry-for', '0'], { api, env: { HTTP_PROXY: 'http://127.0.0.1:1' } });
    expect(ran.code).toBe(1);
    expect(ran.stderr).toMatch(/^error: 127\.0\.0\.1:\d+, asked through the proxy 127\.0\.0\.1:1, refused the connection; check/);
  });

  it.each(['socks5://127.0.0.1:1', 'http://', 'not a url', 'http://us%er:p@127.0.0.1:1'])(
    'of a kind that is not known (%s) is a usage error',
    async (proxy) => {
      const api = await startApi();
      const ran = await run(['get', 'task-1'], { api, env: { HTTP_PROXY: proxy } });
      expect(ran).toMatchObject({ code: 2, stdout: '', stderr: expect.stringMatching(/^error: HTTP_PROXY .*; set .*\n$/) });
      expect(api.requests).toEqual([]);
    },
  );
});
