import { describe, expect, it } from 'vitest';
import { error, type Reply, startApi, task } from '../support/api.ts';
import { nappingClock } from '../support/fake-clock.ts';
import { run } from '../support/run.ts';
import { ENDED } from '../support/tasks.ts';

const INTERVAL = ['--interval', '100ms', '-q'];

/** A POST's reply, whose task is `new` whatever the path. */
const created: Reply = task({ id: 'new' });

describe('what was just asked for', () => {
  it('is not believed to be missing: a new task', async () => {
    const api = await startApi();
    api.repliesTo('discovery_tasks', created);
    api.repliesTo('new', error(404), error(404), task(ENDED.done));
    const ran = await run(['create', 'solar', '--watch', ...INTERVAL], { api, clock: nappingClock() });
    expect(ran.code).toBe(0);
    expect(api.requests.map(({ method }) => method)).toEqual(['POST', 'GET', 'GET', 'GET']);
  });

  it('is not believed to have ended: a resumed task', async () => {
    const api = await startApi();
    const raised = { desired_num_results: 75 };
    api.repliesTo('resume', task({ id: 'task-1', ...raised, num_results: 50 }));
    api.repliesTo('task-1', task(ENDED.done), task({ ...raised, num_results: 51 }), task({ status: 'done', ...raised }));
    const ran = await run(['resume', 'task-1', '--watch', '--json', ...INTERVAL], { api, clock: nappingClock() });
    expect(ran.code).toBe(0);
    expect(ran.json.map(({ outcome, num_results }) => [outcome, num_results])).toEqual([
      ['running', 50],
      ['running', 51],
      ['done', 25],
    ]);
  });
});

it('is shown as running while it looks ended, and its end is told', async () => {
  const api = await startApi();
  api.repliesTo('resume', task({ id: 'task-1', desired_num_results: 75, num_results: 50 }));
  api.repliesTo(
    'task-1',
    task(ENDED.done),
    task({ desired_num_results: 75, num_results: 60 }),
    task({ status: 'done', desired_num_results: 75 }),
  );
  const ran = await run(['resume', 'task-1', '--watch', '--interval', '100ms', '--stall-timeout', '50ms'], {
    api,
    clock: nappingClock(),
  });
  expect(ran.stderr.match(/task-1 \w+(?= disc)/g)).toEqual(['task-1 running', 'task-1 running', 'task-1 done']);
});

it('is not believed where the answer to resume was old itself', async () => {
  const api = await startApi();
  api.repliesTo('resume', task({ id: 'task-1', ...ENDED.done }));
  api.repliesTo(
    'task-1',
    task(ENDED.done),
    task({ desired_num_results: 75, num_results: 60 }),
    task({ status: 'done', desired_num_results: 75 }),
  );
  const ran = await run(['resume', 'task-1', '--more', '25', '--watch', ...INTERVAL], { api, clock: nappingClock() });
  expect(ran.code).toBe(0);
  expect(api.requests).toHaveLength(4);
});

describe.each([401, 403, 404])('a %i after a good answer', (status) => {
  it('is asked once more before it is believed', async () => {
    const clock = nappingClock();
    const api = await startApi(clock);
    api.replies(task(), error(status), task(ENDED.done));
    const ran = await run(['watch', 'task-1', ...INTERVAL], { api, clock });
    expect(ran.code).toBe(0);
    expect(api.requests.map(({ at }) => at)).toEqual([0, 100, 1100]);
  });

  it('is believed when it comes twice, and at once where there was no good answer', async () => {
    const api = await startApi();
    const code = status === 404 ? 6 : 4;
    api.replies(task(), error(status));
    expect((await run(['watch', 'task-1', ...INTERVAL], { api, clock: nappingClock() })).code).toBe(code);
    expect(api.requests).toHaveLength(3);
    api.replies(error(status));
    expect((await run(['watch', 'task-1', ...INTERVAL], { api, clock: nappingClock() })).code).toBe(code);
    expect(api.requests).toHaveLength(4);
  });
});

describe('a rate limit', () => {
  it('makes all tasks wait together, and then go on one after the other', async () => {
    const clock = nappingClock();
    const api = await startApi(clock);
    api.repliesTo('a', error(429, { 'retry-after': '1' }), task(ENDED.done));
    api.repliesTo('b', task(), task(ENDED.done));
    const ran = await run(['watch', 'a', 'b', ...INTERVAL], { api, clock });
    expect(ran.code).toBe(0);
    const [refused = 0, , next = 0, last = 0] = api.requests.map(({ at }) => at);
    expect(next - refused).toBeGreaterThanOrEqual(1000);
    expect(last - next).toBeGreaterThanOrEqual(1000);
  });
});
