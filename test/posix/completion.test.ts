import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { AMPLE_TIME } from '../support/ample-time.ts';
import { body, listen, startApi } from '../support/api.ts';
import { BINARY, type BinarySetting, run, runBinary } from '../support/run.ts';
import { wireTask } from '../support/tasks.ts';

const PROGRAM = `extruct-task() { "${process.execPath}" "${BINARY}" "$@"; }`;

/**
 * Presses TAB in bash, as far as its script is concerned: sets what bash sets, calls the function, gives what it replies. `words` are
 * as bash splits them, without the program's name; `program` is what stands for it.
 */
async function reply(words: readonly string[], setting: BinarySetting = {}, program = PROGRAM): Promise<string[]> {
  const script = `
    ${program}
    eval "$SCRIPT"
    COMP_WORDS=(extruct-task ${words.map((word) => `'${word}'`).join(' ')}) COMP_CWORD=${words.length}
    _extruct_task
    for word in "\${COMPREPLY[@]}"; do printf '%s\\n' "$word"; done`;
  const env = { ...setting.env, SCRIPT: (await run(['completion', 'bash'])).stdout };
  const ran = await runBinary([script], { ...setting, env, shell: true });
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
    expect(await reply(['get', ''], { api, env: AMPLE_TIME })).toEqual(['@last', 'newest', 'a']);
    expect(await reply(['get', '@', 'l'], { api, env: AMPLE_TIME })).toEqual(['@last']);
  });

  it('runs nothing that a server sends as a query or an id', async () => {
    const path = folder();
    const evil = attacks(path).map((text, index) => wireTask({ id: `task-${index}`, query: text }));
    const ids = attacks(path).map((text) => wireTask({ id: text }));
    const api = await startApi();
    api.replies(body(200, JSON.stringify([...evil, ...ids])));
    const names = evil.map(({ id }) => id);
    expect(await reply(['get', 'task'], { api, env: AMPLE_TIME })).toEqual(names);
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

/*
 * That it is half a second is told by test/http/completion, on a clock. A process needs its time to start and to end as well, and how
 * much that is nobody knows; so here it is compared with another, which has more to wait for.
 */
it('the built program ends long before one that was given three seconds, while servers and proxies are silent', async () => {
  const url = await listen(createServer((socket) => void socket.on('error', () => {})));
  const silent: readonly Readonly<Record<string, string>>[] = [
    { EXTRUCT_API_URL: url },
    { EXTRUCT_API_URL: url.replace('http:', 'https:') },
    { https_proxy: url },
    { https_proxy: url.replace('http://127.0.0.1', 'https://localhost') },
  ];
  const ended: string[] = [];
  const completing = silent.map((env) =>
    runBinary(['__complete', 'bash', '--', 'get', ''], { env }).finally(() => ended.push('completion')),
  );
  await runBinary(['get', 'task-1', '--timeout', '3s'], { env: { EXTRUCT_API_URL: url } }).finally(() => ended.push('get'));
  for (const ran of await Promise.all(completing)) expect(ran).toMatchObject({ code: 0, stderr: '', stdout: 'words\n' });
  expect(ended).toEqual([...silent.map(() => 'completion'), 'get']);
});
