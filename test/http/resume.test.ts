import { describe, expect, it } from 'vitest';
import { body, startApi, task } from '../support/api.ts';
import { run } from '../support/run.ts';
import { ENDED, wireTask } from '../support/tasks.ts';

const resumed = body(200, JSON.stringify(wireTask({ desired_num_results: 75 })));

describe('resume', () => {
  it('asks for so many more, and prints the id alone', async () => {
    const api = await startApi();
    api.replies(resumed);
    expect(await run(['resume', 'task-1', '--more', '40'], { api })).toMatchObject({ code: 0, stdout: 'task-1\n', stderr: '' });
    expect(await run(['resume', 'https://app.extruct.ai/tasks/task-1/x'], { api })).toMatchObject({
      code: 0,
      stdout: 'task-1\n',
    });
    expect(api.requests.map((request) => [request.method, request.path, request.body])).toEqual([
      ['POST', '/v1/discovery_tasks/task-1/resume', '{"desired_new_results":40}'],
      ['POST', '/v1/discovery_tasks/task-1/resume', '{"desired_new_results":25}'],
    ]);
  });

  it('passes over none of the tasks on standard input', async () => {
    const api = await startApi();
    const ran = await run(['resume', '-'], { api, stdin: 'task-1\ntask-2\n' });
    expect(ran).toMatchObject({ code: 2, stdout: '', stderr: 'error: standard input contains 2 tasks; set at most 1\n' });
    expect(api.requests).toEqual([]);
  });

  it('goes on to watch with --watch', async () => {
    const api = await startApi();
    api.replies(resumed);
    api.repliesTo('task-1', task({ desired_num_results: 75 }), task({ ...ENDED.done, num_results: 75, desired_num_results: 75 }));
    const ran = await run(['resume', 'task-1', '--watch', '--interval', '100ms', '--json', '-q'], { api });
    expect(ran).toMatchObject({ code: 0, stderr: '' });
    expect(ran.json.at(-1)).toMatchObject({ num_results: 75, outcome: 'done', exit_code: 0 });
  });

  it('tells why an exhausted task cannot be resumed', async () => {
    const api = await startApi();
    api.replies(body(400, JSON.stringify({ detail: 'Task is exhausted' })));
    const ran = await run(['resume', 'task-1'], { api });
    expect(ran).toMatchObject({ code: 1, stdout: '' });
    expect(ran.stderr).toBe(
      'error: The API answered 400 Bad Request: Task is exhausted; run `extruct-task create` with a wider query: this task has no more candidates\n',
    );
  });

  it.each([
    [400, { detail: 'The target is over 250' }],
    [400, {}],
    [409, { detail: 'Another task is exhausted' }],
    [422, { detail: [{ loc: ['body', 'desired_new_results'], msg: 'too many', type: 'x' }] }],
  ])('says nothing of an exhausted task where the service does not: %i %j', async (status, detail) => {
    const api = await startApi();
    api.replies(body(status, JSON.stringify(detail)));
    const ran = await run(['resume', 'task-1'], { api });
    expect(ran).toMatchObject({ code: 1, stdout: '' });
    expect(ran.stderr).toMatch(/; check the task, --more and the API URL\n$/);
    expect(ran.stderr).not.toContain('no more candidates');
  });

  it.each([
    [['resume'], "missing required argument 'task'"],
    [['resume', 'a/b'], "'a/b' is not a task ID or URL; set a task ID"],
    [['resume', 't', '--more', '251'], "--more cannot be '251'; set a number from 0 to 250"],
    [['resume', 't', '--results'], '--results requires --watch; add --watch'],
    [['resume', 't', '--allow-exhausted'], '--allow-exhausted requires --watch; add --watch'],
    [['resume', 't', '--more', '2.5'], "--more cannot be '2.5'; set"],
  ])('%j is a usage error', async (args, message) => {
    const ran = await run(args);
    expect(ran).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining(`error: ${message}`) });
  });
});
