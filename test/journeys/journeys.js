/*
 * What a user does with the built program, one journey each, where the test suite itself does not run: on other runtimes (runtimes.js)
 * and on Windows (windows.js). The simulated API is this program's own.
 */
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const PROGRAM = fileURLToPath(new URL('../../bin/extruct-task.js', import.meta.url));
const IS_WINDOWS = process.platform === 'win32';
const TOKEN = 'sandbox';
const LIMIT_MS = 60_000;

const CRITERIA = '- key: spain\r\n  name: Spain\r\n  criterion: has its headquarters in Spain\r\n';

/** Each journey: its name, and what it does with `run`, which runs the program. */
const JOURNEYS = [
  ['says its version', async ({ run }) => expectEnd(await run(['--version']), 0, /^\d+\.\d+\.\d+\r?\n$/)],
  ['prints help', async ({ run }) => expectEnd(await run(['watch', '--help']), 0, /^Usage: extruct-task watch/)],
  ['get: a task that has ended', async ({ run }) => expectJson(await run(['get', 'instant', '--json']), 0, 'done')],
  ['get: a task that runs is 8', async ({ run }) => expectJson(await run(['get', 'slow', '--json']), 8, 'running')],
  ['get: a table', async ({ run }) => expectEnd(await run(['get', 'instant']), 0, /instant/)],
  ['watch: to the end', async ({ run }) => expectJson(await run(['watch', 'done', '--json']), 0, 'done')],
  ['watch: exhausted is 5', async ({ run }) => expectJson(await run(['watch', 'exhausted', '--json']), 5, 'exhausted')],
  ['watch: failed is 3', async ({ run }) => expectJson(await run(['watch', 'failed', '--json']), 3, 'failed')],
  ['watch: through an outage', async ({ run }) => expectJson(await run(['watch', 'flaky', '--json', '-q']), 0, 'done')],
  ['watch: --timeout is 124', async ({ run }) => expectEnd(await run(['watch', 'stalled', '--timeout', '2s', '-q']), 124)],
  [
    'watch: tasks from standard input, with CRLF',
    async ({ run }) => {
      const ran = await run(['watch', '-', '--json', '-q'], { stdin: 'instant\r\ndone\r\n' });
      expectEnd(ran, 0);
      assert.deepEqual(
        ran.stdout
          .trim()
          .split('\n')
          .map((line) => JSON.parse(line))
          .filter(({ exit_code }) => exit_code !== undefined)
          .map(({ id }) => id)
          .sort(),
        ['done', 'instant'],
      );
    },
  ],
  ['results: CSV', async ({ run }) => expectEnd(await run(['results', 'instant', '--csv']), 0, /company_name/)],
  [
    'results: a file',
    async ({ run, file }) => {
      const path = file('results.csv');
      expectEnd(await run(['results', 'instant', '-o', path]), 0);
      assert.match(readFileSync(path, 'utf8'), /company_name/);
    },
  ],
  ['list', async ({ run }) => expectEnd(await run(['list', '--json']), 0, /"id":"instant"/)],
  ['create', async ({ run }) => expectEnd(await run(['create', 'solar installers in Spain']), 0, /^\S+\r?\n$/)],
  [
    'create: criteria from YAML with CRLF',
    async ({ run, file }) => {
      const path = file('criteria.yaml', CRITERIA);
      expectEnd(await run(['create', 'solar', '--criteria-file', path, '--dry-run']), 0, /"key": ?"spain"/);
    },
  ],
  ['resume', async ({ run }) => expectEnd(await run(['resume', 'instant', '--more', '5', '--json']), 0, /"desired_num_results"/)],
  ['demo', async ({ run }) => expectEnd(await run(['demo', 'instant']), 0, /instant|demo/)],
  ['completion', async ({ run }) => expectEnd(await run(['completion', 'bash']), 0, /complete/)],
  ['a missing task is 6', async ({ run }) => expectEnd(await run(['get', 'nonesuch']), 6)],
  ['a usage error is 2', async ({ run }) => expectEnd(await run(['watch', 'done', '--interval', 'soon']), 2)],
  ['no token is 4', async ({ run }) => expectEnd(await run(['get', 'done'], { env: { EXTRUCT_API_TOKEN: '' } }), 4)],
  [
    'a wrong token is 4',
    async ({ run }) => expectEnd(await run(['get', 'done'], { env: { EXTRUCT_API_TOKEN: 'wrong-token' } }), 4),
  ],
  [
    'a token file with CRLF',
    async ({ run, file }) => {
      const path = file('token', `${TOKEN}\r\n`);
      expectEnd(await run(['get', 'instant', '--token-file', path], { env: { EXTRUCT_API_TOKEN: '' } }), 0);
    },
  ],
  [
    'a token on standard input',
    async ({ run }) =>
      expectEnd(await run(['get', 'instant', '--token-file', '-'], { env: { EXTRUCT_API_TOKEN: '' }, stdin: `${TOKEN}\r\n` }), 0),
  ],
  [
    'a token from a pipe',
    async ({ run, file }) => {
      if (IS_WINDOWS) return 'not on Windows';
      const path = file('pipe');
      execFileSync('mkfifo', [path]);
      const writing = writeFile(path, `${TOKEN}\n`);
      expectEnd(await run(['get', 'instant', '--token-file', path], { env: { EXTRUCT_API_TOKEN: '' } }), 0);
      await writing;
    },
  ],
  [
    'no service is 1',
    async ({ run }) =>
      expectEnd(await run(['get', 'done', '--retry-for', '0'], { env: { EXTRUCT_API_URL: 'http://127.0.0.1:1' } }), 1),
  ],
  [
    'a reader that goes away ends it',
    async ({ run }) => {
      const { code } = await run(['watch', 'stalled', 'done', '--json', '-q'], { closesAfterLine: true });
      // The code says so as well, but for Windows, which knows of no closed pipe before more is written than fits.
      assert.ok([141, 0, 1].includes(code), `code ${code}`);
    },
  ],
  [
    'Ctrl-C ends it, and it dies of the signal',
    async ({ run }) => {
      if (IS_WINDOWS) return 'not on Windows';
      const ran = await run(['watch', 'stalled'], { signal: 'SIGINT' });
      assert.ok(ran.died === 'SIGINT' || ran.code === 130, JSON.stringify(ran));
      assert.match(ran.stderr, /goes on running on the server/);
    },
  ],
];

function expectEnd(ran, code, stdout = /^/) {
  assert.equal(ran.code, code, JSON.stringify(ran));
  assert.match(ran.stdout, stdout);
  assert.doesNotMatch(ran.stderr, /which is a bug|^\s+at /m);
}

function expectJson(ran, code, outcome) {
  expectEnd(ran, code);
  const last = JSON.parse(ran.stdout.trim().split('\n').at(-1));
  assert.deepEqual([last.outcome, last.exit_code], [outcome, code]);
}

function runOf(command, environment) {
  return (args, { env = {}, stdin = '', signal, closesAfterLine = false } = {}) =>
    new Promise((resolve, reject) => {
      const [file, ...first] = command;
      const child = spawn(file, [...first, PROGRAM, ...args], { env: { ...environment, ...env } });
      const late = setTimeout(() => child.kill('SIGKILL'), LIMIT_MS);
      const said = { stdout: '', stderr: '' };
      for (const name of ['stdout', 'stderr']) {
        child[name].setEncoding('utf8').on('data', (text) => {
          said[name] += text;
        });
      }
      // What it says first shows that it is under way.
      child[signal ? 'stderr' : 'stdout'].once('data', () => {
        if (signal) child.kill(signal);
        if (closesAfterLine) child.stdout.destroy();
      });
      child.stdin.on('error', () => {});
      child.stdin.end(stdin);
      child.once('error', reject);
      child.once('close', (code, died) => {
        clearTimeout(late);
        resolve({ code, died, ...said });
      });
    });
}

/** Serves the simulated API until it is killed; gives the process and the address. */
function startSandbox() {
  const child = spawn(process.execPath, [PROGRAM, 'sandbox', '--port', '0', '--speed', '200'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.stdout.setEncoding('utf8').once('data', (text) => resolve({ child, url: /EXTRUCT_API_URL=(\S+)/.exec(text)?.[1] }));
  });
}

/** Goes all journeys with the program run by a command, `[node]` say; gives the number of those that failed. */
export async function goAll(command) {
  const folder = mkdtempSync(join(tmpdir(), 'extruct journeys '));
  const { child, url } = await startSandbox();
  const run = runOf(command, { ...process.env, EXTRUCT_API_URL: url, EXTRUCT_API_TOKEN: TOKEN, NO_COLOR: '1' });
  const file = (name, text) => {
    const path = join(folder, name);
    if (text !== undefined) writeFileSync(path, text, { mode: 0o600 });
    return path;
  };
  let failures = 0;
  for (const [name, go] of JOURNEYS) {
    try {
      const skipped = await go({ run, file });
      console.log(skipped ? `  ${skipped}: ${name}` : `  ok      ${name}`);
    } catch (error) {
      failures += 1;
      console.log(`  FAILED  ${name}: ${error.message}`);
    }
  }
  child.kill();
  rmSync(folder, { recursive: true, force: true });
  return failures;
}
