import { describe, expect, it } from 'vitest';
import { body, error, slowly, startApi, task } from '../support/api.ts';
import { nappingClock } from '../support/fake-clock.ts';
import { run, TOKEN } from '../support/run.ts';
import { ENDED, wireTask } from '../support/tasks.ts';

const done = task(ENDED.done);
const taskJson = JSON.stringify(wireTask(ENDED.done));

describe('an outage', () => {
  it('that outlasts --retry-for is told by the outcome and the last status', async () => {
    const api = await startApi();
    api.replies(error(503));
    const ran = await run(['watch', 'task-1', '--json', '--retry-for', '250ms'], { api, clock: nappingClock() });
    expect(ran.code).toBe(1);
    expect(ran.json).toEqual([
      expect.objectContaining({
        id: 'task-1',
        outcome: 'unreachable',
        exit_code: 1,
        error: { message: expect.stringContaining('503 Service Unavailable: detail of 503'), status: 503 },
      }),
    ]);
  });

  it('of answers that are no task ends as invalid_response', async () => {
    const api = await startApi();
    api.replies(body(200, '{}'));
    const ran = await run(['watch', 'task-1', '--json', '--retry-for', '150ms'], { api, clock: nappingClock() });
    expect(ran.json).toEqual([expect.objectContaining({ outcome: 'invalid_response', exit_code: 1 })]);
    expect(api.requests).toHaveLength(3);
  });
});

describe('Retry-After', () => {
  it.each([
    ['in seconds', { 'retry-after': '1' }],
    [
      'as a date, by the server’s clock',
      { 'retry-after': 'Mon, 23 Nov 2020 10:00:01 GMT', date: 'Mon, 23 Nov 2020 10:00:00 GMT' },
    ],
  ])('%s is waited for', async (_form, headers) => {
    const clock = nappingClock();
    const api = await startApi(clock);
    api.replies(error(429, headers), done);
    expect((await run(['get', 'task-1'], { api, clock })).code).toBe(0);
    expect(api.requests.map(({ at }) => at)).toEqual([0, 1000]);
  });

  it('past --retry-for ends the task at once with 1, saying so', async () => {
    const api = await startApi();
    api.replies(error(429, { 'retry-after': '3600' }));
    const ran = await run(['watch', 'task-1'], { api });
    expect(ran.code).toBe(1);
    expect(api.requests).toHaveLength(1);
    expect(ran.stderr).toContain('asked us to wait 1h, longer than --retry-for allows; run');
  });

  it('past --timeout ends the task at once with 124, saying so', async () => {
    const api = await startApi();
    api.replies(error(429, { 'retry-after': '60' }));
    const ran = await run(['watch', 'task-1', '--timeout', '20s'], { api });
    expect(ran.code).toBe(124);
    expect(api.requests).toHaveLength(1);
    expect(ran.stderr).toContain('longer than --timeout allows');
    const json = await run(['get', 'task-1', '--json', '--timeout', '20s'], { api });
    expect(json.json[0]).toMatchObject({ outcome: 'timed_out', error: { status: 429 } });
  });

  it('of ten digits ends the task at once, and is no wait of a millisecond', async () => {
    const api = await startApi();
    api.replies(error(503, { 'retry-after': '9999999999' }));
    expect((await run(['get', 'task-1'], { api })).code).toBe(1);
    expect(api.requests).toHaveLength(1);
  });
});

describe('a final fault', () => {
  it('ends that task alone: the others are watched on', async () => {
    const api = await startApi();
    api.repliesTo('gone', error(404));
    api.repliesTo('good', task(), done);
    const ran = await run(['watch', 'gone', 'good', '--json', '--interval', '100ms'], { api });
    expect(ran.code).toBe(6);
    expect(ran.json.filter((line) => 'exit_code' in line).map(({ id, outcome }) => [id, outcome])).toEqual([
      ['gone', 'not_found'],
      ['good', 'done'],
    ]);
  });
});

describe('text that strict JSON refuses', () => {
  it.each([
    ['a raw newline and an escape code', taskJson.replace('solar', 'so\n\u001b[31mlar'), 'so\n\u001b[31mlar companies in Spain'],
    ['a byte order mark', `\uFEFF${taskJson}`, 'solar companies in Spain'],
  ])('is mended where it holds %s', async (_what, text, query) => {
    const api = await startApi();
    api.replies(body(200, text));
    const ran = await run(['get', 'task-1', '--json'], { api });
    expect(ran.code).toBe(0);
    expect(ran.json[0]?.query).toBe(query);
    expect(ran.stdout).toMatch(/^[\x20-\x7e]*\n$/);
  });
});

describe('the token', () => {
  it.each([400, 401, 403, 404, 422, 500])('is in no output, even when the server echoes it with %i', async (status) => {
    const api = await startApi();
    api.replies(error(status));
    const ran = await run(['watch', `t-${status}`, '--json', '-v', '--retry-for', '150ms'], {
      api,
      clock: nappingClock(),
      env: { DEBUG: 'extruct-task' },
    });
    expect(api.requests[0]?.headers.authorization).toBe(`Bearer ${TOKEN}`);
    expect(ran.stdout + ran.stderr).not.toContain(TOKEN);
    expect(ran.stderr).toContain(`GET ${api.url}/v1/discovery_tasks/t-${status}`);
  });

  it('is in no output when a task or a redirect holds it', async () => {
    const api = await startApi();
    api.repliesTo('a', task({ query: `x ${TOKEN}`, status: 'done' }));
    api.repliesTo('b', body(302, '', { location: `https://${TOKEN}.example` }));
    const ran = await run(['watch', 'a', 'b', '-v'], { api });
    expect(ran.stdout + ran.stderr).not.toContain(TOKEN);
  });

  it('is not sent where a redirect points', async () => {
    const [api, other] = [await startApi(), await startApi()];
    api.replies(body(307, '', { location: `${other.url}/v1/discovery_tasks/task-1` }));
    await run(['get', 'task-1'], { api });
    expect(other.requests).toEqual([]);
  });
});

describe('an answer that comes late', () => {
  it('is waited for, and the next poll does not overlap it', async () => {
    const api = await startApi();
    api.replies(slowly(300, task()), slowly(300, task()), done);
    const ran = await run(['watch', 'task-1', '--interval', '100ms'], { api });
    expect(ran.code).toBe(0);
    expect(api.mostAtOnce()).toBe(1);
    expect(api.requests).toHaveLength(3);
  });
});
