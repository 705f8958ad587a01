import { spawn } from 'node:child_process';
import { constants, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { codeOfEnding } from '../../src/core/exit-code.ts';
import { startApi, task } from '../support/api.ts';
import { onLinux } from '../support/platform.ts';
import { BINARY, run, runBinary } from '../support/run.ts';
import { ENDED } from '../support/tasks.ts';

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

/**
 * Runs a script of bash that starts the program, `$PROGRAM`, in the background and leaves its number in `$PID`. With the second request
 * the program gets the signal, and with the third its task has ended.
 */
async function sendTo(script: string, signal: NodeJS.Signals) {
  const folder = mkdtempSync(join(tmpdir(), 'extruct-task-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const env = { FOLDER: folder, PID: join(folder, 'pid'), PROGRAM: `${process.execPath} ${BINARY}` };
  const api = await startApi();
  api.replies(
    task(),
    (request, response) => {
      process.kill(Number(readFileSync(env.PID, 'utf8')), signal);
      task()(request, response);
    },
    task(ENDED.done),
  );
  return runBinary([script], { api, env, shell: true });
}

describe('a pipe that is shared with other programs', () => {
  onLinux.each(['SIGHUP', 'SIGINT', 'SIGTERM'] as const)(
    'is as blocking as before once the program died of %s',
    async (signal) => {
      const script = `
      mkfifo "$FOLDER/pipe"; exec 3<>"$FOLDER/pipe"
      $PROGRAM watch t --interval 100ms >&3 2>&3 & echo $! > "$PID"
      wait $!; echo "ended with $?"; grep flags /proc/$$/fdinfo/3`;
      const ran = await sendTo(script, signal);
      const [ending, flags = ''] = ran.stdout.split('\n');
      expect(ending).toBe(`ended with ${codeOfEnding(signal)}`);
      expect(Number.parseInt(flags.replace(/\D/g, ''), 8) & constants.O_NONBLOCK).toBe(0);
    },
  );
});

describe('a hangup', () => {
  const script = '$PROGRAM watch t --interval 100ms & echo $! > "$PID"; wait $!; echo "ended with $?" >&2';

  it('does not end a program that was started by nohup', async () => {
    expect((await sendTo(`nohup ${script}`, 'SIGHUP')).stderr).toMatch(/ended with 0\n$/);
  });

  onLinux("does not end it under a shell that has set trap '' HUP", async () => {
    expect((await sendTo(`trap '' HUP; ${script}`, 'SIGHUP')).stderr).toMatch(/ended with 0\n$/);
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
