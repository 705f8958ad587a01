import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { startSandbox } from '../../src/sandbox/index.ts';
import { BINARY } from '../support/run.ts';
import { runFile } from '../support/run-file.ts';

/** How many times as fast as a reader's the week passes here: the sandbox, and the time for which Monday's watch looks. */
const FASTER = 100;

const page = readFileSync(resolve(import.meta.dirname, '../../docs/tour.md'), 'utf8');
const [, speed] = /sandbox --speed (\d+)/.exec(page) ?? [];
const commands = [...page.matchAll(/^```sh\n(.*?)^```/gms)]
  .map(([, text]) => text)
  .join('\n')
  .replace(/--for (\d+)s/, (_, seconds) => `--for ${Math.ceil((1000 * Number(seconds)) / FASTER)}ms`);

it('the week of docs/tour.md can be lived through, command by command', async () => {
  const sandbox = await startSandbox({ speed: Number(speed) * FASTER });
  onTestFinished(() => sandbox.close());
  const folder = mkdtempSync(join(tmpdir(), 'extruct-task-tour-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const program = `extruct-task() { '${process.execPath}' '${BINARY}' "$@"; }`;
  // As at a prompt, but for the first command that fails.
  const script = `set -euo pipefail; cd '${folder}'\n${program}\n${commands}\ntest -s wider.csv -a -s week.md`;
  const env = {
    PATH: `${dirname(process.execPath)}:${process.env.PATH}`,
    EXTRUCT_API_URL: sandbox.url,
    EXTRUCT_API_TOKEN: sandbox.token,
  };
  const { stdout, stderr } = await runFile('bash', ['--norc', '-c', script], env);
  expect(stdout).toMatch(/^\[\s*60,\s*60\s*\]/m);
  expect(stdout).toMatch(/^done$/m);
  expect(stderr).toMatch(/^Reused task /m);
  expect(stderr).toMatch(/^50 companies, 50 of them high-fit, written to malt\.csv/m);
});
