import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { body, listen, startApi } from '../support/api.ts';
import { BINARY, type BinarySetting, runBinary } from '../support/run.ts';
import { wireTask } from '../support/tasks.ts';

const PROGRAM = `extruct-task() { "${process.execPath}" "${BINARY}" "$@"; }`;

/**
 * Presses TAB in bash, as far as its script is concerned: sets what bash sets, calls the function, gives what it replies. `words` are
 * as bash splits them, without the program's name; `program` is what stands for it.
 */
async function reply(words: readonly string[], setting: BinarySetting = {}, program = PROGRAM): Promise<string[]> {
  const script = `
    ${program}
    eval "$("${process.execPath}" "${BINARY}" completion bash)"
    COMP_WORDS=(extruct-task ${words.map((word) => `'${word}'`).join(' ')}) COMP_CWORD=${words.length}
    _extruct_task
    for word in "\${COMPREPLY[@]}"; do printf '%s\\n' "$word"; done`;
  const ran = await runBinary([script], { ...setting, shell: true });
  expect(ran).toMatchObject({ code: 0, stderr: '' });
  return ran.stdout.split('\n').slice(0, -1);
}

/** A folder in which whatever a server has run would leave a file. */
function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'extruct-task-'));
  onTestFinished(() => rmSync(path, { recursive: true }));
  return path;
}

const attacks = (path: string) => [
  `$(touch ${path}/a)`,
  `\`touch ${path}/b\``,
  `'; touch ${path}/c; '`,
  `x[$(touch ${path}/d)]`,
  `* ~ \\ "`,
];

describe('the script for bash', () => {
  it.each([
    [['wat'], ['watch']],
    [
      ['watch', '--progress', ''],
      ['auto', 'live', 'plain', 'none'],
    ],
    [['watch', '--progress', '=', 'l'], ['live']],
    [['watch', '--json', '--all'], ['--allow-exhausted']],
    [
      ['completion', ''],
      ['bash', 'zsh', 'fish'],
    ],
    [
      ['demo', 'f'],
      ['failed', 'flaky'],
    ],
    [['get', '--token-file', ''], []],
    [['get', '--timeout', ''], []],
  ])('completes %j to %j', async (words, replies) => {
    expect(await reply(words)).toEqual(replies);
  });

  it('completes tasks, the newest first', async () => {
    const api = await startApi();
    api.replies(body(200, JSON.stringify([wireTask({ id: 'newest' }), wireTask({ id: 'a' })])));
    await expect.poll(() => reply(['get', ''], { api }), { timeout: 8000 }).toEqual(['@last', 'newest', 'a']);
    await expect.poll(() => reply(['get', '@', 'l'], { api }), { timeout: 8000 }).toEqual(['@last']);
  });

  it('runs nothing that a server sends as a query or an id', async () => {
    const path = folder();
    const evil = attacks(path).map((text, index) => wireTask({ id: `task-${index}`, query: text }));
    const ids = attacks(path).map((text) => wireTask({ id: text }));
    const api = await startApi();
    api.replies(body(200, JSON.stringify([...evil, ...ids])));
    const names = evil.map(({ id }) => id);
    await expect.poll(() => reply(['get', 'task'], { api }), { timeout: 8000 }).toEqual(names);
    expect(readdirSync(path)).toEqual([]);
  });

  it('runs nothing, whatever the program says', async () => {
    const path = folder();
    const lines = attacks(path);
    const program = `extruct-task() { printf '%s\\n' words ${lines.map((line) => `'${line.replaceAll("'", "'\\''")}'`).join(' ')}; }`;
    expect(await reply(['get', ''], {}, program)).toEqual(lines);
    expect(readdirSync(path)).toEqual([]);
  });

  it('runs nothing that was typed', async () => {
    const path = folder();
    expect(await reply([`$(touch ${path}/a)`, `\`touch ${path}/b\``])).toEqual([]);
    expect(readdirSync(path)).toEqual([]);
  });

  it('is silent where the program is not there', async () => {
    expect(await reply(['wat'], {}, 'unset -f extruct-task; PATH=')).toEqual([]);
  });
});

describe('the built program ends within half a second', () => {
  async function timeOf(action: () => Promise<unknown>): Promise<number> {
    const startedAt = performance.now();
    await action();
    return performance.now() - startedAt;
  }

  /** Takes connections, and is silent on them. */
  const startSilence = () => listen(createServer((socket) => void socket.on('error', () => {})));

  it.each<[string, (url: string) => Readonly<Record<string, string>>]>([
    ['a server', (url) => ({ EXTRUCT_API_URL: url })],
    ['a server that should speak TLS', (url) => ({ EXTRUCT_API_URL: url.replace('http:', 'https:') })],
    ['a proxy', (url) => ({ https_proxy: url })],
    ['a proxy that should speak TLS', (url) => ({ https_proxy: url.replace('http://127.0.0.1', 'https://localhost') })],
  ])('while %s is silent', async (_who, envFor) => {
    const env = envFor(await startSilence());
    const asked = async () => {
      const ran = await runBinary(['__complete', 'bash', '--', 'get', ''], { env });
      expect(ran).toMatchObject({ code: 0, stderr: '', stdout: 'words\n' });
    };
    // Beside the other tests, to start a process and to end it takes its time. A person presses TAB again as well.
    const took = async () => (await timeOf(asked)) - (await timeOf(() => runBinary(['--version'])));
    await expect.poll(took, { timeout: 15_000 }).toBeLessThan(500);
  });
});
