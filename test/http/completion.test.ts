import { describe, expect, it, vi } from 'vitest';
import { AMPLE_TIME } from '../support/ample-time.ts';
import { body, error, type Reply, raw, redirect, reset, silence, startApi } from '../support/api.ts';
import { standingClock } from '../support/fake-clock.ts';
import { run, runBinary, TOKEN } from '../support/run.ts';
import { wireTask } from '../support/tasks.ts';
import { stopTimers } from '../support/time-limit.ts';

const ONLY_WORDS = 'words\n';

const tasks = (...changes: readonly Readonly<Record<string, unknown>>[]) => body(200, JSON.stringify(changes.map(wireTask)));

async function apiWith(reply: Reply) {
  const api = await startApi();
  api.replies(reply);
  return api;
}

/** What a shell's script gets for a line, the last word of which is being typed; with time enough, whatever the machine does. */
function press(shell: string, words: readonly string[], setting: Parameters<typeof run>[1] = {}) {
  return run(['__complete', shell, '--', ...words], { ageMs: -10_000, ...setting });
}

describe('completion', () => {
  it.each([
    ['bash', 'complete -F _extruct_task extruct-task\n'],
    ['zsh', '#compdef extruct-task\n'],
    ['fish', 'complete -c extruct-task '],
  ])('%s prints its script', async (shell, part) => {
    const ran = await run(['completion', shell]);
    expect(ran).toMatchObject({ code: 0, stderr: '', stdout: expect.stringContaining(part) });
    expect(await runBinary(['completion', shell])).toMatchObject({ code: 0, stderr: '', stdout: ran.stdout });
  });

  it.each([
    [['completion'], "error: missing required argument 'shell'; set one of bash, zsh, fish\n"],
    [['completion', 'tcsh'], "error: unknown shell 'tcsh'; set one of bash, zsh, fish\n"],
  ])('%j is a usage error that names the shells', async (args, stderr) => {
    expect(await run(args)).toMatchObject({ code: 2, stdout: '', stderr });
  });

  it('shows in no help how the scripts ask', async () => {
    for (const args of [['--help'], ['help'], ['completion', '--help']]) {
      expect((await run(args)).stdout).not.toContain('__complete');
    }
  });
});

describe('the answer to a script', () => {
  it.each([
    [['watch', '--prog'], 'words\n--progress\n'],
    [['watch', '--progress', '=', 'l'], 'words\nlive\n'],
    [['watch', '--token-file', ''], 'files\n'],
    [['help', 'com'], 'words\ncompletion\n'],
    [['frob', ''], ONLY_WORDS],
    [[], 'words\ncreate\nwatch\n'],
  ])('for %j is %j', async (words, answer) => {
    const ran = await press('bash', words);
    expect(ran).toMatchObject({ code: 0, stderr: '', stdout: expect.stringMatching(new RegExp(`^${answer}`)) });
  });

  it('is the same from the built program, with all options', async () => {
    const asked = ['__complete', 'fish', '--', 'watch', '-'];
    const ran = await runBinary(asked);
    expect(ran).toMatchObject({ code: 0, stderr: '', stdout: (await run(asked)).stdout });
    expect(ran.stdout).toContain('--until\t');
  });
});

describe('the newest tasks', () => {
  it('are offered, newest first, with their queries', async () => {
    const api = await apiWith(
      tasks({ id: 'newest', query: 'wind farms' }, { id: 'older', status: 'done' }, { id: 'mute', query: null }),
    );
    expect(await press('fish', ['get', ''], { api })).toMatchObject({
      code: 0,
      stderr: '',
      stdout: 'words\n@last\tthe newest task\nnewest\twind farms\nolder\tsolar companies in Spain\nmute\n',
    });
    expect(api.requests.map(({ path, headers }) => [path, headers.authorization])).toEqual([
      ['/v1/discovery_tasks?offset=0&limit=20', `Bearer ${TOKEN}`],
    ]);
  });

  it('are offered by the built program', async () => {
    const api = await apiWith(tasks({ id: 'newest' }));
    const ran = await runBinary(['__complete', 'bash', '--', 'get', 'n'], { api, env: AMPLE_TIME });
    expect(ran).toMatchObject({ code: 0, stderr: '', stdout: 'words\nnewest\n' });
  });

  it('are not offered again where they are named', async () => {
    const api = await apiWith(tasks({ id: 'one' }, { id: 'two' }));
    expect((await press('bash', ['watch', 'two', '--json', ''], { api })).stdout).toBe('words\n@last\none\n');
  });

  it('are offered only where a user could have typed their ids', async () => {
    const ids = ['$(id)', '../x', 'a b', '--insecure-http', '-', '~root', 'a:b', 'x'.repeat(129), 'a\nb', 'good~1.2_3'];
    const api = await apiWith(tasks(...ids.map((id) => ({ id }))));
    expect((await press('bash', ['get', ''], { api })).stdout).toBe('words\n@last\ngood~1.2_3\n');
  });

  it.each(['zsh', 'fish'])('have queries in %s that neither act on a terminal nor begin another line', async (shell) => {
    const api = await apiWith(tasks({ id: 'evil', query: 'a\nb\tc\u001b]0;owned\u0007\u202e\u2028d\r' }));
    const { stdout } = await press(shell, ['get', 'e'], { api });
    expect(stdout).toMatch(/^words\n@last.the newest task\nevil.a b c\uFFFD\]0;owned\uFFFD d \n$/);
  });

  it('tell nothing of the request, not even with DEBUG', async () => {
    const api = await apiWith(tasks({ id: 'newest' }));
    const ran = await press('bash', ['get', 'n'], { api, env: { DEBUG: 'extruct-task' } });
    expect(ran).toMatchObject({ code: 0, stderr: '', stdout: 'words\nnewest\n' });
  });
});

describe('no tasks are offered, and nothing is said,', () => {
  it.each<[string, Reply]>([
    ['for a token that is refused', error(401)],
    ['where there is no list', error(404)],
    ['in an outage', error(503, { 'retry-after': '1' })],
    ['for a broken connection', reset],
    ['for a redirect', redirect(302, 'https://example.com/')],
    ['for what is not JSON', body(200, '<html>')],
    ['for what is no list', body(200, '{}')],
    ['for an empty list', body(200, '[]')],
    ['for what is not HTTP', raw('nonsense\r\n\r\n')],
  ])('%s', async (_why, reply) => {
    const api = await apiWith(reply);
    expect(await press('bash', ['get', ''], { api })).toMatchObject({ code: 0, stderr: '', stdout: ONLY_WORDS });
    expect(api.requests).toHaveLength(1);
  });

  it.each<[string, Readonly<Record<string, string>>]>([
    ['without a token', { EXTRUCT_API_TOKEN: '' }],
    ['with what no token is', { EXTRUCT_API_TOKEN: 'a b' }],
    ['with an address that is none', { EXTRUCT_API_URL: 'nonsense' }],
    ['where the token would travel unencrypted', { EXTRUCT_API_URL: 'http://example.com' }],
    ['with a proxy that is none', { http_proxy: 'socks5://127.0.0.1:1' }],
    ['with a proxy that is not there', { http_proxy: 'http://127.0.0.1:1' }],
    ['where Node.js would print the token', { NODE_DEBUG: 'http' }],
  ])('%s; nothing is sent', async (_why, env) => {
    const api = await apiWith(tasks({ id: 'newest' }));
    expect(await press('bash', ['get', ''], { api, env })).toMatchObject({ code: 0, stderr: '', stdout: ONLY_WORDS });
    expect(api.requests).toEqual([]);
  });

  it('where the line leads elsewhere; nothing is sent', async () => {
    const api = await apiWith(tasks({ id: 'newest' }));
    const ran = await press('bash', ['get', '--api-url', 'https', ':', '//example.com', ''], { api });
    expect(ran).toMatchObject({ code: 0, stderr: '', stdout: ONLY_WORDS });
    expect(api.requests).toEqual([]);
  });

  it('where the machine was too slow already; nothing is sent', async () => {
    const api = await apiWith(tasks({ id: 'newest' }));
    expect(await press('bash', ['get', ''], { api, ageMs: 500 })).toMatchObject({ code: 0, stderr: '', stdout: ONLY_WORDS });
    expect(api.requests).toEqual([]);
  });

  it.each<[string, Reply]>([
    ['of a server', silence],
    ['in the middle of an answer', (_request, response) => void response.writeHead(200).write('[{"id":')],
  ])('once too little of half a second is left: into the silence %s', async (_where, reply) => {
    stopTimers();
    let timeIsUp = () => {};
    const asked = new Promise<void>((resolve) => {
      timeIsUp = resolve;
    });
    const api = await apiWith((request, response) => {
      reply(request, response);
      timeIsUp();
    });
    let hasEnded = false;
    const pressed = press('bash', ['get', ''], { api, ageMs: 0, clock: standingClock() }).finally(() => {
      hasEnded = true;
    });
    await asked;
    vi.advanceTimersByTime(419);
    await new Promise((resolve) => setImmediate(resolve));
    expect(hasEnded).toBe(false);
    vi.advanceTimersByTime(1);
    expect(await pressed).toMatchObject({ code: 0, stderr: '', stdout: ONLY_WORDS });
    expect(api.requests).toHaveLength(1);
  });
});
