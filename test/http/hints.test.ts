import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type Api, body, error, list, type Reply, reset, startApi, task } from '../support/api.ts';
import { nappingClock } from '../support/fake-clock.ts';
import { run, type Setting, TOKEN } from '../support/run.ts';
import { ENDED, wireTask } from '../support/tasks.ts';

/*
 * A command that the program names can be pasted: it leads to the same service, with the same token.
 */

const NO_SETTINGS = { EXTRUCT_API_TOKEN: '', COLUMNS: '400' };

const settling: Reply = task({ is_exhausted: true });

/** A file with the token, at a path that a shell would take apart. */
function tokenFile(): string {
  const folder = mkdtempSync(join(tmpdir(), "extruct-task it's $HOME "));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, 'token'), TOKEN, { mode: 0o600 });
  return join(folder, 'token');
}

/** Runs a command that finds the service only by its flags. */
async function runOn(api: Api, args: readonly string[], setting: Setting = {}) {
  const flags = ['--token-file', tokenFile(), '--api-url', api.url, '--insecure-http'];
  return run([...args, ...flags], { ...setting, env: NO_SETTINGS, clock: nappingClock() });
}

/** The first command in a text, as a shell takes its words. */
function commandIn(text: string): string[] {
  const [, words = ''] = /extruct-task ((?:'[^']*'|\\'|[^`'\n])*)/.exec(text) ?? [];
  return [...words.matchAll(/(?:'[^']*'|\\.|[^\s'])+/g)].map(([word]) =>
    word.replace(/'([^']*)'|\\(.)/g, (_, quoted = '', escaped = '') => quoted + escaped),
  );
}

describe('a command that is named', () => {
  it.each<[what: string, args: string[], replies: Reply[], command: string]>([
    ['with a task that found too little', ['watch', 'task-1'], [task({ status: 'done' })], 'resume task-1'],
    ['with a failed task', ['watch', 'task-1'], [task(ENDED.failed)], 'create --like task-1'],
    ['with an exhausted task', ['watch', 'task-1'], [task(ENDED.exhausted)], 'create --like task-1 a wider query'],
    ['with a task not all scored', ['watch', 'task-1', '--settle', '1s'], [settling], 'watch task-1 --settle 10m'],
    ['with a finished task', ['watch', 'task-1'], [task(ENDED.done)], 'results task-1'],
    ['by get, of a task being scored', ['get', 'task-1'], [settling], 'watch task-1'],
    [
      'at --timeout',
      ['watch', 'task-1', '--json', '--interval', '10s', '--timeout', '35s'],
      [task()],
      'watch task-1 --interval 10s --json --timeout 35s',
    ],
    ['where the answer to create was lost', ['create', 'x', '--retry-for', '0'], [reset], 'list'],
    ['where the answer to resume was lost', ['resume', 'task-1', '--retry-for', '0'], [reset], 'get task-1'],
  ])('%s leads to the same place', async (_what, args, replies, command) => {
    const api = await startApi();
    api.replies(...replies);
    const first = await runOn(api, args);
    const named = commandIn(first.stdout.startsWith('{') ? first.stderr : first.stdout + first.stderr);
    expect(named.slice(0, named.indexOf('--token-file')).join(' ')).toBe(command);
    api.repliesTo('discovery_tasks', body(200, JSON.stringify(wireTask())));
    api.repliesTo('discovery_tasks?offset=0&limit=20', list([]));
    api.replies(task({ ...ENDED.done, id: 'task-1', results: [] }));
    const { length } = api.requests;
    const own = named.map((word) => (word === 'a wider query' ? 'wind farms' : word));
    const pasted = await run(own, { env: NO_SETTINGS, clock: nappingClock() });
    expect(pasted).toMatchObject({ code: 0 });
    expect(api.requests.slice(length).map(({ headers }) => headers.authorization)).toContain(`Bearer ${TOKEN}`);
  });

  it('after Ctrl-C leads to the same place', async () => {
    const api = await startApi();
    let stop = () => {};
    api.replies((request, response) => {
      task()(request, response);
      stop();
    });
    const onReady: Setting['onReady'] = (send) => {
      stop = () => send('SIGINT');
    };
    const { stderr } = await runOn(api, ['watch', 'task-1', '-q'], { onReady });
    expect(stderr).toMatch(
      /^Stopped: .*run `extruct-task watch task-1 --quiet --token-file '.*' --api-url \S+ --insecure-http` to watch it again\n$/,
    );
  });

  it.each([
    ['watch', ['--interval', '10s', '--results'], 'to watch it again'],
    ['results', ['--high-fit'], 'to ask again'],
  ])('at --timeout, %s repeats every flag', async (name, flags, purpose) => {
    const api = await startApi();
    api.replies(name === 'watch' ? task() : error(503));
    const file = join(dirname(tokenFile()), 'x.csv');
    const ran = await run([name, 'task-1', ...flags, '-o', file, '--timeout', '15s'], { api, clock: nappingClock() });
    expect(ran.code).toBe(124);
    expect(ran.stderr).toContain(`\` ${purpose}, or set a longer --timeout\n`);
    const [command, id, ...repeated] = commandIn(ran.stderr.slice(ran.stderr.indexOf('run `')));
    expect([command, id]).toEqual([name, 'task-1']);
    expect(repeated.toSorted()).toEqual([...flags, '--output', file, '--timeout', '15s'].toSorted());
  });

  it('is the same in JSON', async () => {
    const api = await startApi();
    api.replies(task());
    const flags = '--interval 10s --timeout 15s --json --final --quiet';
    const ran = await run(['watch', 'task-1', ...flags.split(' ')], { api, clock: nappingClock() });
    const message = (ran.json.at(-1) as { error: { message: string } }).error.message;
    expect(commandIn(message).toSorted()).toEqual(['watch', 'task-1', ...flags.split(' ')].toSorted());
  });

  it('says nothing of a way that the environment knows', async () => {
    const api = await startApi();
    api.replies(task({ status: 'done' }));
    const { stdout } = await run(['watch', 'task-1'], { api, env: { COLUMNS: '200' } });
    expect(stdout).toMatch(
      /^Next +run `extruct-task resume task-1` to find more, which costs credits\nResults +extruct-task results task-1$/m,
    );
  });
});
