// Runs the action of a checkout as a runner of GitHub does, against the sandbox of the same checkout:
//   node build/try-action.js <folder>
// Fails where a file is missing, or the action does not tell that its task is done.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const folder = resolve(process.argv[2]);
const action = readFileSync(join(folder, 'action.yml'), 'utf8');
const main = /^ {2}main: (\S+)$/m.exec(action)?.[1];
const { startSandbox } = createRequire(import.meta.url)(join(folder, 'dist/library/sandbox.cjs'));

const sandbox = await startSandbox();
const home = mkdtempSync(join(tmpdir(), 'extruct-task-action-'));
const output = join(home, 'output');
const child = spawn(process.execPath, [join(folder, main)], {
  cwd: home,
  env: {
    GITHUB_ACTIONS: 'true',
    GITHUB_OUTPUT: output,
    GITHUB_STEP_SUMMARY: join(home, 'summary'),
    INPUT_TASK: 'instant',
    INPUT_TOKEN: sandbox.token,
    'INPUT_API-URL': sandbox.url,
    INPUT_TIMEOUT: '1m',
  },
  stdio: ['ignore', 'ignore', 'inherit'],
});
const [code] = await once(child, 'close');
await sandbox.close();
const told = readFileSync(output, 'utf8');
rmSync(home, { recursive: true });
if (code !== 0 || !/^outcome=done$/m.test(told)) {
  process.stderr.write(`error: the action of ${folder} ended with ${code} and told:\n${told}`);
  process.exitCode = 1;
}
