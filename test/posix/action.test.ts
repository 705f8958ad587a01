import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { fillIn, ROOT, readAction } from '../support/action.ts';
import { type Api, error, listen, type Reply, silence, startApi, task } from '../support/api.ts';
import { TOKEN } from '../support/run.ts';
import { newRunner, runStep } from '../support/runner.ts';
import { ENDED } from '../support/tasks.ts';

/*
 * The action's own scripts, in bash, as a runner starts them. npm is the real one; what it installs is this checkout, packed.
 */

const action = readAction();
const [installing, watching] = action.runs.steps;
const { version } = JSON.parse(readFileSync(resolve(ROOT, 'package.json'), 'utf8')) as { version: string };
const machine = newRunner();
const tarball = join(machine.home, `extruct-task-${version}.tgz`);

beforeAll(async () => {
  execFileSync('npm', ['pack', '--ignore-scripts', '--pack-destination', machine.home], { cwd: ROOT, stdio: 'pipe' });
  const ran = await runStep({ action, step: installing }, { version: `file:${tarball}` }, machine);
  if (ran.code !== 0) throw new Error(ran.log);
}, 60_000);
afterAll(machine.remove);

/** Watches by the action, on the machine where it is installed; the outputs are those of the action. */
async function watch(api: Api, inputs: Readonly<Record<string, string>>, onStart?: (cancel: () => void) => void) {
  const given = { token: TOKEN, 'api-url': api.url, ...inputs };
  const ran = await runStep({ action, step: watching }, given, machine, onStart);
  const outputs = Object.entries(action.outputs).map(([name, { value }]) => [name, fillIn(value, ran.outputs)]);
  return { ...ran, outputs: Object.fromEntries(outputs) as Record<string, string> };
}

describe('the action', () => {
  it('waits for a task to end, and tells how it did', async () => {
    const api = await startApi();
    api.replies(task(), task(ENDED.done));
    const { code, log, outputs, summary } = await watch(api, { task: 'task-1', interval: '100ms' });
    expect(code).toBe(0);
    expect(outputs).toEqual({
      outcome: 'done',
      'exit-code': '0',
      num_results_discovered: '400',
      num_results_enriched: '200',
      num_results_evaluated: '100',
      num_results: '50',
      desired_num_results: '50',
    });
    expect(summary.split('\n').filter((line) => line.startsWith('| task-1 | done | 400 '))).toHaveLength(1);
    expect(log.match(/^::notice title=extruct-task task-1::/gm)).toHaveLength(1);
    expect(log + summary).not.toContain(TOKEN);
  });

  it.each<[Record<string, string>, number]>([
    [{}, 5],
    [{ 'allow-exhausted': 'true' }, 0],
    [{ 'exit-status': 'false' }, 0],
  ])('with %j of an exhausted task exits %i, and tells its outcome', async (inputs, code) => {
    const api = await startApi();
    api.replies(task(ENDED.exhausted));
    const ran = await watch(api, { task: 'task-1', ...inputs });
    expect(ran.code).toBe(code);
    expect(ran.outputs).toMatchObject({ outcome: 'exhausted', 'exit-code': String(code), num_results: '31' });
  });

  it('watches several, and its outputs are those of the worst', async () => {
    const api = await startApi();
    api.replies(task(ENDED.done));
    api.repliesTo('c', task(ENDED.failed));
    const ran = await watch(api, { task: ' a\nhttps://app.extruct.ai/tasks/b?tab=1\r\n\tc  d\n', 'exit-status': 'false' });
    expect(api.requests.map(({ path }) => path.split('/').at(-1)).toSorted()).toEqual(['a', 'b', 'c', 'd']);
    expect(ran).toMatchObject({ code: 0, outputs: { outcome: 'failed', 'exit-code': '0' } });
    expect(ran.summary.match(/^\| [abcd] \|/gm)).toHaveLength(4);
  });

  // A wait that goes past the end of --timeout is not begun.
  const wait = error(429, { 'retry-after': '3600' });

  it.each<[Record<string, string>, Reply, string, number]>([
    [{ until: 'num_results>=99\nnum_results >= 20\n' }, task(), 'condition_met', 0],
    [{ 'stall-timeout': '300ms', interval: '100ms' }, task(), 'stalled', 7],
    [{ timeout: '1m' }, wait, 'timed_out', 124],
  ])('with %j ends as it should', async (inputs, reply, outcome, code) => {
    const api = await startApi();
    api.replies(reply);
    const ran = await watch(api, { task: 'task-1', ...inputs });
    expect(ran).toMatchObject({ code, outputs: { outcome } });
  });

  it('leaves a workflow that is cancelled with word of the task', async () => {
    const api = await startApi();
    let cancel = () => {};
    api.replies((request, response) => {
      silence(request, response);
      cancel();
    });
    const ran = await watch(api, { task: 'task-1' }, (kill) => {
      cancel = kill;
    });
    expect(ran.log).toContain('Stopped: the task goes on running on the server');
    expect(ran.outputs).toMatchObject({ outcome: 'interrupted', 'exit-code': '130' });
  });
});

describe('whatever was typed into the action', () => {
  it.each([
    'x; touch pwned',
    '$(touch pwned)',
    '`touch pwned`',
    "'; touch pwned #",
    '"; touch pwned #',
    'x\n&touch pwned',
    '*',
    '',
  ])('as a task, %j is no command, and is refused', async (text) => {
    const api = await startApi();
    const ran = await watch(api, { task: text });
    expect(ran.code).toBe(2);
    expect(ran.log).toMatch(/^error: .*(?:is not a task ID or URL|no task given); set a task ID/);
    expect(api.requests).toEqual([]);
    expect(readdirSync(machine.workspace)).toEqual([]);
  });

  it.each(['--help', '-V', '-'])('as a task, %j is an id and no option', async (text) => {
    const api = await startApi();
    api.replies(error(404));
    expect(await watch(api, { task: text })).toMatchObject({ code: 6, outputs: { outcome: 'not_found' } });
    expect(api.requests[0]?.path).toBe(`/v1/discovery_tasks/${text}`);
  });

  it.each(['timeout', 'interval', 'stall-timeout', 'until', 'api-url', 'allow-exhausted', 'exit-status'])(
    'as %s, what it cannot be is refused by that name',
    async (name) => {
      const api = await startApi();
      const ran = await watch(api, { task: 'task-1', [name]: '1 --help $(touch pwned)' });
      expect(ran.code).toBe(2);
      expect(ran.log).toMatch(new RegExp(`^error: .*${name}.*; (?:run|set|check)`));
      expect(api.requests).toEqual([]);
      expect(readdirSync(machine.workspace)).toEqual([]);
    },
  );
});

describe('the action installs', () => {
  /** A registry on loopback that has this checkout as its only package, and what it was asked for. */
  async function startRegistry(engines = '>=20') {
    const asked: string[] = [];
    const server = createServer((request, response) => {
      asked.push(request.url ?? '');
      if (request.url === '/package.tgz') return void response.end(readFileSync(tarball));
      const dist = { tarball: `http://${request.headers.host}/package.tgz` };
      const manifest = { name: 'extruct-task', version, engines: { node: engines }, dist };
      response.end(JSON.stringify({ name: 'extruct-task', 'dist-tags': { latest: version }, versions: { [version]: manifest } }));
    });
    return { url: await listen(server), asked };
  }

  async function install(registry: { url: string }, inputs: Readonly<Record<string, string>> = {}) {
    const runner = newRunner();
    onTestFinished(runner.remove);
    writeFileSync(join(runner.home, '.npmrc'), `registry=${registry.url}\n`);
    return { runner, run: () => runStep({ action, step: installing }, inputs, runner) };
  }

  const installed = (temp: string) => join(temp, 'extruct-task/node_modules/extruct-task/package.json');

  it('the version that it has itself, from the registry of the machine, whatever lies in the workspace', async () => {
    const registry = await startRegistry();
    const stranger = await startRegistry();
    const { runner, run } = await install(registry);
    writeFileSync(join(runner.workspace, '.npmrc'), `registry=${stranger.url}\nprefix=.\n`);
    writeFileSync(join(runner.workspace, 'package.json'), '{"name": "extruct-task", "version": "0.0.1"}');
    mkdirSync(join(runner.workspace, 'node_modules/extruct-task'), { recursive: true });
    expect(await run()).toMatchObject({ code: 0 });
    expect(stranger.asked).toEqual([]);
    expect(registry.asked).toEqual(['/extruct-task', '/package.tgz']);
    expect(JSON.parse(readFileSync(installed(runner.temp), 'utf8'))).toMatchObject({ version });
  });

  it.each(['1; touch pwned', '$(touch pwned)'])('nothing for the version %j', async (text) => {
    const { runner, run } = await install(await startRegistry(), { version: text });
    expect((await run()).code).toBeGreaterThan(0);
    expect([...readdirSync(runner.workspace), ...readdirSync(runner.temp)]).not.toContain('pwned');
  });

  it('nothing where Node.js is too old for it, and says so', async () => {
    const { run } = await install(await startRegistry('>=99'));
    const ran = await run();
    expect(ran.code).toBeGreaterThan(0);
    expect(ran.log).toContain('EBADENGINE');
  });
});
