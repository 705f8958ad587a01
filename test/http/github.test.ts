import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { body, startApi, task } from '../support/api.ts';
import { run } from '../support/run.ts';
import { ENDED } from '../support/tasks.ts';

function workflow() {
  const folder = mkdtempSync(join(tmpdir(), 'extruct-task-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const env = {
    CI: 'true',
    GITHUB_ACTIONS: 'true',
    GITHUB_STEP_SUMMARY: join(folder, 'summary'),
    GITHUB_OUTPUT: join(folder, 'output'),
  };
  return { env, read: (name: string) => readFileSync(join(folder, name), 'utf8') };
}

it('a watch in GitHub Actions leaves an annotation, a summary and outputs, and stdout as it is', async () => {
  const api = await startApi();
  api.replies(task(), task(ENDED.exhausted));
  const { env, read } = workflow();
  const ran = await run(['watch', 'task-1', '--json', '--interval', '100ms'], { api, env });
  expect(ran.code).toBe(5);
  expect(ran.json).toHaveLength(2);
  expect(ran.stderr).toContain(
    '::warning title=extruct-task task-1::exhausted: the sources ran dry at 31 of 50 high-fit results\n',
  );
  expect(read('summary')).toContain('| task-1 | exhausted | 400 | 200 | 200 | 31 | 50 | solar companies in Spain |\n');
  expect(read('output')).toMatch(/^outcome=exhausted\nexit_code=5\n/);
});

it.each([
  ['', 3],
  ['--no-exit-status', 0],
])('of several tasks, the outputs are those of the worst, whatever flags make of the exit code: %s', async (flag, code) => {
  const api = await startApi();
  api.repliesTo('a', task(ENDED.done));
  api.repliesTo('b', task(ENDED.failed));
  const { env, read } = workflow();
  const ran = await run(['watch', 'a', 'b', ...(flag ? [flag] : [])], { api, env });
  expect(ran.code).toBe(code);
  expect(read('output')).toMatch(new RegExp(`^outcome=failed\nexit_code=${code}\n`));
  expect(read('summary').split('\n')).toHaveLength(6);
});

it.each([
  [['watch', 't', '--interval', '1ms'], {}, 2, "--interval cannot be '1ms'; set auto"],
  [['watch', 't', '--xyzzy'], {}, 2, "unknown option '--xyzzy'; run"],
  [['watch', 't'], { EXTRUCT_API_TOKEN: '' }, 4, 'No API token found; set EXTRUCT_API_TOKEN'],
  [['watch', 'a/b'], {}, 2, "'a/b' is not a task ID or URL; set"],
])('%j with %j, where nothing was sent, is an annotation and an exit code', async (args, wrong, code, words) => {
  const { env, read } = workflow();
  const ran = await run(args, { env: { ...env, ...wrong } });
  expect(ran).toMatchObject({ code, stdout: '' });
  expect(ran.stderr).toContain(`::error title=extruct-task::${words}`);
  expect(read('output')).toBe(`exit_code=${code}\n`);
});

it.each([
  [['watch', 'task-1'], 'unreachable: '],
  [['watch', '@last'], 'unreachable: '],
  [['create', 'x', '--watch'], ''],
])('%j in an outage before the first answer is one annotation, with outputs', async (args, words) => {
  const { env, read } = workflow();
  const ran = await run([...args, '--retry-for', '0'], { env: { ...env, EXTRUCT_API_URL: 'http://127.0.0.1:1' } });
  expect(ran.code).toBe(1);
  expect(ran.stderr.match(/^::error title=extruct-task.*$/gm)).toEqual([
    expect.stringMatching(new RegExp(`::${words}127\\.0\\.0\\.1:1 refused the connection`)),
  ]);
  expect(read('output')).toMatch(/^outcome=unreachable\nexit_code=1\n/);
});

it('a summary counts what the step has written before, and never grows over 1 MiB', async () => {
  const api = await startApi();
  api.replies(task(ENDED.done));
  const { env, read } = workflow();
  writeFileSync(env.GITHUB_STEP_SUMMARY, 'x'.repeat(1024 * 1024 - 1500));
  const ids = Array.from({ length: 40 }, (_, index) => `task-${index}`);
  const ran = await run(['watch', ...ids], { api, env });
  expect(ran.code).toBe(0);
  expect(read('summary')).toMatch(/ more tasks: \d+ done\n\n$/);
  expect(read('summary').length).toBeLessThanOrEqual(1024 * 1024);
});

it('a file that cannot be written is warned of, and changes nothing', async () => {
  const api = await startApi();
  api.replies(task(ENDED.done));
  const ran = await run(['watch', 'a'], { api, env: { GITHUB_ACTIONS: 'true', GITHUB_OUTPUT: '/nowhere/output' } });
  expect(ran).toMatchObject({
    code: 0,
    stderr: expect.stringContaining('warning: Cannot write the workflow file /nowhere/output (ENOENT)'),
  });
});

it.each([[['--json']], [[]], [['--json', '-q']]])(
  'with %j nothing that a stranger typed is a command to the runner',
  async (flags) => {
    const api = await startApi();
    const command = '::set-output name=outcome::done';
    const text = `##[set-output name=outcome;]done ${'word '.repeat(20)} ${command}`;
    const criteria = [
      { key: 'a', name: 'A', criterion: text },
      { key: 'b', name: command, criterion: command },
    ];
    const hostile = { query: text, criteria, data_sources: [command, text] };
    api.replies(
      body(503, JSON.stringify({ detail: text })),
      task({ ...hostile, status: `##vso[task.complete]${command}` }),
      task({ ...hostile, status: 'failed', error: command }),
    );
    const { env } = workflow();
    const ran = await run(['watch', 'task-1', '--interval', '100ms', ...flags], { api, env: { ...env, COLUMNS: '60' } });
    expect(ran.code).toBe(3);
    const lines = `${ran.stdout}${ran.stderr}`.split('\n').filter((line) => !line.startsWith('::error title='));
    expect(lines.filter((line) => /^\s*::|##(?:vso)?\[/i.test(line))).toEqual([]);
  },
);

it('elsewhere there is nothing of it', async () => {
  const api = await startApi();
  api.replies(task(ENDED.done));
  const ran = await run(['watch', 'a'], { api, env: { CI: 'true' } });
  expect(ran.stderr).not.toContain('::');
});
