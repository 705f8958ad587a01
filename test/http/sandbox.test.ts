import { connect } from 'node:net';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { linesToPaste, refusalOf } from '../../src/commands/sandbox/words.ts';
import { SCENARIO_NAMES } from '../../src/sandbox/scenario.ts';
import { startSandbox } from '../../src/sandbox/server.ts';
import { nappingClock } from '../support/fake-clock.ts';
import { run, runBinary } from '../support/run.ts';
import { openSandbox } from '../support/sandbox.ts';

describe('the sandbox', () => {
  it('ends quietly when nobody reads its two lines', async () => {
    const ran = await runBinary(['sandbox', '--port', '0'], { closeAtOnce: true });
    expect(ran.code).toBe(141);
  });

  it('says what to do when its port is taken', async () => {
    const sandbox = await startSandbox({ port: 0, speed: 1, now: () => 0 });
    if ('refused' in sandbox) throw new Error(sandbox.refused);
    onTestFinished(() => sandbox.close());
    const ran = await run(['sandbox', '--port', sandbox.url.port]);
    expect(ran).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringMatching(
        /^error: Port \d+ is in use already \(EADDRINUSE\), perhaps by another sandbox; set another port with --port\n$/,
      ),
    });
  });

  it('does not blame the port where the machine has no IPv4 loopback', () => {
    expect(refusalOf('EADDRNOTAVAIL', 8787)).toEqual({
      what: 'Cannot open a port on 127.0.0.1 (EADDRNOTAVAIL)',
      fix: 'check the network settings of this machine',
    });
  });

  it('prints lines that the shells of the system take', () => {
    const lines = (platform: NodeJS.Platform) => linesToPaste('http://127.0.0.1:8787', 'sandbox', platform).split('\n');
    expect(lines('linux')).toEqual(['export EXTRUCT_API_URL=http://127.0.0.1:8787', 'export EXTRUCT_API_TOKEN=sandbox', '']);
    expect(lines('win32')).toEqual([
      'PowerShell:',
      "$env:EXTRUCT_API_URL = 'http://127.0.0.1:8787'",
      "$env:EXTRUCT_API_TOKEN = 'sandbox'",
      'cmd:',
      'set EXTRUCT_API_URL=http://127.0.0.1:8787',
      'set EXTRUCT_API_TOKEN=sandbox',
      '',
    ]);
  });
});

const MINUTE = 60_000;
const TASKS = '/v1/discovery_tasks';
const BEER = { key: 'beer', name: 'Beer', criterion: 'The company brews beer' };

describe('the simulated API', () => {
  it.each([
    ['GET', TASKS],
    ['POST', TASKS],
    ['GET', `${TASKS}/done`],
    ['GET', `${TASKS}/done/results`],
    ['POST', `${TASKS}/done/resume`],
  ])('asks for its token at %s %s', async (method, path) => {
    const { ask } = await openSandbox();
    for (const authorization of ['', 'sandbox', 'Bearer other'])
      expect(await ask(path, { method, headers: { authorization } })).toEqual([401, { detail: 'Invalid or missing token' }]);
  });

  it.each([
    ['DELETE', TASKS],
    ['POST', `${TASKS}/done`],
    ['POST', `${TASKS}/done/results`],
    ['GET', `${TASKS}/done/resume`],
  ])('knows no %s %s', async (method, path) => {
    const { ask } = await openSandbox();
    expect(await ask(path, { method })).toEqual([405, { detail: 'Method Not Allowed' }]);
  });

  it('knows no other paths, and no task that is not named after a scenario', async () => {
    const { ask, post } = await openSandbox();
    for (const path of ['/', '/v2', `${TASKS}/`, `${TASKS}/done/more`, `${TASKS}/done/results/1`])
      expect(await ask(path)).toEqual([404, { detail: 'Not Found' }]);
    const missing = [404, { detail: 'Discovery task not found' }];
    expect(await ask(`${TASKS}/nothing`)).toEqual(missing);
    expect(await ask(`${TASKS}/nothing/results`)).toEqual(missing);
    expect(await post(`${TASKS}/nothing/resume`, { desired_new_results: 1 })).toEqual(missing);
  });

  it('logs what it answered, and goes wrong where the scenario says so', async () => {
    const { ask, task, results, log } = await openSandbox();
    await task('flaky');
    await results('flaky');
    await task('flaky');
    await expect(task('flaky')).rejects.toThrow();
    await ask('/v2?a=b');
    expect(log).toEqual([
      `GET ${TASKS}/flaky 200`,
      `GET ${TASKS}/flaky/results 200`,
      `GET ${TASKS}/flaky 200`,
      `GET ${TASKS}/flaky 502`,
      'GET /v2?a=b 404',
    ]);
  });

  it('goes on when a client breaks off', async () => {
    const { url, log, task } = await openSandbox();
    const client = connect(Number(url.port), url.hostname);
    client.end(`POST ${TASKS} HTTP/1.1\r\nHost: x\r\nContent-Length: 99\r\n\r\n{`);
    await vi.waitFor(() => expect(log).toEqual([`POST ${TASKS} broken off`]));
    expect(await task('done')).toMatchObject({ id: 'done' });
  });

  it.each([TASKS, `${TASKS}/done/results`])('reads offset and limit of %s as FastAPI does', async (path) => {
    const { ask } = await openSandbox();
    const refused = async (query: string) => {
      const [status, body] = await ask(`${path}?${query}`);
      return [status, ...(body as { detail: { loc: string[]; type: string }[] }).detail.map(({ loc, type }) => [...loc, type])];
    };
    expect(await ask(`${path}?limit=0`)).toEqual([
      422,
      {
        detail: [{ loc: ['query', 'limit'], msg: 'Input should be greater than or equal to 1', type: 'greater_than_equal' }],
      },
    ]);
    expect(await refused('offset=-1')).toEqual([422, ['query', 'offset', 'greater_than_equal']]);
    for (const text of ['', 'ten', '1.5', '1e1', '0x10', 'NaN'])
      expect(await refused(`offset=${text}&limit=${text}`)).toEqual([
        422,
        ['query', 'offset', 'int_parsing'],
        ['query', 'limit', 'int_parsing'],
      ]);
    expect((await ask(`${path}?limit=100&offset=99999999999999999999`))[0]).toBe(200);
  });

  it('gives as many tasks, and as many results, at a time as are asked for', async () => {
    const { create, list, results, passes } = await openSandbox();
    for (let nth = 0; nth < 101; nth += 1) await create({ query: 'breweries' });
    expect((await list('?limit=1000')).length).toBeGreaterThan(101);
    passes(10 * MINUTE);
    expect((await results('done-new-1', '?limit=200')).results).toHaveLength(200);
  });

  it('lists what was asked for and created, newest first, and then one of each scenario', async () => {
    const { list, create, task } = await openSandbox();
    const ids = async (query?: string) => (await list(query)).map(({ id }) => id);
    await task('done');
    expect(await ids('?offset=1&limit=2')).toEqual(['instant', 'slow']);
    await task('slow-1');
    await create({ query: 'breweries' });
    const samples = SCENARIO_NAMES.filter((name) => name !== 'done').toReversed();
    expect(await ids()).toEqual(['done-new-1', 'slow-1', 'done', ...samples]);
  });
});

describe('a task created in the simulated API', () => {
  it('starts at once, is what its body says, and reaches its target', async () => {
    const { create, task, list, passes } = await openSandbox();
    const fields = { query: 'breweries', criteria: [BEER], data_sources: ['maps'], exclude_domains: ['known.example'] };
    const created = await create({ ...fields, desired_num_results: 7, auto_data_sources: false, table: { id: 'table-1' } });
    const expected = { ...fields, id: 'done-new-1', desired_num_results: 7, auto_data_sources: false, table_id: 'table-1' };
    expect(created).toMatchObject({ ...expected, status: 'created', num_results: 0 });
    passes(10 * MINUTE);
    expect(await task('done-new-1')).toMatchObject({ ...expected, status: 'done', num_results: 7 });
    expect((await list('?limit=1'))[0]).toMatchObject(expected);
  });

  it('gets the usual where nothing else is said', async () => {
    const { create, task } = await openSandbox();
    const { criteria, data_sources } = await task('done');
    const usual = { desired_num_results: 100, auto_data_sources: true, criteria, data_sources, table_id: null };
    expect(await create({ query: 'breweries' })).toMatchObject(usual);
    const nulls = { criteria: null, data_sources: null, exclude_domains: null, exclude_task_ids: null, table: null };
    expect(await create({ query: 'breweries', ...nulls, owner: 'unknown fields do no harm' })).toMatchObject(usual);
  });

  it.each(SCENARIO_NAMES.filter((name) => name !== 'unpaid'))('goes like "%s" when its query says so', async (name) => {
    const { create, task, passes } = await openSandbox();
    expect(await create({ query: `${name}: breweries` })).toMatchObject({ id: `${name}-new-1`, query: `${name}: breweries` });
    await task(name);
    passes(600 * MINUTE);
    const { status, is_exhausted } = await task(name);
    passes(1000);
    expect(await task(`${name}-new-1`)).toMatchObject({ status, is_exhausted });
  });

  it('has an id that no other has, and goes the same way in each sandbox', async () => {
    const [one, other] = [await openSandbox(), await openSandbox()];
    await one.task('done-new-2');
    const ids = async (sandbox: typeof one) => [
      (await sandbox.create({ query: 'breweries' })).id,
      (await sandbox.create({ query: 'dairies' })).id,
      (await sandbox.create({ query: 'failed: mills' })).id,
    ];
    expect(await ids(one)).toEqual(['done-new-1', 'done-new-3', 'failed-new-4']);
    expect(await ids(other)).toEqual(['done-new-1', 'done-new-2', 'failed-new-3']);
    for (const { passes } of [one, other]) passes(3 * MINUTE);
    const found = async (sandbox: typeof one) =>
      (await sandbox.results('done-new-1')).results.map((result) => ({ ...result, created_at: null }));
    expect(await found(one)).toEqual(await found(other));
  });

  it('is there though its answer was lost', async () => {
    const { create, list, log } = await openSandbox();
    await expect(create({ query: 'lost: breweries' })).rejects.toThrow('fetch failed');
    expect(log).toEqual([`POST ${TASKS} reset`]);
    expect((await list('?limit=1'))[0]).toMatchObject({ id: 'done-new-1', query: 'lost: breweries' });
  });

  it.each<[body: unknown, ...problems: [...loc: (string | number)[], type: string][]]>([
    ['not JSON', ['body', 'json_invalid']],
    ['', ['body', 'missing']],
    [[], ['body', 'model_attributes_type']],
    [{}, ['body', 'query', 'missing']],
    [{ query: '' }, ['body', 'query', 'string_too_short']],
    [{ query: ' \t\n\u00a0' }, ['body', 'query', 'string_too_short']],
    [{ query: 5 }, ['body', 'query', 'string_type']],
    [{ query: 'q', desired_num_results: 0 }, ['body', 'desired_num_results', 'greater_than_equal']],
    [{ query: 'q', desired_num_results: 251 }, ['body', 'desired_num_results', 'less_than_equal']],
    [{ query: 'q', desired_num_results: 1.5 }, ['body', 'desired_num_results', 'int_from_float']],
    [{ query: 'q', desired_num_results: null }, ['body', 'desired_num_results', 'int_type']],
    [{ query: 'q', criteria: BEER }, ['body', 'criteria', 'list_type']],
    [{ query: 'q', criteria: [BEER, BEER] }, ['body', 'criteria', 'value_error']],
    [
      { query: 'q', criteria: [BEER, { key: '1st', name: '', criterion: 'too short' }] },
      ['body', 'criteria', 1, 'key', 'string_pattern_mismatch'],
      ['body', 'criteria', 1, 'name', 'string_too_short'],
      ['body', 'criteria', 1, 'criterion', 'string_too_short'],
    ],
    [
      { query: 'q', criteria: [{ key: 'k', name: 'n'.repeat(101), criterion: 'c'.repeat(501) }] },
      ['body', 'criteria', 0, 'name', 'string_too_long'],
      ['body', 'criteria', 0, 'criterion', 'string_too_long'],
    ],
    [{ query: 'q', auto_data_sources: 'no' }, ['body', 'auto_data_sources', 'bool_type']],
    [{ query: 'q', auto_data_sources: false }, ['body', 'data_sources', 'value_error']],
    [{ auto_data_sources: false, data_sources: [] }, ['body', 'query', 'missing'], ['body', 'data_sources', 'value_error']],
    [{ query: 'q', data_sources: ['maps', 'phone'] }, ['body', 'data_sources', 1, 'enum']],
    [{ query: 'q', exclude_domains: [1] }, ['body', 'exclude_domains', 0, 'string_type']],
    [{ query: 'q', exclude_task_ids: Array(101).fill('id') }, ['body', 'exclude_task_ids', 'too_long']],
    [{ query: 'q', table: { id: 1, run: 'yes' } }, ['body', 'table', 'id', 'string_type'], ['body', 'table', 'run', 'bool_type']],
  ])('is refused with a 422 for %j', async (body, ...problems) => {
    const { post, list } = await openSandbox();
    const detail = problems.map((problem) => ({ loc: problem.slice(0, -1), type: problem.at(-1), msg: expect.any(String) }));
    expect(await post(TASKS, body)).toEqual([422, { detail }]);
    expect((await list()).map(({ id }) => id)).not.toContain('done-new-1');
  });

  it('may be at the limits, in characters, not in halves of them', async () => {
    const { create } = await openSandbox();
    const criteria = [{ key: 'K_1', name: '🍺'.repeat(100), criterion: '🍺'.repeat(500) }];
    expect(await create({ query: 'q', criteria, desired_num_results: 250 })).toMatchObject({ criteria });
  });

  it('must not come in more than a mebibyte', async () => {
    const { post } = await openSandbox();
    const body = (bytes: number) => JSON.stringify({ query: 'breweries' }).padEnd(bytes);
    expect((await post(TASKS, body(1024 * 1024)))[0]).toBe(200);
    expect(await post(TASKS, body(1024 * 1024 + 1))).toEqual([413, { detail: 'Request Entity Too Large' }]);
  });
});

describe('the results in the simulated API', () => {
  it('are read in pages, with the task, while it runs', async () => {
    const { task, results, passes } = await openSandbox();
    await task('done');
    passes(3 * MINUTE);
    const state = await task('done');
    const { results: all, ...same } = await results('done', '?limit=100');
    expect(same).toEqual(state);
    expect(all.length).toBeGreaterThan(50);
    expect((await results('done')).results).toEqual(all.slice(0, 50));
    expect((await results('done', '?offset=10&limit=5')).results).toEqual(all.slice(10, 15));
    expect((await results('done', '?offset=1000')).results).toEqual([]);
  });

  it.each([1, 60])('lag behind the counters by 300 milliseconds of whoever asks, at a speed of %d', async (speed) => {
    const { task, results, passes } = await openSandbox({ speed });
    await task('slow');
    passes((10 * MINUTE) / speed);
    let { num_results_evaluated: counted } = await task('slow');
    const lags = new Set<number>();
    for (let nth = 0; nth < 20; nth += 1) {
      passes(300);
      const { results: found, ...page } = await results('slow', '?limit=1000');
      expect(page).toEqual(await task('slow'));
      expect(found).toHaveLength(counted);
      lags.add(page.num_results_evaluated - counted);
      counted = page.num_results_evaluated;
    }
    expect(lags.size).toBeGreaterThan(1);
  });

  it('are all there once nothing has changed for longer, and at once where the task had ended before', async () => {
    const { task, results, passes } = await openSandbox();
    const { results: all, ...instant } = await results('instant', '?limit=1000');
    expect(all).toHaveLength(instant.num_results_evaluated);
    await task('done');
    passes(4 * MINUTE);
    const ended = await task('done');
    expect(ended.status).toBe('done');
    expect((await results('done', '?limit=1000')).results.length).toBeLessThan(ended.num_results_evaluated);
    passes(300);
    expect((await results('done', '?limit=1000')).results).toHaveLength(ended.num_results_evaluated);
  });

  it('start a task, too', async () => {
    const { results, task, passes } = await openSandbox();
    expect(await results('done')).toMatchObject({ status: 'created', results: [] });
    passes(4 * MINUTE);
    expect((await task('done')).status).toBe('done');
  });
});

describe('a task resumed in the simulated API', () => {
  it('goes on to its new target, and keeps what it had', async () => {
    const { task, resume, results, passes } = await openSandbox();
    await task('done');
    passes(10 * MINUTE);
    const before = await results('done', '?limit=50');
    expect(await resume('done', 25)).toMatchObject({ status: 'in_progress', desired_num_results: 75, num_results: 50 });
    expect(await results('done', '?limit=50')).toMatchObject({ results: before.results });
    passes(10 * MINUTE);
    expect(await task('done')).toMatchObject({ status: 'done', desired_num_results: 75, num_results: 75 });
  });

  it.each([1, 60])('looks for half a second as if nobody had, at a speed of %d', async (speed) => {
    const { task, resume, list, results, passes } = await openSandbox({ speed });
    await task('done');
    passes(10 * MINUTE);
    const before = await task('done');
    const resumed = await resume('done', 25);
    expect(resumed).toMatchObject({ status: 'in_progress', desired_num_results: 75 });
    passes(499);
    expect(await task('done')).toEqual(before);
    expect((await list('?limit=1'))[0]).toMatchObject({ id: 'done', desired_num_results: 75 });
    expect(await results('done')).toMatchObject({ desired_num_results: 75 });
    passes(1);
    expect(await task('done')).toMatchObject({ status: 'in_progress', desired_num_results: 75 });
  });

  it('looks as it last did, when it is resumed twice in a moment', async () => {
    const { task, resume, results, passes } = await openSandbox({ speed: 60 });
    await task('done');
    passes(10 * MINUTE);
    const all = (await results('done', '?limit=100')).results;
    await resume('done', 25);
    passes(100);
    const between = await resume('done', 5);
    expect(between.desired_num_results).toBe(80);
    expect(await task('done')).toEqual({ ...between, desired_num_results: 75 });
    expect((await results('done', '?limit=100')).results).toEqual(all);
  });

  it('is refused, and looks the same, when it is exhausted, also while it is in progress', async () => {
    const { task, post, passes } = await openSandbox();
    await task('exhausted');
    for (const status of ['in_progress', 'done']) {
      passes(3 * MINUTE);
      const resumed = await post(`${TASKS}/exhausted/resume`, { desired_new_results: 25 });
      expect(resumed).toEqual([400, { detail: 'Discovery task is exhausted' }]);
      expect(await task('exhausted')).toMatchObject({ status, is_exhausted: true, desired_num_results: 100 });
    }
  });

  it.each([
    [{ desired_new_results: null }, 'int_type'],
    [{ desired_new_results: -1 }, 'greater_than_equal'],
    [{ desired_new_results: 251 }, 'less_than_equal'],
    [{ desired_new_results: 0.5 }, 'int_from_float'],
    [{ desired_new_results: '25' }, 'int_type'],
  ])('is refused with a 422 for %j', async (body, type) => {
    const { post } = await openSandbox();
    const detail = [{ loc: ['body', 'desired_new_results'], type, msg: expect.any(String) }];
    expect(await post(`${TASKS}/done/resume`, body)).toEqual([422, { detail }]);
    expect((await post(`${TASKS}/done/resume`, 'not JSON'))[0]).toBe(422);
    expect((await post(`${TASKS}/done/resume`, ''))[0]).toBe(422);
  });

  it('is asked for 25 more where the body says nothing else', async () => {
    const { post } = await openSandbox();
    expect(await post(`${TASKS}/done/resume`, {})).toEqual([200, expect.objectContaining({ desired_num_results: 75 })]);
  });
});

describe('an account without credits in the simulated API', () => {
  const NO_CREDITS = { detail: { error: 'insufficient_credits', message: expect.stringMatching(/credits/) } };

  it('neither creates nor resumes a task', async () => {
    const { post, list } = await openSandbox();
    const ids = async () => (await list()).map(({ id }) => id);
    const before = await ids();
    expect(await post(TASKS, { query: 'unpaid: breweries' })).toEqual([402, NO_CREDITS]);
    for (const id of ['unpaid', 'unpaid-2'])
      expect(await post(`${TASKS}/${id}/resume`, { desired_new_results: 25 })).toEqual([402, NO_CREDITS]);
    expect(await ids()).toEqual(['unpaid-2', ...before]);
  });

  it('sees a task through that it has', async () => {
    const { task, results, passes } = await openSandbox();
    expect((await task('unpaid')).status).toBe('created');
    passes(10 * MINUTE);
    expect(await task('unpaid')).toMatchObject({ status: 'done', num_results: 50 });
    expect((await results('unpaid')).results).toHaveLength(50);
  });

  it('is told first what is wrong with its request, and that a task is not there', async () => {
    const { post } = await openSandbox();
    expect((await post(TASKS, { query: 'unpaid: breweries', desired_num_results: 0 }))[0]).toBe(422);
    expect((await post(`${TASKS}/unpaid/resume`, { desired_new_results: -1 }))[0]).toBe(422);
    expect((await post(`${TASKS}/unpaidd/resume`, { desired_new_results: 1 }))[0]).toBe(404);
  });
});

describe('the rate limit in the simulated API', () => {
  it.each([1, 60])('is one answer a second for all tasks of its scenario, at a speed of %d', async (speed) => {
    const { ask, post, passes } = await openSandbox({ speed });
    const statuses = async () => [
      (await ask(`${TASKS}/limited`))[0],
      (await ask(`${TASKS}/limited-2/results`))[0],
      (await post(`${TASKS}/limited-3/resume`, { desired_new_results: 1 }))[0],
    ];
    expect(await statuses()).toEqual([200, 429, 429]);
    passes(999);
    expect(await statuses()).toEqual([429, 429, 429]);
    passes(1);
    expect(await statuses()).toEqual([200, 429, 429]);
    passes(5000);
    expect(await statuses()).toEqual([200, 429, 429]);
  });

  it('says when to come back', async () => {
    const { task, send } = await openSandbox();
    await task('limited');
    const refused = await send(`${TASKS}/limited`);
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '5']);
    expect(await refused.json()).toEqual({ detail: expect.stringMatching(/^Too many requests/) });
  });

  it('is not for other tasks, for the list, or for new tasks', async () => {
    const { task, list, create } = await openSandbox();
    for (let nth = 0; nth < 3; nth += 1) {
      await task('done');
      await list();
      await create({ query: 'limited: breweries' });
    }
    expect(await task('limited-new-1')).toMatchObject({ status: 'created' });
  });

  it('does not change how its tasks go', async () => {
    const { task, passes } = await openSandbox();
    await task('limited');
    passes(4 * MINUTE);
    expect(await task('limited')).toMatchObject({ status: 'done', num_results: 50 });
  });
});

describe('the demo', () => {
  it('needs neither token nor network, and says that it is simulated', async () => {
    const ran = await runBinary(['demo', 'instant'], {
      env: { EXTRUCT_API_TOKEN: '', HTTP_PROXY: 'http://127.0.0.1:1', EXTRUCT_API_URL: 'rubbish' },
    });
    expect(ran.code).toBe(0);
    expect(ran.stderr).toMatch(/^Simulated task "instant": no account is needed, and nothing leaves this machine\.\n/);
    expect(ran.stdout).toMatch(/^Outcome +done: 50 of 50 high-fit results$/m);
    expect(ran.stdout).toMatch(/^Query +Simulated: /m);
    expect(ran.stderr).toMatch(/\nFor your own tasks: set EXTRUCT_API_TOKEN to a token .* `extruct-task watch <task>`\n$/);
  });

  it('takes some twelve seconds to go through every fault of "flaky", in lines of JSON', async () => {
    const clock = nappingClock();
    const ran = await run(['demo', 'flaky', '--json', '-v'], { clock });
    expect(ran.code).toBe(0);
    expect(ran.json.at(-1)).toMatchObject({ id: 'flaky-demo', outcome: 'done', exit_code: 0 });
    const failed = [...ran.stderr.matchAll(/^> GET \S+ (?!200)(\w+)/gm)].map(([, what]) => what);
    // The reset befalls a kept connection: the request goes out again at once, and nothing is told of it.
    expect(failed).toEqual(['502', '502', '429']);
    expect(clock.now()).toBeGreaterThan(10_000);
    expect(clock.now()).toBeLessThan(18_000);
  });

  it('goes as the scenario says', async () => {
    expect((await run(['demo', 'stalled', '-q'], { clock: nappingClock() })).code).toBe(7);
    expect(
      (await run(['demo', 'stalled', '-q', '--stall-timeout', '1h', '--timeout', '1m'], { clock: nappingClock() })).code,
    ).toBe(124);
  });

  it('names no command for a task that is gone with it', async () => {
    const ran = await run(['demo', 'unscored'], { clock: nappingClock() });
    expect(ran.stdout).toMatch(/^Outcome +exhausted: /m);
    expect(ran.stdout).not.toContain('extruct-task watch');
  });

  it('creates the task that an account without credits is refused', async () => {
    const ran = await run(['demo', 'unpaid']);
    expect(ran.code).toBe(4);
    expect(ran.stdout).toBe('');
    expect(ran.stderr).toContain(
      "The same as `extruct-task create 'climate-tech companies in Europe that sell to industry' --desired 50",
    );
    expect(ran.stderr).toMatch(/^error: The account does not have enough credits \(402\)/m);
  });

  it('goes the whole way with --create: create, watch, results', async () => {
    const ran = await run(['demo', 'instant', '--create'], { clock: nappingClock() });
    expect(ran.code).toBe(0);
    expect(ran.stderr).toContain(
      "The same as `extruct-task create 'climate-tech companies in Europe that sell to industry' --desired 50 --watch",
    );
    expect(ran.stdout).toMatch(/^Task +instant-new-1\nOutcome +done: 50 of 50 high-fit results\n/);
    expect(ran.stdout).toMatch(/^company +site +relevance +country +size +industrial +europe\n(?:[^\n]*\n){50,}$/m);
  });
});
