import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { body, error, reset, silenceFor, startApi, task } from '../support/api.ts';
import { nappingClock } from '../support/fake-clock.ts';
import { newFolder } from '../support/folder.ts';
import { run, runBinary } from '../support/run.ts';
import { ENDED, wireTask } from '../support/tasks.ts';
import { stopTimers } from '../support/time-limit.ts';

const INTERVAL = ['--interval', '100ms'];
const MINUTE = 60_000;

describe('watch', () => {
  it('polls until the task has ended, telling what changed on stderr, and prints the table once', async () => {
    const api = await startApi();
    api.replies(task(), task(), task({ num_results: 30 }), task(ENDED.done));
    const ran = await run(['watch', 'task-1', ...INTERVAL], { api });
    expect(ran.code).toBe(0);
    expect(ran.stdout.match(/^Task /gm)).toHaveLength(1);
    expect(ran.stdout).toContain('Outcome      done: 50 of 50 high-fit results\n');
    expect(ran.stderr.split('\n').map((line) => /task-1 (\S+) .* high_fit=(\d+)/.exec(line)?.slice(1))).toEqual([
      ['running', '25'],
      ['running', '30'],
      ['done', '50'],
      undefined,
    ]);
  });

  it('asks at once, and then no sooner than the interval', async () => {
    const clock = nappingClock();
    const api = await startApi(clock);
    api.replies(task(), task(), task(ENDED.done));
    await run(['watch', 'task-1', '--interval', '400ms'], { api, clock });
    expect(api.requests.map(({ at }) => at)).toEqual([0, 400, 800]);
  });

  it.each([
    [
      ENDED.failed,
      /^Next +check the error above, and run `extruct-task create --like task-1` to try again, which costs credits$/m,
    ],
    [
      ENDED.exhausted,
      /^Next +search wider, which costs credits, with your own query between the quotes: `extruct-task create --like task-1 'a wider query'`$/m,
    ],
    [{ status: 'done', num_results: 30 }, /^Next +run `extruct-task resume task-1` to find more, which costs credits$/m],
  ])('says what to do next about %j', async (changes, words) => {
    const api = await startApi();
    api.replies(task(changes));
    expect((await run(['watch', 'task-1'], { api, env: { COLUMNS: '200' } })).stdout).toMatch(words);
  });

  it('says nothing of it where the target was reached', async () => {
    const api = await startApi();
    api.replies(task(ENDED.done));
    expect((await run(['watch', 'task-1'], { api })).stdout).not.toContain('Next');
  });

  it('goes on through an outage, and tells of it', async () => {
    const api = await startApi();
    api.replies(task(), error(502), reset, reset, task(ENDED.done));
    const ran = await run(['watch', 'task-1', ...INTERVAL], { api });
    expect(ran.code).toBe(0);
    expect(ran.stderr.match(/task-1 running: .* attempt=\d/g)).toHaveLength(2);
  });

  it('ends with the last known table when it has to give up', async () => {
    const api = await startApi();
    api.replies(task(), error(502));
    const ran = await run(['watch', 'task-1', ...INTERVAL, '--retry-for', '150ms'], { api, clock: nappingClock() });
    expect(ran.code).toBe(1);
    expect(ran.stdout).toMatch(/^Outcome +unreachable: The API answered 502 Bad Gateway/m);
    expect(ran.stdout).toMatch(/^High-fit +25/m);
    expect(ran.stderr).toMatch(
      /^error: The API answered 502 Bad Gateway: detail of 502.*, the last of 3 failures in 150ms; check .*$/m,
    );
  });

  it('is stopped by --timeout, in a sleep as in a request', async () => {
    const [api, clock] = [await startApi(), nappingClock()];
    for (const replies of [[task()], [task(), silenceFor(MINUTE, clock)]]) {
      api.replies(...replies);
      const ran = await run(['watch', 'task-1', '--interval', '10s', '--timeout', '35s', '-q'], { api, clock });
      expect(ran.code).toBe(124);
      expect(ran.stdout).toMatch(/^Outcome +timed out: /m);
      expect(ran.stderr).toMatch(
        /^error: The task did not end within 35s \(--timeout\); run `extruct-task watch task-1 .*` .*\n$/,
      );
    }
  });

  it('is not confused by counters that fall, or by a target that is raised', async () => {
    const api = await startApi();
    api.replies(
      task(),
      task({ num_results: 3, num_results_discovered: 1 }),
      task({ desired_num_results: 90 }),
      task({ status: 'done', num_results: 90, desired_num_results: 90 }),
    );
    expect((await run(['watch', 'task-1', ...INTERVAL], { api })).code).toBe(0);
  });
});

describe('watch --json', () => {
  it('writes a line for each change of any field, and the exit code on the last alone', async () => {
    const api = await startApi();
    api.replies(task(), task(), task({ owner: 'new' }), error(502), task({ owner: 'new', num_results: 30 }), task(ENDED.done));
    const ran = await run(['watch', 'task-1', '--json', ...INTERVAL], { api });
    expect(ran.json.map(({ num_results, owner, outcome, exit_code }) => [num_results, owner, outcome, exit_code])).toEqual([
      [25, undefined, 'running', undefined],
      [25, 'new', 'running', undefined],
      [30, 'new', 'running', undefined],
      [50, undefined, 'done', 0],
    ]);
  });

  it('writes one line for a task that has ended already', async () => {
    const api = await startApi();
    api.replies(task(ENDED.failed));
    const ran = await run(['watch', 'task-1', '--json'], { api });
    expect(ran.json).toEqual([
      expect.objectContaining({ outcome: 'failed', exit_code: 3, error: { code: 'boom', message: 'the sources broke' } }),
    ]);
  });

  it('ends with the last known fields and the error, whatever happened', async () => {
    const api = await startApi();
    api.replies(task(), error(404));
    const ran = await run(['watch', 'task-1', '--json', ...INTERVAL], { api });
    expect(ran.json.at(-1)).toMatchObject({
      id: 'task-1',
      num_results: 25,
      outcome: 'not_found',
      exit_code: 6,
      error: { status: 404 },
    });
  });

  it('has one last line for each task when a signal comes, and writes it before the program ends', async () => {
    const api = await startApi();
    api.repliesTo('a', task(ENDED.done));
    api.repliesTo('c', () => {});
    let ask: (() => void) | undefined;
    api.repliesTo('b', task(), () => ask?.());
    const ran = await run(['watch', 'a', 'b', 'c', '--json', ...INTERVAL], {
      api,
      onReady: (send) => {
        ask = () => send('SIGTERM');
      },
    });
    expect(ran.code).toBe(143);
    const last = ran.json.filter((line) => 'exit_code' in line).map(({ id, outcome, exit_code }) => [id, outcome, exit_code]);
    expect(last.toSorted()).toEqual([
      ['a', 'done', 0],
      ['b', 'interrupted', 143],
      ['c', 'interrupted', 143],
    ]);
  });

  it('ends quietly with 141 when its reader has gone', async () => {
    const api = await startApi();
    api.replies(...Array.from({ length: 50 }, (_, index) => task({ num_results: index % 40 })));
    const ran = await runBinary(['watch', 'task-1', '--json', '--interval', '100ms'], { api, closeAfterLine: true });
    expect(ran.code).toBe(141);
    expect(ran.stderr).toMatch(/^(\S+ task-1 running [^\n]*\n)*$/);
    expect(ran.stdout.split('\n')[0]).toContain('"outcome":"running"');
  });
});

describe('more ways to end', () => {
  it('--until ends well when it holds, in one last line', async () => {
    const api = await startApi();
    api.replies(task(), task({ num_results: 30 }));
    const ran = await run(
      ['watch', 'task-1', '--json', ...INTERVAL, '--until', 'num_results>=99', '--until', 'num_results>=30'],
      { api },
    );
    expect(ran.code).toBe(0);
    expect(ran.json.map(({ outcome, exit_code }) => [outcome, exit_code])).toEqual([
      ['running', undefined],
      ['condition_met', 0],
    ]);
  });

  it('--until works with get as well', async () => {
    const api = await startApi();
    expect((await run(['get', 'task-1', '--until', 'num_results>=25'], { api })).code).toBe(0);
    expect((await run(['get', 'task-1', '--until', 'num_results>=26'], { api })).code).toBe(8);
  });

  it('--stall-timeout gives up on a task that stands still', async () => {
    const api = await startApi();
    const flags = [...INTERVAL, '--stall-timeout', '250ms'];
    const ran = await run(['watch', 'task-1', '--json', ...flags], { api, clock: nappingClock() });
    expect(ran.code).toBe(7);
    expect(ran.json.at(-1)).toMatchObject({
      num_results: 25,
      outcome: 'stalled',
      exit_code: 7,
      error: { message: expect.any(String) },
    });
    expect(ran.stderr).toMatch(/^error: Nothing has changed for 300ms \(--stall-timeout\); check .*$/m);
  });

  it('of several tasks are told with the tasks that share them', async () => {
    const api = await startApi();
    api.repliesTo('gone', body(404, '{"detail":"Not Found"}'));
    const flags = ['--interval', '10s', '--timeout', '30s', '-q'];
    const ran = await run(['watch', 'a', 'b', 'c', 'd', 'gone', ...flags], { api, clock: nappingClock() });
    expect(ran.code).toBe(6);
    expect(ran.stderr.split('\n').toSorted()).toEqual([
      '',
      'error: a, b, c and 1 more: Not ended within 30s (--timeout); run the same command to watch them again, or set a longer --timeout',
      "error: gone: Task gone was not found in this workspace (404); check the ID, and that the token belongs to the task's workspace",
    ]);
  });

  it.each([
    [['a'], [], 'The task did not end within 30s (--timeout); run `extruct-task watch a FLAGS` to watch it again, or'],
    [['a', 'b'], [], 'a, b: Not ended within 30s (--timeout); run `extruct-task watch a b FLAGS` to watch them again, or'],
    [['a', 'done'], [], 'a: The task did not end within 30s (--timeout); run `extruct-task watch a FLAGS` to watch it again, or'],
    // A file is written anew.
    [['a', 'done'], ['-o', 'r.csv'], 'to watch them again, or'],
  ])('of %j at --timeout %j names those that still run', async (ids, more, words) => {
    const api = await startApi();
    api.repliesTo('done', task(ENDED.done));
    api.replies(task());
    const path = join(newFolder(), 'r.csv');
    const flags = ['--interval', '10s', '--timeout', '30s', '-q', ...more.map((word) => word.replace('r.csv', path))];
    const { stderr } = await run(['watch', ...ids, ...flags], { api, clock: nappingClock() });
    expect(stderr).toContain(words.replace('FLAGS', '--interval 10s --quiet --timeout 30s'));
  });

  it('of several that Ctrl-C left name those', async () => {
    const api = await startApi();
    api.repliesTo('done', task(ENDED.done));
    let stop = () => {};
    const onReady = (send: (signal: 'SIGINT') => void) => {
      stop = () => send('SIGINT');
    };
    api.repliesTo('a', task(), (request, response) => {
      task()(request, response);
      setTimeout(stop, 50);
    });
    const { stderr } = await run(['watch', 'a', 'done', '--interval', '10s', '-q'], { api, onReady, clock: nappingClock() });
    expect(stderr).toContain(
      'Stopped: the task goes on running on the server; run `extruct-task watch a --interval 10s --quiet` to watch it again',
    );
  });

  it('--fail-fast stops at the first task that does not end well; the others are told as running', async () => {
    const api = await startApi();
    api.repliesTo('good', task(ENDED.done));
    api.repliesTo('bad', task(), task(ENDED.failed));
    const ran = await run(['watch', 'slow', 'good', 'bad', '--json', ...INTERVAL, '--fail-fast'], { api });
    expect(ran.code).toBe(3);
    const last = ran.json.filter((line) => 'exit_code' in line);
    expect(last.map(({ id, outcome, exit_code }) => [id, outcome, exit_code]).toSorted()).toEqual([
      ['bad', 'failed', 3],
      ['good', 'done', 0],
      ['slow', 'running', 8],
    ]);
  });

  it('--fail-fast goes on past what a flag excuses', async () => {
    const api = await startApi();
    api.repliesTo('short', task(ENDED.exhausted));
    api.repliesTo('good', task(), task(), task(ENDED.done));
    const ran = await run(['watch', 'short', 'good', ...INTERVAL, '--fail-fast', '--allow-exhausted'], { api });
    expect(ran.code).toBe(0);
  });
});

describe('watch of several tasks', () => {
  it('polls them side by side, each to its own end, and prints a row for each', async () => {
    const api = await startApi();
    api.repliesTo('a', task(), task(ENDED.done));
    api.repliesTo('b', task(ENDED.exhausted));
    api.repliesTo('c', task(ENDED.failed));
    const ran = await run(['watch', 'a', 'b', 'c', ...INTERVAL], { api });
    expect(ran.code).toBe(3);
    expect(ran.stdout.split('\n').map((line) => line.split(/ +/).slice(0, 2))).toEqual([
      ['task', 'outcome'],
      ['a', 'done'],
      ['b', 'exhausted'],
      ['c', 'failed'],
      [''],
    ]);
  });

  it('polls a task once that is named twice, by id and by page', async () => {
    const api = await startApi();
    api.replies(task(ENDED.done));
    await run(['watch', 'a', 'https://app.extruct.ai/tasks/a', 'a'], { api });
    expect(api.requests).toHaveLength(1);
  });

  it('reads them from standard input, blank lines and line ends of Windows skipped', async () => {
    const api = await startApi();
    api.replies(task(ENDED.done));
    const ran = await run(['watch', '-', '--json'], { api, stdin: 'a\r\n\n  \nhttps://app.extruct.ai/tasks/b?x\na\nc' });
    expect(ran.code).toBe(0);
    expect(ran.json.map(({ id }) => id).toSorted()).toEqual(['a', 'b', 'c']);
  });

  it.each([
    ['', 'no task given'],
    ['\n \n', 'no task given'],
    ['a\nb/c\n', "'b/c' is not a task ID or URL"],
  ])('takes standard input of %j for a usage error', async (stdin, message) => {
    const api = await startApi();
    const ran = await run(['watch', '-'], { api, stdin });
    expect(ran).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining(message) });
    expect(api.requests).toEqual([]);
  });

  it.each([
    ['one task for ever', 'y\n'.repeat(100_001), 'standard input holds more than 100000 tasks; set fewer'],
    ['a line without end', '\0'.repeat(1_100_000), 'standard input is too long; set one task per line'],
    ['blank lines for ever', '\n'.repeat(1_000_001), 'standard input is too long; set one task per line'],
  ])('leaves standard input of %s', async (_what, stdin, message) => {
    const api = await startApi();
    expect(await run(['watch', '-'], { api, stdin })).toMatchObject({ code: 2, stderr: `error: ${message}\n` });
    expect(api.requests).toEqual([]);
  });

  it.each(['\ufeff', ''])('says how to save standard input that is in UTF-16, its mark being %j', async (mark) => {
    const stdin = Buffer.from(`${mark}a\r\nb\r\n`, 'utf16le');
    const ran = await run(['watch', '-'], { stdin });
    expect(ran).toMatchObject({ code: 2, stderr: 'error: standard input is not UTF-8 text; save it as UTF-8\n' });
  });

  it('never has more than 64 requests under way, and copes with hundreds of tasks', async () => {
    const api = await startApi();
    const ids = Array.from({ length: 300 }, (_, index) => `task-${index}`);
    // Nobody is answered before as many wait as there may be, or the last has come; and then there is time for one too many.
    let waiting: (() => void)[] = [];
    const answerAll = () => {
      for (const answer of waiting) answer();
      waiting = [];
    };
    api.replies((request, response) => {
      waiting.push(() => task(ENDED.done)(request, response));
      if (waiting.length === 64 || api.requests.length === ids.length) setTimeout(answerAll, 20);
    });
    const ran = await runBinary(['watch', '-', '--json', '-q'], { api, stdin: ids.join('\n') });
    expect(ran).toMatchObject({ code: 0, stderr: '' });
    expect(new Set(ran.json.map(({ id }) => id)).size).toBe(ids.length);
    expect(api.mostAtOnce()).toBe(64);
  });

  it('reads long answers about all of them, however long they are together', async () => {
    const api = await startApi();
    api.replies(task({ ...ENDED.done, more: 'x'.repeat(2 * 1024 * 1024) }));
    const ids = Array.from({ length: 40 }, (_, number) => `task-${number}`);
    expect(await run(['watch', ...ids, '-q'], { api, clock: nappingClock() })).toMatchObject({ code: 0, stderr: '' });
  });

  it('does not count the time that a long answer waits for four others against the service', async () => {
    stopTimers();
    const clock = nappingClock();
    const api = await startApi();
    const text = JSON.stringify(wireTask({ ...ENDED.done, more: 'x'.repeat(2 * 1024 * 1024) }));
    const finish: (() => void)[] = [];
    api.replies((request, response) => {
      const id = request.url?.split('/').at(-1) ?? '';
      response.writeHead(200, { 'content-type': 'application/json' }).write(text.slice(0, -1).replace('task-1', id));
      finish.push(() => response.end(text.slice(-1)));
    });
    const running = run(['watch', 'a', 'b', 'c', 'd', 'e', '-q'], { api, clock });
    // The limit of the one that waits is no longer running.
    await expect.poll(() => [finish.length, vi.getTimerCount()]).toEqual([5, 4]);
    for (const end of finish) end();
    expect(await running).toMatchObject({ code: 0, stderr: '' });
  });

  it('spreads their polls over the interval', async () => {
    const clock = nappingClock();
    const api = await startApi(clock);
    const ids = ['a', 'b', 'c', 'd'];
    for (const id of ids) api.repliesTo(id, task(), task(), task(ENDED.done));
    await run(['watch', ...ids, '--interval', '400ms'], { api, clock });
    const third = ids.map((id) => api.requests.filter(({ path }) => path.endsWith(`/${id}`))[2]?.at ?? 0);
    for (const [index, at] of third.slice(1).entries()) expect(at - (third[index] ?? 0)).toBeGreaterThan(50);
  });
});
