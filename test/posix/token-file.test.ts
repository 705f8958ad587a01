import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { isExposed } from '../../src/commands/session/token-place.ts';
import { startApi } from '../support/api.ts';
import { BINARY, run, runBinary, TOKEN } from '../support/run.ts';

function file(text: string, mode: number): string {
  const folder = mkdtempSync(join(tmpdir(), 'extruct-task-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, 'token'), text);
  // What a file is made with passes the umask.
  chmodSync(join(folder, 'token'), mode);
  return join(folder, 'token');
}

describe('a file with the token that others can read', () => {
  it.each([
    [0o644, 'Other users can read the token'],
    [0o640, 'Other users can read the token'],
    [0o622, 'Other users can change the token'],
    [0o666, 'Other users can read and change the token'],
    [0o600, null],
    [0o400, null],
  ])('of mode %o is warned of: %s', async (mode, warning) => {
    const api = await startApi();
    const path = file(TOKEN, mode);
    const ran = await run(['get', 't', '--token-file', path], { api, env: { EXTRUCT_API_TOKEN: '' } });
    expect(ran.code).toBe(8);
    expect(ran.stderr).toBe(warning === null ? '' : `warning: ${warning} in ${path}; run \`chmod 600 ${path}\`\n`);
  });

  it('is warned of where EXTRUCT_API_TOKEN_FILE names it, too', async () => {
    const api = await startApi();
    const path = file(TOKEN, 0o644);
    const ran = await run(['get', 't'], { api, env: { EXTRUCT_API_TOKEN: '', EXTRUCT_API_TOKEN_FILE: path } });
    expect(ran.stderr).toContain(`Other users can read the token in ${path}`);
  });

  it.each([
    ["Docker's", { path: '/run/secrets/token', mode: 0o444 }, false],
    ["Kubernetes', for root", { mode: 0o644, isMounted: true, isReadOnly: true }, false],
    ["Kubernetes', for a group", { mode: 0o640, isMounted: true, isOwn: false, isReadOnly: true }, false],
    ["an injector's", { mode: 0o644, isMounted: true, isOwn: false }, false],
    ['in a home that is a mount', { mode: 0o644, isMounted: true }, true],
    ['in /etc', { mode: 0o644, isOwn: false }, true],
    ['anybody can write to', { path: '/run/secrets/token', mode: 0o666 }, true],
  ])('is a fault only where its reader could mend it: %s', (_whose, place, isFault) => {
    expect(isExposed({ path: '/x/token', isOwn: true, isMounted: false, isReadOnly: false, ...place })).toBe(isFault);
  });

  it('is named as a word of the shell in the command to mend it', async () => {
    const path = `${file(TOKEN, 0o644)};x$(y)`;
    renameSync(path.slice(0, -';x$(y)'.length), path);
    const ran = await run(['get', 't', '--token-file', path], { api: await startApi() });
    expect(ran.stderr).toContain(`run \`chmod 600 '${path}'\``);
  });

  it.each([
    ['get', 't', '--token-file'],
    ['create', 'x', '--criteria-file'],
    ['create', '--body-file'],
  ])(
    'keeps the process of %s %s from ending where it is a pipe that nobody writes to: no longer than --timeout',
    async (...args) => {
      const path = `${file('', 0o600)}.fifo`;
      execFileSync('mkfifo', [path]);
      expect(await runBinary([...args, path, '--timeout', '300ms'])).toMatchObject({ code: 124, died: null });
    },
  );

  it.each(['--token-file', 'EXTRUCT_API_TOKEN_FILE'])(
    'does not hold up a usage error where %s is a pipe that nobody writes to',
    async (name) => {
      const path = `${file('', 0o600)}.fifo`;
      execFileSync('mkfifo', [path]);
      const [args, env] = name.startsWith('--') ? [[name, path], {}] : [[], { [name]: path }];
      const ran = await runBinary(['get', 't', '--no-such', ...args], { env: { EXTRUCT_API_TOKEN: '', ...env } });
      expect(ran).toMatchObject({ code: 2, stderr: expect.stringContaining("unknown option '--no-such'") });
    },
  );

  it('is no file where it is a pipe: nobody else can read that', async () => {
    const api = await startApi();
    const script = `"${process.execPath}" "${BINARY}" get t --token-file <(echo ${TOKEN})`;
    expect(await runBinary([script], { api, shell: true })).toMatchObject({ code: 8, stderr: '' });
    expect(api.requests[0]?.headers.authorization).toBe(`Bearer ${TOKEN}`);
  });
});
