import { describe, expect, it } from 'vitest';
import { body, error, list, type Reply, startApi } from '../support/api.ts';
import { standingClock } from '../support/fake-clock.ts';
import { startProxy } from '../support/proxy.ts';
import { type Ran, run, runBinary, type Setting, TOKEN } from '../support/run.ts';
import { wireTask } from '../support/tasks.ts';
import { CERTIFICATE, startTlsApi } from '../support/tls.ts';

interface Check {
  readonly name: string;
  readonly state: string;
  readonly what: string;
  readonly fix?: string;
  readonly took_ms?: number;
}

const LIST = 'discovery_tasks?offset=0&limit=1';
const tasks = list([wireTask()]);
const billing = (user: object, subscription: object) => body(200, JSON.stringify({ user, subscription }));
const ACTIVE = billing({ organization_is_active: true }, { plan_tier: 'growth', requires_subscription: false });

/** An API that answers what the doctor asks; the test changes some of it. */
async function startWell(changes: Readonly<Record<string, Reply>> = {}) {
  const api = await startApi();
  const replies = { healthcheck: body(200, '{"status":"ok"}'), [LIST]: tasks, billing: ACTIVE, ...changes };
  for (const [id, reply] of Object.entries(replies)) api.repliesTo(id, reply);
  return api;
}

/** What the doctor's JSON says. */
async function examine(setting: Setting, ...args: string[]) {
  const ran = await run(['doctor', '--json', ...args], setting);
  const [report] = ran.json as [{ exit_code: number; checks: Check[] }];
  return { ran, report, ...byName(report.checks) };
}

function byName(checks: readonly Check[]) {
  return {
    states: Object.fromEntries(checks.map(({ name, state }) => [name, state])),
    check: (name: string) => checks.find((one) => one.name === name),
  };
}

describe('doctor', () => {
  it('tells in lines what works, and ends well', async () => {
    const api = await startWell();
    const ran = await run(['doctor'], { api, env: { LANG: 'C.UTF-8' } });
    expect(ran).toMatchObject({ code: 0, stderr: '' });
    const port = new URL(api.url).port;
    expect(ran.stdout.replace(/\(\d+m?s\)/g, '(Xms)').split('\n')).toEqual([
      expect.stringMatching(/^✓ program {5}extruct-task \d.* on Node\.js \d+\.\d.*$/),
      `✓ api url     http://127.0.0.1:${port} (from EXTRUCT_API_URL)`,
      '· proxy       None applies to 127.0.0.1',
      '✓ token       There, and well formed (from EXTRUCT_API_TOKEN)',
      '· name        127.0.0.1 is an address',
      `✓ connection  127.0.0.1:${port} takes connections (Xms)`,
      '· tls         http: is not encrypted',
      `✓ answer      127.0.0.1:${port} answers (200) (Xms)`,
      "✓ clock       Agrees with the service's",
      '✓ access      The API accepts the token (Xms)',
      '✓ account     The organization is active, on the plan "growth"',
      '· terminal    Standard error is no terminal',
      '✓ colours     standard output: off, standard error: off',
      '✓ characters  UTF-8',
      '✓ progress    watch writes plain lines, because standard error is no terminal',
      '',
    ]);
  });

  it('asks for the health of the service without the token, and shows the token nowhere', async () => {
    const api = await startWell();
    const { ran } = await examine({ api, env: { NODE_EXTRA_CA_CERTS: TOKEN } }, '-v');
    expect(ran.stdout + ran.stderr).not.toContain(TOKEN);
    const sent = api.requests.map(({ path, headers }) => [path, headers.authorization]);
    expect(sent).toEqual([
      ['/v1/healthcheck', undefined],
      [`/v1/${LIST}`, `Bearer ${TOKEN}`],
      ['/v1/billing', `Bearer ${TOKEN}`],
    ]);
  });

  it.each<[what: string, changes: Record<string, Reply>, code: number, check: string, state: string, words: RegExp]>([
    [
      'a token that is refused',
      { [LIST]: error(401) },
      4,
      'access',
      'failed',
      /refused the token.*set EXTRUCT_API_TOKEN to the token of this service; a sandbox prints its own/,
    ],
    ['an address where the API is not', { [LIST]: error(404) }, 6, 'access', 'failed', /not at this address.*check the API URL/],
    ['a service with an outage', { [LIST]: error(503) }, 1, 'access', 'failed', /503/],
    ['no health check', { healthcheck: error(404) }, 0, 'answer', 'ok', /answers \(404\)/],
    ['a health check that is not well', { healthcheck: error(500) }, 0, 'answer', 'warning', /answers \(500\)/],
    [
      'a clock that is wrong',
      { healthcheck: body(200, '{}', { date: 'Mon, 23 Nov 2020 10:00:00 GMT' }) },
      0,
      'clock',
      'warning',
      /ahead of .*set/,
    ],
    ['no account', { billing: error(404) }, 0, 'account', 'skipped', /does not tell/],
    ['an answer that is none', { billing: body(200, '[]') }, 0, 'account', 'skipped', /does not tell/],
    [
      'an account that is off',
      { billing: billing({ organization_is_active: false }, {}) },
      0,
      'account',
      'warning',
      /not active/,
    ],
    [
      'a plan that is missing',
      { billing: billing({}, { plan_tier: 'free', requires_subscription: true }) },
      0,
      'account',
      'warning',
      /"free".*402/,
    ],
  ])('tells of %s', async (_what, changes, code, name, state, words) => {
    const { ran, report, check } = await examine({ api: await startWell(changes) });
    const found = check(name);
    expect([ran.code, report.exit_code, found?.state]).toEqual([code, code, state]);
    expect(`${found?.what}; ${found?.fix}`).toMatch(words);
  });

  it.each<[env: Record<string, string>, code: number, check: string, words: string]>([
    [{ EXTRUCT_API_TOKEN: '' }, 4, 'token', 'No API token found'],
    [{ EXTRUCT_API_TOKEN: 'two words' }, 2, 'token', 'contains invalid characters'],
    [{ EXTRUCT_API_URL: 'ftp://x' }, 2, 'settings', "EXTRUCT_API_URL cannot be 'ftp://x'"],
    [{ EXTRUCT_API_URL: 'http://127.0.0.1:1' }, 1, 'connection', 'refused the connection'],
    [{ EXTRUCT_API_URL: 'https://nowhere.invalid' }, 1, 'name', 'nowhere.invalid has no address'],
  ])('ends as a watch would with %j, and checks the rest all the same', async (env, code, name, words) => {
    const { ran, check, states } = await examine({ api: await startWell(), env });
    expect(ran.code).toBe(code);
    expect(check(name)).toMatchObject({ state: 'failed', what: expect.stringContaining(words), fix: expect.any(String) });
    expect(states).toMatchObject({ program: 'ok', progress: 'ok' });
  });

  it('names who signed a certificate that is not trusted', async () => {
    const port = await startTlsApi(tasks);
    const { ran, check, states } = await examine({ env: { EXTRUCT_API_URL: `https://localhost:${port}` } });
    expect(ran.code).toBe(1);
    expect(states).toMatchObject({ name: 'ok', connection: 'ok', tls: 'failed', access: 'failed' });
    expect(check('tls')?.what).toMatch(/^The certificate of localhost:\d+ cannot be trusted \(.+\); it is signed by /);
  });

  it('goes the whole way through a proxy and TLS', async () => {
    const [port, proxy] = [await startTlsApi(tasks), await startProxy()];
    const withUser = proxy.url.replace('http://', 'http://me:hush@');
    const env = { EXTRUCT_API_URL: `https://localhost:${port}`, HTTPS_PROXY: withUser, NODE_EXTRA_CA_CERTS: CERTIFICATE };
    const ran: Ran = await runBinary(['doctor', '--json'], { env });
    const { check, states } = byName((ran.json[0] as unknown as { checks: Check[] }).checks);
    expect(ran).toMatchObject({ code: 0, stderr: '' });
    expect(states).toMatchObject({ proxy: 'ok', certificates: 'ok', connection: 'ok', tls: 'ok', answer: 'ok', access: 'ok' });
    expect(check('proxy')?.what).toBe(`${new URL(proxy.url).host} (from HTTPS_PROXY)`);
    expect(check('tls')).toMatchObject({
      what: expect.stringMatching(/^TLSv1\.3, certificate signed by .+, valid until 2/),
      took_ms: expect.any(Number),
    });
    expect(ran.stdout).not.toContain('hush');
  });

  it('goes through a proxy without TLS', async () => {
    const [api, proxy] = [await startWell(), await startProxy()];
    const { ran, states } = await examine({ api, env: { http_proxy: proxy.url } });
    expect(ran).toMatchObject({ code: 0, stderr: '' });
    expect(states).toMatchObject({ proxy: 'ok', connection: 'ok', tls: 'skipped', answer: 'ok', access: 'ok' });
    expect(proxy.asked).toContain(`CONNECT ${new URL(api.url).host}`);
  });

  it('tells of a terminal that is not what it takes', async () => {
    const { check } = await examine({ api: await startWell(), env: { LC_ALL: 'C', CI: '1' } });
    expect(check('characters')).toMatchObject({ state: 'warning', what: "The locale 'C' is not UTF-8: ASCII is drawn" });
    const ascii = await run(['doctor'], { api: await startWell(), env: { EXTRUCT_ASCII: '1' } });
    expect(ascii.stdout).toMatch(/^\+ program [\s\S]*^\+ characters +ASCII is drawn, because EXTRUCT_ASCII is set$/m);
    const plain = await run(['doctor', '--color'], { api: await startWell(), env: { LANG: 'C' }, stdoutColumns: 80 });
    expect(plain.stdout).toContain('\u001b[32m+\u001b[39m program');
    // Yellow cannot be read on white.
    expect(plain.stdout).toContain('\u001b[35m!\u001b[39m characters');
  });

  it('stops where it hangs, and says so', async () => {
    const api = await startWell({ [LIST]: () => {} });
    let stop = () => {};
    api.repliesTo('healthcheck', (request, response) => {
      body(200, '{}')(request, response);
      setTimeout(() => stop(), 50);
    });
    const onReady: Setting['onReady'] = (send) => {
      stop = () => send('SIGINT');
    };
    const ran = await run(['doctor'], { api, clock: standingClock(), onReady });
    expect(ran.code).toBe(130);
    expect(ran.stderr).toBe('Stopped: not everything was checked; run `extruct-task doctor` again\n');
  });
});
