import { describe, expect, it, onTestFinished } from 'vitest';
import { startSandbox } from '../../src/sandbox/server.ts';
import { run, runBinary } from '../support/run.ts';

describe('the sandbox', () => {
  it('ends quietly when nobody reads its two lines', async () => {
    const ran = await runBinary(['sandbox', '--port', '0'], { closeAtOnce: true });
    expect(ran.code).toBe(141);
  });

  it('answers as the API does: 401, 404, 405, all with a detail', async () => {
    const sandbox = await startSandbox({ port: 0, speed: 1, now: () => 0 });
    if ('refused' in sandbox) throw new Error(sandbox.refused);
    onTestFinished(() => sandbox.close());
    const authorization = 'Bearer sandbox';
    const ask = async (path: string, init?: RequestInit) => {
      const response = await fetch(new URL(path, sandbox.url), { headers: { authorization }, ...init });
      return [response.status, await response.json()];
    };
    expect(await ask('/v1/discovery_tasks/done', { headers: {} })).toEqual([401, { detail: 'Invalid or missing token' }]);
    expect(await ask('/v1/discovery_tasks/nothing')).toEqual([404, { detail: 'Discovery task not found' }]);
    expect(await ask('/v2')).toEqual([404, { detail: 'Not Found' }]);
    expect(await ask('/v1/discovery_tasks/done', { method: 'DELETE', headers: { authorization } })).toEqual([
      405,
      { detail: 'Method Not Allowed' },
    ]);
    const [status, list] = await ask('/v1/discovery_tasks?offset=1&limit=2');
    expect([status, (list as { id: string }[]).map(({ id }) => id)]).toEqual([200, ['slow', 'stalled']]);
    expect(await ask('/v1/discovery_tasks/done')).toEqual([
      200,
      expect.objectContaining({ id: 'done', status: 'created', desired_num_results: 50 }),
    ]);
  });

  it('says what to do when its port is taken', async () => {
    const sandbox = await startSandbox({ port: 0, speed: 1, now: () => 0 });
    if ('refused' in sandbox) throw new Error(sandbox.refused);
    onTestFinished(() => sandbox.close());
    const ran = await run(['sandbox', '--port', sandbox.url.port]);
    expect(ran).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringMatching(/^error: Port \d+ cannot be used \(EADDRINUSE\); set another one with --port\n$/),
    });
  });
});

describe('the demo', () => {
  it('needs neither token nor network, and says that it is simulated', async () => {
    const ran = await runBinary(['demo', 'instant'], {
      env: { EXTRUCT_API_TOKEN: '', HTTP_PROXY: 'http://127.0.0.1:1', EXTRUCT_API_URL: 'rubbish' },
    });
    expect(ran.code).toBe(0);
    expect(ran.stderr).toMatch(/^Simulated task "instant": no account is needed, and nothing leaves this machine\.\n/);
    expect(ran.stdout).toMatch(/^Outcome +done: 50 of 50 high-fit results$/m);
    expect(ran.stdout).toMatch(/^Query +Simulated: /m);
  });

  it('takes some twelve seconds to go through every fault of "flaky", in lines of JSON', async () => {
    const started = performance.now();
    const ran = await runBinary(['demo', 'flaky', '--json', '-v'], {});
    const seconds = (performance.now() - started) / 1000;
    expect(ran.code).toBe(0);
    expect(ran.json.at(-1)).toMatchObject({ id: 'flaky-demo', outcome: 'done', exit_code: 0 });
    const failed = [...ran.stderr.matchAll(/^> GET \S+ (?!200)(\w+)/gm)].map(([, what]) => what);
    expect(failed).toEqual(['502', '502', 'ECONNRESET', '429']);
    expect(seconds).toBeGreaterThan(10);
    expect(seconds).toBeLessThan(18);
  });

  it('goes as the scenario says', async () => {
    expect((await runBinary(['demo', 'stalled', '--timeout', '500ms', '-q'])).code).toBe(124);
  });
});
