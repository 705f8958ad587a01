import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
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
