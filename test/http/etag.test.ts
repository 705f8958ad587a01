import { describe, expect, it } from 'vitest';
import { body, error, startApi, task } from '../support/api.ts';
import { run } from '../support/run.ts';
import { ENDED, wireTask } from '../support/tasks.ts';

describe('an answer with an ETag', () => {
  const first = body(200, JSON.stringify(wireTask()), { etag: '"one"' });

  it('is asked for by it from then on, and 304 says that nothing has changed', async () => {
    const api = await startApi();
    api.replies(first, body(304, ''), body(304, ''), task(ENDED.done), task(ENDED.done));
    const ran = await run(['watch', 'task-1', '--json', '--interval', '100ms', '-v'], { api });
    expect(ran.code).toBe(0);
    expect(api.requests.map(({ headers }) => headers['if-none-match'])).toEqual([undefined, '"one"', '"one"', '"one"']);
    expect(ran.json.map(({ outcome }) => outcome)).toEqual(['running', 'done']);
  });

  it('of another task is no matter', async () => {
    const api = await startApi();
    api.repliesTo('task-1', first, task(ENDED.done));
    api.repliesTo('task-2', task({ id: 'task-2', ...ENDED.done }));
    await run(['watch', 'task-1', 'task-2', '--interval', '100ms'], { api });
    expect(api.requests.filter(({ path }) => path.endsWith('task-2')).map(({ headers }) => headers['if-none-match'])).toEqual([
      undefined,
    ]);
  });

  it('is kept through an outage', async () => {
    const api = await startApi();
    api.replies(first, error(503), body(304, ''), task(ENDED.done));
    const ran = await run(['watch', 'task-1', '--interval', '100ms'], { api });
    expect(ran.code).toBe(0);
    expect(api.requests.map(({ headers }) => headers['if-none-match'])).toEqual([undefined, '"one"', '"one"', '"one"']);
  });
});
