import { describe, expect, it } from 'vitest';
import { body, error, reset, silenceFor, startApi, task } from '../support/api.ts';
import { nappingClock } from '../support/fake-clock.ts';
import { run, runBinary, TOKEN } from '../support/run.ts';
import { ENDED, wireTask } from '../support/tasks.ts';

describe('get', () => {
  it('asks once, with the token, and prints the task', async () => {
    const api = await startApi();
    const ran = await run(['get', 'task-1'], { api });
    expect(api.requests.map(({ path }) => path)).toEqual(['/v1/discovery_tasks/task-1']);
    expect(api.requests[0]?.headers).toMatchObject({ authorization: `Bearer ${TOKEN}`, accept: 'application/json' });
    expect(api.requests[0]?.headers['user-agent']).toMatch(/^extruct-task\/\d/);
    expect(ran.code).toBe(8);
    expect(ran.stderr).toBe('');
    expect(ran.stdout).toContain('Outcome      running: 25 of 50 high-fit results so far\n');
  });

  it('takes the task’s page for its id', async () => {
    const api = await startApi();
    await run(['get', 'https://app.extruct.ai/tasks/abc-1/results?x=1#y'], { api });
    expect(api.requests.map(({ path }) => path)).toEqual(['/v1/discovery_tasks/abc-1']);
  });

  it('keeps a path in the API’s URL', async () => {
    const api = await startApi();
    await run(['get', 'task-1', '--api-url', `${api.url}/extruct/`], { api });
    expect(api.requests[0]?.path).toBe('/extruct/v1/discovery_tasks/task-1');
  });

  it('takes another case of an id for the same task', async () => {
    const api = await startApi();
    api.replies(task({ id: 'abc', status: 'done' }));
    expect((await run(['get', 'ABC'], { api })).code).toBe(0);
  });

  it('shows what came with a failed task', async () => {
    const api = await startApi();
    api.replies(task(ENDED.failed));
    const ran = await run(['get', 'task-1'], { api });
    expect(ran.code).toBe(3);
    expect(ran.stdout).toContain('Error        {"code":"boom","message":"the sources broke"}\n');
  });

  it('prints nothing but the error where there is no task', async () => {
    const api = await startApi();
    api.replies(error(404));
    const ran = await run(['get', 'task-1'], { api });
    expect(ran).toMatchObject({ code: 6, stdout: '' });
    expect(ran.stderr).toMatch(
      /^error: Task task-1 was not found in this workspace \(404\): detail of 404 .*; check the ID, and that the token belongs to the task's workspace\n$/,
    );
  });

  it('is quiet about retries with -q', async () => {
    const api = await startApi();
    api.replies(reset, task(ENDED.done));
    expect(await run(['get', 'task-1', '-q'], { api })).toMatchObject({ code: 0, stderr: '' });
  });

  it('tells the cause of an error with --verbose', async () => {
    const api = await startApi();
    api.replies(reset);
    const ran = await run(['get', 'task-1', '-v', '--retry-for', '0'], { api });
    expect(ran.stderr).toMatch(/^> GET http:\/\/127\.0\.0\.1:\d+\/v1\/discovery_tasks\/task-1 ECONNRESET.* \d+ms attempt=1$/m);
    expect(ran.stderr).toMatch(/^error: .*\(ECONNRESET: .*\)$/m);
  });

  it('ends within --timeout, however slow the answer', async () => {
    const [api, clock] = [await startApi(), nappingClock()];
    api.replies(silenceFor(20_000, clock));
    const ran = await run(['get', 'task-1', '--json', '--timeout', '20s'], { api, clock });
    expect(ran.code).toBe(124);
    expect(ran.json).toEqual([
      {
        id: 'task-1',
        outcome: 'timed_out',
        observed_at: expect.any(String),
        exit_code: 124,
        error: { message: expect.stringContaining('within 20s (--timeout); run') },
      },
    ]);
  });
});

describe('get --json', () => {
  it('prints the task as the API gave it, and our fields', async () => {
    const api = await startApi();
    api.replies(task({ owner: { team: 'x' }, data_sources: ['extruct_db', 'new_one'] }));
    const ran = await run(['get', 'task-1', '--json'], { api });
    expect(ran.json).toEqual([
      {
        ...wireTask({ owner: { team: 'x' }, data_sources: ['extruct_db', 'new_one'] }),
        outcome: 'running',
        observed_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
        exit_code: 8,
      },
    ]);
  });

  it('loses no digit of a number, whatever the layout of the answer', async () => {
    const api = await startApi();
    const text = JSON.stringify(wireTask({ status: 'done' }), null, 4).replace('{', '{ "cost": 12345678901234567890.10,');
    api.replies(body(200, text));
    const ran = await run(['get', 'task-1', '--json'], { api });
    expect(ran.stdout).toContain('"cost":12345678901234567890.10,');
    expect(ran.stdout.split('\n')).toHaveLength(2);
  });

  it('is indented on a terminal', async () => {
    const api = await startApi();
    const ran = await run(['get', 'task-1', '--json'], { api, stdoutColumns: 80 });
    expect(ran.stdout).toBe(`${JSON.stringify(JSON.parse(ran.stdout), null, 2)}\n`);
  });

  it('tells an error as JSON too', async () => {
    const api = await startApi();
    api.replies(error(403));
    const ran = await run(['get', 'task-1', '--json'], { api });
    expect(ran.json).toEqual([
      {
        id: 'task-1',
        outcome: 'unauthorized',
        observed_at: expect.any(String),
        exit_code: 4,
        error: { message: expect.stringContaining('403'), status: 403 },
      },
    ]);
  });

  it('keeps the outcome’s own exit code, whatever the flags make of the process’s', async () => {
    const api = await startApi();
    api.replies(task(ENDED.exhausted));
    for (const flag of ['--allow-exhausted', '--no-exit-status']) {
      const ran = await run(['get', 'task-1', '--json', flag], { api });
      expect(ran.code).toBe(0);
      expect(ran.json[0]).toMatchObject({ outcome: 'exhausted', exit_code: 5 });
    }
  });

  it('arrives whole through a slow pipe, a megabyte of it', async () => {
    const api = await startApi();
    const criterion = 'x'.repeat(1_000_000);
    api.replies(task({ status: 'done', criteria: [{ key: 'k', name: 'n', criterion }] }));
    const ran = await runBinary(['get', 'task-1', '--json'], { api, slowReader: true });
    expect(ran.code).toBe(0);
    expect(ran.json[0]).toMatchObject({ criteria: [{ criterion }], exit_code: 0 });
  });
});

describe('an unknown status', () => {
  it('counts as running, with one warning', async () => {
    const api = await startApi();
    api.replies(task({ status: 'paused' }), task({ status: 'paused', num_results: 30 }), task(ENDED.done));
    const ran = await run(['watch', 'task-1', '--interval', '100ms', '--progress', 'none'], { api });
    expect(ran.code).toBe(0);
    expect(ran.stderr).toBe('warning: The API returned an unknown status, "paused"; it counts as running\n');
  });
});
