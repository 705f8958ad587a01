import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startSandbox } from '../../src/sandbox/index.ts';
import { ROOT, readAction } from '../support/action.ts';
import { error, type Reply, silence, startApi, task } from '../support/api.ts';
import { onPosix } from '../support/platform.ts';
import { TOKEN } from '../support/run.ts';
import { act, newRunner } from '../support/runner.ts';
import { ENDED } from '../support/tasks.ts';

/*
 * The action, as a runner starts it: with its inputs as variables, and files to tell its outputs and summary in.
 */

const REFUSED_TOKEN = 'tok-of-the-action';

/** Watches by the action, which asks `api`. */
async function watch(api: { url: string }, inputs: Readonly<Record<string, string>>, env: Record<string, string> = {}) {
  const runner = newRunner();
  const given = { token: TOKEN, 'api-url': api.url, interval: '100ms', ...inputs };
  return act(runner, given, { env: { EXTRUCT_API_TOKEN: REFUSED_TOKEN, ...env } });
}

describe('the action', () => {
  it('waits for a task to end, and tells how it did', async () => {
    const api = await startApi();
    api.replies(task(), task(ENDED.done));
    const { code, log, outputs, summary } = await watch(api, { task: 'task-1' });
    expect(code).toBe(0);
    expect(outputs).toEqual({
      id: 'task-1',
      outcome: 'done',
      exit_code: '0',
      'exit-code': '0',
      num_results_discovered: '400',
      num_results_enriched: '200',
      num_results_evaluated: '100',
      num_results: '50',
      desired_num_results: '50',
    });
    expect(summary.split('\n').filter((line) => line.startsWith('| task-1 | done | 400 '))).toHaveLength(1);
    expect(log.match(/^::notice title=extruct-task task-1::/gm)).toHaveLength(1);
    expect(api.requests[0]?.headers.authorization).toBe(`Bearer ${TOKEN}`);
  });

  it('has the runner take its token out of the log, before anything else is written', async () => {
    const api = await startApi();
    api.replies(task({ ...ENDED.done, query: TOKEN }));
    const { log, summary } = await watch(api, { task: 'task-1' });
    expect(log.split('\n')[0]).toBe(`::add-mask::${TOKEN}`);
    expect(log.split(TOKEN)).toHaveLength(2);
    expect(summary).not.toContain(TOKEN);
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
    expect(ran).toMatchObject({ code: 0, outputs: { id: 'c', outcome: 'failed', 'exit-code': '0' } });
    expect(ran.summary.match(/^\| [abcd] \|/gm)).toHaveLength(4);
  });

  // A wait that goes past the end of --timeout is not begun.
  const wait = error(429, { 'retry-after': '3600' });

  it.each<[Record<string, string>, Reply, string, number]>([
    [{ until: 'num_results>=99\nnum_results >= 20\n' }, task(), 'condition_met', 0],
    [{ 'stall-timeout': '300ms' }, task(), 'stalled', 7],
    [{ timeout: '1m' }, wait, 'timed_out', 124],
  ])('with %j ends as it should', async (inputs, reply, outcome, code) => {
    const api = await startApi();
    api.replies(reply);
    const ran = await watch(api, { task: 'task-1', ...inputs });
    expect(ran).toMatchObject({ code, outputs: { outcome } });
  });

  it('creates a task for a query, and on a re-run takes it in place of a new one', async () => {
    const sandbox = await startSandbox({ speed: 2000 });
    onTestFinished(() => sandbox.close());
    const inputs = {
      token: sandbox.token,
      query: 'breweries',
      desired: '5',
      criteria: '- {key: malt, name: Malt, criterion: sells malt to others}',
    };
    const first = await watch(sandbox, inputs);
    expect(first).toMatchObject({ code: 0, outputs: { outcome: 'done', desired_num_results: '5' } });
    const again = await watch(sandbox, inputs, { GITHUB_RUN_ATTEMPT: '2' });
    expect(again).toMatchObject({ code: 0, outputs: { id: first.outputs.id } });
    const other = await watch(sandbox, { ...inputs, query: 'malt houses' }, { GITHUB_RUN_ATTEMPT: '2' });
    expect(other).toMatchObject({ code: 2, outputs: { 'exit-code': '2' }, log: expect.stringContaining('create-on-rerun') });
    const created = await watch(
      sandbox,
      { ...inputs, query: 'malt houses', 'create-on-rerun': 'true' },
      { GITHUB_RUN_ATTEMPT: '2' },
    );
    expect(created).toMatchObject({ code: 0, outputs: { outcome: 'done' } });
    expect(created.outputs.id).not.toBe(first.outputs.id);
  });

  onPosix('ends within a second of the signal of a workflow that is cancelled, and tells of the task', async () => {
    const api = await startApi();
    const runner = newRunner();
    const asked = new Promise<void>((resolve) =>
      api.replies((request, response) => {
        silence(request, response);
        resolve();
      }),
    );
    // The runner starts a file with a Node.js of its own. It would send SIGTERM 7.5 s after the first signal.
    const child = spawn(process.execPath, [resolve(ROOT, readAction().runs.main)], {
      cwd: runner.workspace,
      env: runner.variables({ token: TOKEN, 'api-url': api.url, task: 'task-1' }),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const log = text(child.stderr);
    await asked;
    const sentAt = performance.now();
    child.kill('SIGINT');
    const ended = await new Promise((done) => child.once('exit', (_code, signal) => done(signal)));
    expect(ended).toBe('SIGINT');
    expect(performance.now() - sentAt).toBeLessThan(7500);
    expect(await log).toContain('Stopped: ');
    expect(runner.told().outputs).toMatchObject({ outcome: 'interrupted', 'exit-code': '130' });
  });
});

describe('whatever was typed into the action', () => {
  it.each(['x; touch pwned', '$(touch pwned)', '`touch pwned`', "'; touch pwned #", '*'])(
    'as a task, %j is no command, and is refused',
    async (typed) => {
      const api = await startApi();
      const ran = await watch(api, { task: typed });
      expect(ran.code).toBe(2);
      expect(ran.log).toMatch(/^error: .*is not a task ID or URL; set a task ID/m);
      expect(api.requests).toEqual([]);
    },
  );

  it.each(['--help', '-V', '-'])('as a task, %j is an id and no option', async (typed) => {
    const api = await startApi();
    api.replies(error(404));
    expect(await watch(api, { task: typed })).toMatchObject({ code: 6, outputs: { outcome: 'not_found' } });
    expect(api.requests[0]?.path).toBe(`/v1/discovery_tasks/${typed}`);
  });

  it.each(['timeout', 'interval', 'stall-timeout', 'until', 'api-url', 'allow-exhausted', 'exit-status', 'results-file'])(
    'as %s, what it cannot be is refused by that name',
    async (name) => {
      const api = await startApi();
      const ran = await watch(api, { task: 'task-1', [name]: '1 --help $(touch pwned)' });
      expect(ran).toMatchObject({ code: 2, outputs: { 'exit-code': '2' } });
      expect(ran.log).toMatch(new RegExp(`^error: .*(?:${name}|--output).*; (?:run|set|check|use)`, 'm'));
      expect(ran.log).toMatch(/^::error /m);
      expect(api.requests).toEqual([]);
    },
  );

  it.each<[Record<string, string>, string]>([
    [{}, 'The action has neither a task nor a query'],
    [{ task: 'a', query: 'b' }, 'The action has both a task and a query'],
    [{ task: 'a', desired: '5', criteria: '- {}' }, 'The input desired and criteria requires a query'],
    [{ query: 'b', 'create-on-rerun': 'yes' }, 'The input create-on-rerun is neither true nor false'],
  ])('%j cannot be right', async (inputs, message) => {
    const api = await startApi();
    const ran = await watch(api, inputs);
    expect(ran).toMatchObject({ code: 2, outputs: { 'exit-code': '2' } });
    expect(ran.log).toContain(`error: ${message}; set `);
    expect(ran.log).toContain(`::error title=extruct-task::${message}; set `);
    expect(api.requests).toEqual([]);
  });
});
