import { beforeEach, describe, expect, it, vi } from 'vitest';
import { ExtructError, type TaskRequest } from '../../src/index.ts';
import { body, error, list, type Reply, reset, results, silence, task } from '../support/api.ts';
import { all, clientOf, thrownBy } from '../support/library.ts';
import { ENDED, wireResult, wireResults, wireTask } from '../support/tasks.ts';

// Backoff takes its shortest waits.
beforeEach(() => void vi.spyOn(Math, 'random').mockReturnValue(0));

const answered = (changes: Record<string, unknown>) => body(200, JSON.stringify(wireTask(changes)));
const tasks = (count: number) => Array.from({ length: count }, (_, number) => wireTask({ id: `t-${number}`, owner: number }));

describe('the list of tasks', () => {
  it('gives each task as the server sent it, page by page, as the loop comes to it', async () => {
    const [extruct, api] = await clientOf([list(tasks(50))]);
    const seen: unknown[] = [];
    for await (const one of extruct.tasks.list()) {
      seen.push(one);
      if (seen.length === 20) expect(api.requests).toHaveLength(1);
      if (seen.length === 21) break;
    }
    expect(seen).toEqual(tasks(50).slice(0, 21));
    expect(api.requests.map(({ path }) => path.split('?')[1])).toEqual(['offset=0&limit=20', 'offset=20&limit=20']);
  });

  it('gives as many as are wanted, through an outage, at once if need be', async () => {
    const [extruct] = await clientOf([reset, list(tasks(30))]);
    expect(await all(extruct.tasks.list({ offset: 5, limit: 22 }))).toEqual(tasks(30).slice(5, 27));
    expect(await extruct.tasks.list({ limit: Number.POSITIVE_INFINITY }).all()).toEqual(tasks(30));
  });

  it('gives those that stand as is wanted, which the status alone does not tell', async () => {
    const [extruct] = await clientOf([
      list([
        wireTask({ id: 'runs' }),
        wireTask({ id: 'done', ...ENDED.done }),
        wireTask({ id: 'dry', ...ENDED.exhausted }),
        wireTask({ id: 'failed', ...ENDED.failed }),
      ]),
    ]);
    const idsOf = async (status: 'running' | 'in_progress' | 'exhausted' | readonly ('done' | 'failed')[]) =>
      (await extruct.tasks.list({ status }).all()).map(({ id }) => id);
    expect(await idsOf('in_progress')).toEqual(['runs']);
    expect(await idsOf('running')).toEqual(['runs']);
    expect(await idsOf('exhausted')).toEqual(['dry']);
    expect(await idsOf(['done', 'failed'])).toEqual(['done', 'failed']);
  });

  it('throws what keeps it from a page, behind what came before', async () => {
    const [extruct] = await clientOf([list(tasks(50)), error(401)]);
    const seen: string[] = [];
    const reading = (async () => {
      for await (const { id } of extruct.tasks.list()) seen.push(id);
    })();
    expect(await thrownBy(reading)).toMatchObject({ name: 'ExtructError', kind: 'unauthorized', status: 401 });
    expect(seen).toHaveLength(20);
  });

  it('throws the reason of its signal', async () => {
    const [extruct] = await clientOf([silence]);
    const signal = AbortSignal.timeout(50);
    expect(await thrownBy(all(extruct.tasks.list({ signal })))).toBe(signal.reason);
  });
});

describe('the results', () => {
  it('are the companies as the server sent them, scores and all', async () => {
    const companies = [...wireResults(69), wireResult(69, { company_profile: { a: [1] }, scores: null })];
    const [extruct, api] = await clientOf([results(companies)]);
    const found = await all(extruct.tasks.results('https://app.extruct.ai/tasks/task-1'));
    expect(JSON.stringify(found)).toBe(JSON.stringify(companies));
    expect(found[0]?.scores?.solar?.grade).toBe(5);
    expect(api.requests).toHaveLength(2);
  });

  it('come at once with their task, where that is wanted', async () => {
    const [extruct] = await clientOf([results(wireResults(70), { owner: 'me' })]);
    const counts = { num_results_evaluated: 70, num_results: 70 };
    expect(await extruct.tasks.results('task-1', { offset: 60 }).all()).toEqual({
      companies: wireResults(70).slice(60),
      task: wireTask({ ...counts, owner: 'me' }),
      moved: false,
      missing: 0,
    });
  });

  it('are the high-fit ones alone where those are wanted', async () => {
    const companies = wireResults(120).map((one, number) => (number % 2 ? one : { ...one, scores: null }));
    const [extruct] = await clientOf([results(companies, { num_results: 60 })]);
    const highFit = companies.filter((_, number) => number % 2);
    expect(await extruct.tasks.results('task-1', { highFit: true }).all()).toMatchObject({ companies: highFit, missing: 0 });
    expect(await all(extruct.tasks.results('task-1', { highFit: true, offset: 2, limit: 30 }))).toEqual(highFit.slice(2, 32));
  });

  it('tell that some moved while they were read, and how many did not come', async () => {
    const moving = [60, 61, 62, 63].map((evaluated) => results(wireResults(evaluated), { num_results: 65 }));
    const [extruct, api] = await clientOf(moving);
    expect(await extruct.tasks.results('task-1').all()).toMatchObject({ companies: { length: 63 }, moved: true, missing: 2 });
    expect(api.requests).toHaveLength(4);
  });

  it('are read twice in a loop as well', async () => {
    const [extruct, api] = await clientOf([60, 61, 61, 61].map((evaluated) => results(wireResults(evaluated))));
    expect(await all(extruct.tasks.results('task-1'))).toHaveLength(61);
    expect(api.requests).toHaveLength(4);
  });

  it('leave out what is no company', async () => {
    const [extruct] = await clientOf([results([wireResult(1), null, 'text', [], 7])]);
    expect(await all(extruct.tasks.results('task-1'))).toEqual([wireResult(1)]);
  });

  it('are waited for no longer than they may be', async () => {
    const [extruct, api] = await clientOf([results([], { num_results: 5 })]);
    const thrown = await thrownBy(extruct.tasks.results('task-1', { timeoutMs: 500 }).all());
    expect(thrown).toMatchObject({ name: 'ExtructError', kind: 'timed_out' });
    expect(api.requests).toHaveLength(1);
  });
});

describe('create', () => {
  it('sends the request by the API’s own names, what is not known included, and gives the task', async () => {
    const [extruct, api] = await clientOf([answered({ id: 'new-1', owner: 'me' })]);
    const request = { query: 'x', desired_num_results: 5, budget: { most: 7 } };
    expect(await extruct.tasks.create(request)).toEqual(wireTask({ id: 'new-1', owner: 'me' }));
    expect(api.requests[0]).toMatchObject({ method: 'POST', path: '/v1/discovery_tasks', body: JSON.stringify(request) });
  });

  it('throws for a request that is against the limits, having sent nothing', async () => {
    const [extruct, api] = await clientOf([answered({})]);
    const request: TaskRequest = {
      query: '',
      desired_num_results: 999,
      criteria: [{ key: '9', name: 'n', criterion: 'long enough' }],
    };
    expect(await thrownBy(extruct.tasks.create(request))).toEqual(
      new TypeError(
        'query has to be text that says what to search for; desired_num_results has to be a whole number from 1 to 250; ' +
          'criteria.0.key has to be a letter, then letters, digits or _',
      ),
    );
    expect(api.requests).toEqual([]);
  });

  it('is sent once, and says when its answer was lost', async () => {
    const lost = 'it is unknown whether the task was created';
    const [extruct, api] = await clientOf([error(502)]);
    expect(await thrownBy(extruct.tasks.create({ query: 'x' }))).toMatchObject({ kind: 'unreachable', status: 502, lost });
    api.replies(silence);
    expect(await thrownBy(extruct.tasks.create({ query: 'x' }, { timeoutMs: 200 }))).toMatchObject({ kind: 'timed_out', lost });
    api.replies(error(422));
    const refused = await thrownBy(extruct.tasks.create({ query: 'x' }));
    expect(refused).toMatchObject({ kind: 'rejected', status: 422 });
    expect(refused).not.toHaveProperty('lost');
    expect(api.requests).toHaveLength(3);
  });

  it('throws the reason of its signal like any call', async () => {
    const [extruct, api] = await clientOf([silence]);
    const abort = new AbortController();
    const created = extruct.tasks.create({ query: 'x' }, { signal: abort.signal });
    await expect.poll(() => api.requests.length).toBe(1);
    abort.abort('enough');
    expect(await thrownBy(created)).toBe('enough');
  });
});

describe('resume', () => {
  it('asks for so many more', async () => {
    const [extruct, api] = await clientOf([answered({ desired_num_results: 75 })]);
    expect(await extruct.tasks.resume('task-1', 25)).toMatchObject({ desired_num_results: 75 });
    expect(api.requests[0]).toMatchObject({ path: '/v1/discovery_tasks/task-1/resume', body: '{"desired_new_results":25}' });
  });
});

describe('what this client has just asked for', () => {
  const FAST = { intervalMs: 100 };

  it('is not believed to be missing: a new task', async () => {
    const [extruct, api] = await clientOf([]);
    api.repliesTo('discovery_tasks', answered({ id: 'New' }));
    api.repliesTo('New', error(404), error(404), task(ENDED.done));
    const { id } = await extruct.tasks.create({ query: 'solar' });
    expect(await extruct.tasks.wait(id, FAST)).toMatchObject({ kind: 'done' });
    expect(api.requests.map(({ method }) => method)).toEqual(['POST', 'GET', 'GET', 'GET']);
  });

  it('is asked for once more where a single answer denies it', async () => {
    const [extruct, api] = await clientOf([error(404)]);
    api.repliesTo('discovery_tasks', answered({ id: 'new' }));
    api.repliesTo('new', error(404), task({ id: 'new' }), error(404));
    const { id } = await extruct.tasks.create({ query: 'solar' });
    expect(await extruct.tasks.get(id)).toMatchObject({ id: 'new' });
    expect(await thrownBy(extruct.tasks.get('another'))).toBeInstanceOf(ExtructError);
  });

  it('is not believed to have ended: a resumed task', async () => {
    const [extruct, api] = await clientOf([]);
    const raised = { desired_num_results: 75 };
    api.repliesTo('resume', answered({ ...raised, num_results: 50 }));
    api.repliesTo('task-1', task(ENDED.done), task({ ...raised, num_results: 51 }), task({ status: 'done', ...raised }));
    await extruct.tasks.resume('task-1', 25);
    const counts = (await all(extruct.tasks.watch('task-1', FAST))).map((update) =>
      update.kind === 'answer' ? update.task.num_results : null,
    );
    expect(counts).toEqual([50, 51, 25]);
  });

  it('is no news to another client', async () => {
    const [extruct, api] = await clientOf([]);
    api.repliesTo('resume', answered({ desired_num_results: 75 }));
    api.repliesTo('task-1', task(ENDED.done));
    await extruct.tasks.resume('task-1', 25);
    const [other] = await clientOf([task(ENDED.done)]);
    expect(await other.tasks.wait('task-1', FAST)).toMatchObject({ kind: 'done' });
  });
});

describe('an error', () => {
  const inspect = async (thrown: unknown) => (await import('node:util')).inspect(thrown, { depth: 9, showHidden: true });

  it.each<[string, Reply]>([
    ['a refusal that echoes it', error(401)],
    ['a broken connection', reset],
    ['a redirect to it', body(302, '', { location: 'https://tok-0123456789abcdef@example.com/tok-0123456789abcdef' })],
  ])('does not hold the token, however it is looked at: %s', async (_what, reply) => {
    const [extruct] = await clientOf([reply], { retryForMs: 0 });
    const { tasks } = extruct;
    for (const call of [() => tasks.get('task-1'), () => tasks.create({ query: 'x' }), () => tasks.wait('task-1')]) {
      const thrown = await thrownBy(call());
      expect(thrown).toBeInstanceOf(ExtructError);
      expect(await inspect(thrown)).not.toMatch(/tok-/);
      expect(JSON.stringify(thrown)).not.toMatch(/tok-/);
    }
    expect(await inspect(extruct)).not.toMatch(/tok-/);
  });

  it('says what a developer needs, and no more', async () => {
    const [extruct] = await clientOf([error(404)]);
    const thrown = await thrownBy(extruct.tasks.get('task-1'));
    expect(Object.keys(Object(thrown)).sort()).toEqual(['kind', 'status']);
    expect(String(thrown)).toMatch(/^ExtructError: Task task-1 was not found in this workspace \(404\): detail of 404/);
  });
});
