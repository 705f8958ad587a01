import { describe, expect, it } from 'vitest';
import { body, error, results, startApi, task } from '../support/api.ts';
import { nappingClock } from '../support/fake-clock.ts';
import { run } from '../support/run.ts';
import { ENDED, wireResults, wireTask } from '../support/tasks.ts';

const FLAGS = ['--interval', '10s', '--for', '35s'];

describe('--for', () => {
  it('leaves a task that runs without an error, and names the exact command that goes on', async () => {
    const clock = nappingClock();
    const api = await startApi(clock);
    const args = [
      'watch',
      '@last',
      '--no-color',
      '--until',
      'num_results>=50',
      '--until',
      'num_results_evaluated>=300',
      '--json',
      ...FLAGS,
    ];
    api.repliesTo('discovery_tasks?offset=0&limit=1', body(200, JSON.stringify([wireTask()])));
    const ran = await run(args, { api, clock });
    const command =
      "extruct-task watch task-1 --for 35s --interval 10s --until 'num_results>=50' --until 'num_results_evaluated>=300' --json --no-color";
    expect(ran.code).toBe(8);
    expect(ran.json.at(-1)).toEqual({
      ...wireTask(),
      outcome: 'running',
      observed_at: expect.any(String),
      exit_code: 8,
      next: command,
    });
    expect(ran.stderr.trimEnd().split('\n').at(-1)).toBe(
      `Not ended within 35s (--for): the task goes on running on the server; run \`${command}\` to go on`,
    );
    expect(api.requests.slice(1).map(({ at }) => at)).toEqual([0, 10_000, 20_000, 30_000]);
  });

  it('prints the table as for any other end, with the time that was asked for', async () => {
    const api = await startApi();
    const ran = await run(['watch', 'task-1', ...FLAGS], { api, clock: nappingClock(), ageMs: 900 });
    expect(ran.stdout).toMatch(/^Watched +35s, 4 polls$/m);
    expect(ran).toMatchObject({
      code: 8,
      stdout: expect.stringMatching(/^Outcome +running: 25 of 50 high-fit results so far$/m),
    });
    expect((await run(['watch', 'task-1', '--no-exit-status', ...FLAGS], { api, clock: nappingClock() })).code).toBe(0);
  });

  it('changes nothing about a task that ends in time, or is not to be had', async () => {
    const api = await startApi();
    api.replies(task(), task(ENDED.done));
    expect(await run(['watch', 'task-1', '-q', ...FLAGS], { api, clock: nappingClock() })).toMatchObject({ code: 0, stderr: '' });
    api.replies(error(404));
    expect((await run(['watch', 'task-1', ...FLAGS], { api, clock: nappingClock() })).code).toBe(6);
  });

  it('ends a watch before the first answer, and in an outage', async () => {
    const api = await startApi();
    api.replies(error(503, { 'retry-after': '9' }));
    const ran = await run(['watch', 'task-1', '--json', ...FLAGS], { api, clock: nappingClock() });
    expect(ran).toMatchObject({ code: 8, json: [{ id: 'task-1', outcome: 'running', exit_code: 8 }] });
  });

  it.each([[['-q']], [['--progress', 'none']]])('says nothing of it with %j', async (flags) => {
    const api = await startApi();
    const ran = await run(['watch', 'task-1', ...flags, ...FLAGS], { api, clock: nappingClock() });
    expect(ran).toMatchObject({ code: 8, stdout: expect.stringContaining('running: 25 of 50'), stderr: '' });
  });

  it('of several tasks goes on with those that are left', async () => {
    const api = await startApi();
    api.repliesTo('b', task(ENDED.done));
    const ran = await run(['watch', 'a', 'b', 'c', ...FLAGS], { api, clock: nappingClock() });
    expect(ran.code).toBe(8);
    expect(ran.stderr).toContain('run `extruct-task watch a c --for 35s --interval 10s` to go on');
    expect(ran.stderr).toContain('Not ended within 35s (--for): the tasks go on running on the server; run');
    api.repliesTo('c', task(ENDED.done));
    const { stderr } = await run(['watch', 'a', 'b', 'c', ...FLAGS], { api, clock: nappingClock() });
    expect(stderr).toContain(
      '(--for): the task goes on running on the server; run `extruct-task watch a --for 35s --interval 10s` to go on',
    );
    api.repliesTo('b', task(ENDED.failed));
    expect((await run(['watch', 'a', 'b', ...FLAGS], { api, clock: nappingClock() })).code).toBe(3);
  });

  it('names no command that would create the task again', async () => {
    const api = await startApi();
    api.repliesTo('discovery_tasks', body(200, JSON.stringify(wireTask({ id: 'new-1' }))));
    const { stderr } = await run(['create', 'x', '--watch', '--desired', '5', ...FLAGS], { api, clock: nappingClock() });
    expect(stderr).toContain('run `extruct-task watch new-1 --for 35s --interval 10s` to go on');
  });

  it('leaves the companies of a task that has ended the time to come', async () => {
    const clock = nappingClock();
    const api = await startApi(clock);
    api.replies(task(ENDED.done));
    const late = results(wireResults(50));
    api.repliesTo('results?offset=0&limit=50', (request, response) => {
      void clock.passes(60_000).then(() => setImmediate(() => late(request, response)));
    });
    api.repliesTo('results?offset=50&limit=50', results(wireResults(50)));
    const ran = await run(['watch', 'task-1', '--results', '--json', ...FLAGS], { api, clock });
    expect(ran).toMatchObject({ code: 0, json: [{ outcome: 'done', results: expect.any(Array) }] });
  });

  it.each([
    ['at the end of the time', '35s', 3],
    ['long before that', '10m', 9],
  ])('gives up on companies that do not come, once the time is over: %s', async (_when, time, most) => {
    const clock = nappingClock();
    const api = await startApi(clock);
    api.replies(task(ENDED.done));
    // So long that the pause before the next request does not matter.
    api.repliesTo('results?offset=0&limit=50', (request, response) => {
      void clock.passes(40_000).then(() => setImmediate(() => error(503)(request, response)));
    });
    const ran = await run(['watch', 'task-1', '--results', '-q', '--for', time, '--retry-for', '5m'], { api, clock });
    expect(ran).toMatchObject({ code: 1, stderr: expect.stringMatching(/^error: The API answered 503/) });
    expect(api.requests.length).toBeLessThanOrEqual(most);
  });
});

describe('--final and --redact', () => {
  it('write one line for each task, and what nobody wrote', async () => {
    const api = await startApi();
    api.repliesTo('a', task(), task(ENDED.done));
    api.repliesTo('b', task(), task(ENDED.failed));
    const flags = ['--json', '--final', '--redact', '--interval', '100ms'];
    const ran = await run(['watch', 'a', 'b', ...flags], { api });
    expect(ran.code).toBe(3);
    expect(ran.json.map(({ id, query, exit_code }) => [id, query, exit_code]).toSorted()).toEqual([
      ['a', '…', 0],
      ['b', '…', 3],
    ]);
    expect((await run(['get', 'c', '--json', '--redact'], { api })).json).toMatchObject([{ id: 'c', query: '…' }]);
  });

  it.each([
    [['watch', 'a', '--final'], '--final requires --json; add --json'],
    [['get', 'a', '--redact'], '--redact requires --json; add --json'],
    [['create', 'x', '--json', '--final'], '--final requires --watch; add --watch'],
    [['watch', 'a', '--json', '--redact', '--results'], "option '--redact' cannot be used with option '--results'"],
  ])('are refused where they would do nothing: %j', async (args, message) => {
    const ran = await run(args);
    expect(ran).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining(`error: ${message}`) });
  });
});
