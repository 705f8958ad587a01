import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { startSandbox } from '../../src/sandbox/index.ts';
import { BINARY } from '../support/run.ts';
import { runFile } from '../support/run-file.ts';

const page = readFileSync(resolve(import.meta.dirname, '../../docs/tour.md'), 'utf8');
const commands = [...page.matchAll(/^```sh\n(.*?)^```/gms)].map(([, text]) => text).join('\n');

it('the week of docs/tour.md can be lived through, command by command', async () => {
  const sandbox = await startSandbox({ speed: 150 });
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
  expect(stdout).toMatch(/^\[\s*30,\s*30\s*\]/m);
  expect(stdout).toMatch(/^done$/m);
  expect(stderr).toMatch(/^Reused task /m);
  expect(stderr).toMatch(/^20 companies, 20 of them high-fit, written to malt\.csv/m);
});
