import { spawn } from 'node:child_process';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startApi, task } from '../support/api.ts';
import { BINARY, run, runBinary } from '../support/run.ts';

/** Starts the sandbox as a user does, on a free port; gives the two variables that it prints. */
async function sandboxProcess(...flags: readonly string[]) {
  const child = spawn(process.execPath, [BINARY, 'sandbox', '--port', '0', ...flags], { stdio: 'pipe' });
  onTestFinished(() => void child.kill('SIGKILL'));
  let log = '';
  child.stderr.on('data', (chunk) => {
    log += chunk;
  });
  const lines = await new Promise<string>((resolve) => child.stdout.once('data', (chunk) => resolve(String(chunk))));
  const env = Object.fromEntries([...lines.matchAll(/^export (\w+)=(\S+)$/gm)].map(([, name, value]) => [name, value]));
  const stopped = new Promise<string | null>((resolve) => child.once('close', (_code, signal) => resolve(signal)));
  return { lines, env, log: () => log, stop: () => child.kill('SIGINT'), stopped };
}

describe('a watch', () => {
  it.each([
    ['SIGHUP', 129],
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('dies of %s itself, having said that the task goes on', async (signal, code) => {
    const api = await startApi();
    let send: (() => void) | undefined;
    // With the second request the first answer has been told.
    api.replies(task(), () => send?.());
    const ran = await runBinary(['watch', 'task-1', '--json', '--progress', 'none', '--interval', '100ms'], {
      api,
      onReady: (kill) => {
        send = () => kill(signal);
      },
    });
    expect(ran).toMatchObject({ code: null, died: signal });
    expect(ran.json.map(({ outcome, exit_code }) => [outcome, exit_code])).toEqual([
      ['running', undefined],
      ['interrupted', code],
    ]);
    expect(ran.stderr).toBe(
      'Stopped: the task goes on running on the server; run `extruct-task watch task-1` to watch it again\n',
    );
  });
});

describe('the sandbox', () => {
  it('prints the two lines that point a shell at it, serves, logs, and stops on Ctrl-C', async () => {
    const sandbox = await sandboxProcess('--speed', '1000');
    expect(sandbox.lines).toMatch(/^export EXTRUCT_API_URL=http:\/\/127\.0\.0\.1:\d+\nexport EXTRUCT_API_TOKEN=sandbox\n$/);
    const ran = await run(['watch', 'done-1', 'exhausted-1', 'failed-1', '--json', '--interval', '100ms'], { env: sandbox.env });
    expect(ran.code).toBe(3);
    expect(
      ran.json
        .filter((line) => 'exit_code' in line)
        .map(({ id, outcome }) => [id, outcome])
        .toSorted(),
    ).toEqual([
      ['done-1', 'done'],
      ['exhausted-1', 'exhausted'],
      ['failed-1', 'failed'],
    ]);
    expect(sandbox.log()).toContain('GET /v1/discovery_tasks/done-1 200\n');
    sandbox.stop();
    expect(await sandbox.stopped).toBe('SIGINT');
  });
});
