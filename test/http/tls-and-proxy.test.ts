import { describe, expect, it } from 'vitest';
import { startApi, task } from '../support/api.ts';
import { startProxy } from '../support/proxy.ts';
import { run, runBinary, TOKEN } from '../support/run.ts';
import { ENDED } from '../support/tasks.ts';
import { ADDRESSES_CERTIFICATE, CERTIFICATE, startTlsApi } from '../support/tls.ts';

const done = task(ENDED.done);

it('a certificate is trusted where NODE_EXTRA_CA_CERTS vouches for it', async () => {
  const port = await startTlsApi(done);
  const env = { EXTRUCT_API_URL: `https://localhost:${port}`, NODE_EXTRA_CA_CERTS: CERTIFICATE };
  expect((await runBinary(['get', 'task-1'], { env })).code).toBe(0);
});

describe('a proxy', () => {
  it.each(['HTTP_PROXY', 'http_proxy'])('is asked to connect, for http as well, loopback or not (%s)', async (variable) => {
    const [api, proxy] = [await startApi(), await startProxy()];
    const ran = await run(['get', 'task-1'], { api, env: { [variable]: proxy.url } });
    expect(ran.code).toBe(8);
    expect(proxy.asked).toEqual([`CONNECT ${new URL(api.url).host}`]);
    expect(api.requests).toHaveLength(1);
  });

  it('is asked to connect for https, and never sees the token', async () => {
    const [port, proxy] = [await startTlsApi(done), await startProxy()];
    const env = { EXTRUCT_API_URL: `https://localhost:${port}`, https_proxy: proxy.url, NODE_EXTRA_CA_CERTS: CERTIFICATE };
    expect((await runBinary(['get', 'task-1'], { env })).code).toBe(0);
    expect(proxy.asked).toEqual([`CONNECT localhost:${port}`]);
    expect(JSON.stringify(proxy.headers)).not.toContain(TOKEN);
  });

  it('is asked once for many polls: the tunnel is kept', async () => {
    const [api, proxy] = [await startApi(), await startProxy()];
    api.replies(task(), task(), done);
    expect((await run(['watch', 'task-1', '--interval', '100ms'], { api, env: { HTTP_PROXY: proxy.url } })).code).toBe(0);
    expect(proxy.asked).toHaveLength(1);
  });

  it('may have an IPv6 address', async () => {
    const [api, proxy] = [await startApi(), await startProxy('::1')];
    expect((await run(['get', 'task-1'], { api, env: { HTTP_PROXY: proxy.url } })).code).toBe(8);
    expect(proxy.url).toContain('[::1]');
    expect(proxy.asked).toHaveLength(1);
  });

  it.each([
    ['127.0.0.1', false],
    ['::1', false],
    ['localhost', 'localhost'],
  ])('may be behind TLS, as %s, and is asked for by its name alone', async (host, name) => {
    const [api, proxy] = [await startApi(), await startProxy(host, ADDRESSES_CERTIFICATE)];
    const env = { HTTP_PROXY: proxy.url, NODE_EXTRA_CA_CERTS: ADDRESSES_CERTIFICATE };
    expect(await runBinary(['get', 'task-1'], { api, env })).toMatchObject({ code: 8, stderr: '' });
    expect(proxy.names).toEqual([name]);
  });

  it('is told from the service, where its certificate is not trusted', async () => {
    const [port, proxy] = [await startTlsApi(done), await startProxy('127.0.0.1', CERTIFICATE)];
    const ran = await run(['get', 'task-1'], { env: { EXTRUCT_API_URL: `https://localhost:${port}`, HTTPS_PROXY: proxy.url } });
    expect(ran.stderr).toContain(`The certificate of the proxy ${new URL(proxy.url).host} cannot be trusted`);
    const plain = await startProxy();
    const through = await run(['get', 'task-1'], {
      env: { EXTRUCT_API_URL: `https://localhost:${port}`, HTTPS_PROXY: plain.url },
    });
    expect(through.stderr).toContain(`The certificate of localhost:${port} (through the proxy`);
  });

  it('gets its user and password, which are in no output', async () => {
    const [api, proxy] = [await startApi(), await startProxy()];
    const withUser = proxy.url.replace('http://', 'http://me:hush%21@');
    const ran = await runBinary(['get', 'task-1', '-v'], { api, env: { HTTP_PROXY: withUser, DEBUG: '*' } });
    const credentials = Buffer.from('me:hush!').toString('base64');
    expect(proxy.headers[0]?.['proxy-authorization']).toBe(`Basic ${credentials}`);
    for (const secret of ['hush', credentials, TOKEN]) expect(ran.stderr).not.toContain(secret);
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
    expect(ran.stderr).toMatch(/^error: The proxy 127\.0\.0\.1:1 refused the connection; check/);
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
