import { describe, expect, it } from 'vitest';
import { body, error, list, reset, startApi, task } from '../support/api.ts';
import { nappingClock } from '../support/fake-clock.ts';
import { run } from '../support/run.ts';
import { ENDED, wireTask } from '../support/tasks.ts';

const ALL = [
  wireTask({ id: 'new', created_at: new Date(Date.now() - 5 * 60_000).toISOString() }),
  wireTask({ id: 'dry', ...ENDED.exhausted, created_at: new Date(Date.now() - 5 * 3_600_000).toISOString() }),
  wireTask({
    id: 'good',
    ...ENDED.done,
    created_at: new Date(Date.now() - 72 * 3_600_000).toISOString(),
    query: 'wind\u001b[2J',
  }),
  wireTask({ id: 'bad', ...ENDED.failed, created_at: null }),
  wireTask({ id: 'fresh', status: 'created', created_at: new Date(Date.now() + 60_000).toISOString() }),
];

const many = (count: number) => Array.from({ length: count }, (_, number) => wireTask({ id: `task-${number}` }));

describe('list', () => {
  it('is a table of the newest, with numbers that line up', async () => {
    const api = await startApi();
    api.replies(list(ALL));
    const ran = await run(['list'], { api });
    expect(ran).toMatchObject({ code: 0, stderr: '' });
    expect(ran.stdout.split('\n')).toEqual([
      'task   outcome    high-fit  age  query',
      'new    running       25/50   5m  solar companies in Spain',
      'dry    exhausted     31/50   5h  solar companies in Spain',
      'good   done          50/50   3d  wind�[2J',
      'bad    failed        25/50    -  solar companies in Spain',
      'fresh  running       25/50   0s  solar companies in Spain',
      '',
    ]);
    expect(api.requests.map(({ path }) => path)).toEqual(['/v1/discovery_tasks?offset=0&limit=20']);
  });

  it('is a line of JSON for each task, as the API gave it, with its outcome', async () => {
    const api = await startApi();
    api.replies(list([{ ...wireTask(ENDED.exhausted), owner: 1 }, { not: 'a task' }]));
    const ran = await run(['list', '--json'], { api });
    expect(ran.json).toEqual([
      { ...wireTask(ENDED.exhausted), owner: 1, outcome: 'exhausted', observed_at: expect.stringMatching(/^20.*Z$/) },
    ]);
  });

  it('takes as many as --limit says, or all', async () => {
    const api = await startApi();
    api.replies(list(many(45)));
    expect((await run(['list', '--json', '--limit', '30'], { api })).json).toHaveLength(30);
    expect((await run(['list', '--json', '--all'], { api })).json).toHaveLength(45);
    expect(api.requests.map(({ path }) => path.split('?')[1])).toEqual([
      'offset=0&limit=20',
      'offset=20&limit=10',
      'offset=0&limit=20',
      'offset=20&limit=20',
      'offset=40&limit=20',
    ]);
  });

  it('goes on behind a page with something in it that is no task', async () => {
    const api = await startApi();
    api.replies(list([...many(19), null, ...many(25).slice(20)]));
    expect((await run(['list', '--json', '--all'], { api })).json).toHaveLength(24);
  });

  it.each([
    [['running'], ['new', 'fresh']],
    [['in_progress'], ['new']],
    [['created'], ['fresh']],
    [['done'], ['good']],
    [['exhausted'], ['dry']],
    [
      ['failed', 'done'],
      ['good', 'bad'],
    ],
  ])('takes those that are %j', async (statuses, ids) => {
    const api = await startApi();
    api.replies(list(ALL));
    const ran = await run(['list', '--json', ...statuses.flatMap((status) => ['--status', status])], { api });
    expect(ran.json.map(({ id }) => id)).toEqual(ids);
  });

  it.each([
    ['SOLAR', ['new', 'dry', 'bad', 'fresh']],
    ['wind', ['good']],
    ['RES', ['fresh']],
    ['strasse in mali\u0301', ['straße']],
    ['', ['new', 'dry', 'good', 'bad', 'fresh', 'straße']],
    ['nothing like it', []],
  ])('takes those whose query or id holds %j', async (text, ids) => {
    const api = await startApi();
    api.replies(list([...ALL, wireTask({ id: 'straße', query: 'Straße in Malí' })]));
    expect((await run(['list', '--json', '--search', text], { api })).json.map(({ id }) => id)).toEqual(ids);
  });

  it('says last how to see more, where there may be more', async () => {
    const api = await startApi();
    api.replies(list(many(45)));
    const more = (count: number, command: string) =>
      `There may be more than these ${count}; run \`extruct-task list --all${command}\` to see all\n`;
    const flags = ['--limit', '2', '--status', 'running', '--search', "it's solar"];
    expect((await run(['list'], { api })).stderr).toBe(more(20, ''));
    expect((await run(['list', '--json'], { api })).stderr).toBe(more(20, ''));
    api.replies(list(many(45).map((one) => ({ ...one, query: "It's solar" }))));
    expect((await run(['list', ...flags], { api })).stderr).toBe(more(2, " --status running --search 'it'\\''s solar'"));
    for (const args of [['--all'], ['--limit', '46'], ['-q']]) expect((await run(['list', ...args], { api })).stderr).toBe('');
  });

  it('is no list where nothing in it is a task: that is no empty workspace, and no reason to ask for ever', async () => {
    const api = await startApi();
    api.replies(body(200, JSON.stringify(Array(20).fill({ not: 'a task' }))));
    for (const command of [['list'], ['get', '@last']]) {
      const ran = await run([...command, '--retry-for', '0'], { api });
      expect(ran).toMatchObject({
        code: 1,
        stdout: '',
        stderr: expect.stringContaining('something that is not a list of tasks'),
      });
    }
    expect(api.requests).toHaveLength(2);
  });

  it('takes no task’s id for what is wrong where there is no such list', async () => {
    const api = await startApi();
    api.replies(body(404, '{"detail":"Not Found"}'));
    const { stderr } = await run(['list'], { api });
    expect(stderr).toBe('error: The API is not at this address (404); check the API URL\n');
  });

  it('says so where there is nothing', async () => {
    const api = await startApi();
    api.replies(list([]));
    expect(await run(['list'], { api })).toMatchObject({
      code: 0,
      stdout: '',
      stderr: 'There are no tasks in this workspace yet\n',
    });
    expect(await run(['list', '--status', 'failed'], { api })).toMatchObject({ code: 0, stderr: 'No task matches\n' });
  });

  it('does not say that there are no tasks where nothing in the list can be read as one', async () => {
    const api = await startApi();
    api.replies(body(200, JSON.stringify(Array(20).fill({ id: 'a', state: 'done' }))));
    for (const args of [['list'], ['list', '--all'], ['get', '@last']]) {
      expect(await run([...args, '--retry-for', '0'], { api })).toMatchObject({
        code: 1,
        stderr: 'error: The API answered with something that is not a list of tasks; check the API URL\n',
      });
    }
  });

  it('waits an outage out, and says what it could not find out', async () => {
    const api = await startApi();
    api.replies(reset, list(ALL));
    expect((await run(['list', '--json'], { api })).json).toHaveLength(5);
    api.replies(error(401));
    expect(await run(['list', '--json'], { api })).toMatchObject({ code: 4, stdout: '' });
    api.replies(body(403, '{}'));
    expect(await run(['list'], { api })).toMatchObject({
      code: 4,
      stderr: "error: The token has no access to the workspace's tasks (403); check the permissions of the token\n",
    });
    api.replies(body(404, '{"detail":"Not Found"}'));
    expect(await run(['list'], { api })).toMatchObject({
      code: 6,
      stderr: 'error: The API is not at this address (404); check the API URL\n',
    });
    api.replies(body(200, '{}'));
    expect(await run(['list', '--retry-for', '0'], { api })).toMatchObject({
      code: 1,
      stderr: 'error: The API answered with something that is not a list of tasks; check the API URL\n',
    });
  });
});

describe('@last', () => {
  const newest = list([wireTask({ id: 'newest' }), wireTask({ id: 'older' })]);

  it.each([
    [['get', '@last', '--json'], 8],
    [['watch', '@last', 'newest', '--json', '--interval', '10s', '--timeout', '30s'], 124],
  ])('is the newest task: %j', async (args, code) => {
    const api = await startApi();
    api.repliesTo('discovery_tasks?offset=0&limit=1', newest);
    const ran = await run(args, { api, clock: nappingClock() });
    expect(ran.code).toBe(code);
    expect(new Set(ran.json.map(({ id }) => id))).toEqual(new Set(['newest']));
    expect(ran.json.filter((line) => 'exit_code' in line)).toHaveLength(1);
  });

  it('may stand in a list of tasks', async () => {
    const api = await startApi();
    api.repliesTo('discovery_tasks?offset=0&limit=1', newest);
    api.replies(task(ENDED.done));
    const ran = await run(['watch', '-', '--json'], { api, stdin: 'other\n@last\n' });
    expect(ran.json.map(({ id }) => id).sort()).toEqual(['newest', 'other']);
  });

  it.each([
    [list([]), 'not_found', 6],
    [error(401), 'unauthorized', 4],
    [list([wireTask({ id: '../admin' })]), 'not_found', 6],
  ])('is told of like any task that cannot be had, and the others are watched', async (reply, outcome, code) => {
    const api = await startApi();
    api.repliesTo('discovery_tasks?offset=0&limit=1', reply);
    api.replies(task(ENDED.done));
    const ran = await run(['watch', '@last', 'other', '--json'], { api });
    expect(ran.code).toBe(code);
    expect(ran.json).toEqual([
      { id: '@last', outcome, exit_code: code, observed_at: expect.any(String), error: expect.anything() },
      expect.objectContaining({ id: 'other', outcome: 'done', exit_code: 0 }),
    ]);
    expect((await run(['get', '@last'], { api })).code).toBe(code);
    expect((await run(['results', '@last'], { api })).code).toBe(code);
    expect((await run(['resume', '@last'], { api })).code).toBe(code);
  });
});
