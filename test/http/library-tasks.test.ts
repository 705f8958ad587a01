import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createTask, getResults, type ListOptions, listTasks, resumeTask, type TaskRequest } from '../../src/library/index.ts';
import { type Api, body, error, list, type Reply, reset, results, silence, startApi } from '../support/api.ts';
import { TOKEN } from '../support/run.ts';
import { wireResults, wireTask } from '../support/tasks.ts';

// Backoff takes its shortest waits.
beforeEach(() => void vi.spyOn(Math, 'random').mockReturnValue(0));

async function apiThat(...replies: readonly Reply[]): Promise<Api> {
  const api = await startApi();
  api.replies(...replies);
  return api;
}

const options = (api: Api, changes: Partial<ListOptions> = {}): ListOptions => ({ token: TOKEN, apiUrl: api.url, ...changes });
const answered = (changes: Record<string, unknown>) => body(200, JSON.stringify(wireTask(changes)));

describe('listTasks', () => {
  it('gives as many as are wanted, through an outage', async () => {
    const api = await apiThat(reset, list(Array.from({ length: 30 }, (_, number) => wireTask({ id: `t-${number}` }))));
    const listed = await listTasks(options(api, { offset: 5, limit: 22 }));
    expect(listed.ok && listed.tasks.map(({ id }) => id)).toEqual(Array.from({ length: 22 }, (_, number) => `t-${number + 5}`));
    expect(await listTasks(options(api))).toMatchObject({ ok: true, tasks: expect.objectContaining({ length: 20 }) });
    expect(await listTasks(options(api, { limit: Number.POSITIVE_INFINITY }))).toMatchObject({ tasks: { length: 30 } });
  });

  it('tells what kept it from its answer', async () => {
    const api = await apiThat(error(401));
    expect(await listTasks(options(api))).toEqual({
      ok: false,
      failure: { kind: 'unauthorized', status: 401, message: expect.stringMatching(/^The API refused the token \(401\)/) },
    });
  });
});

describe('getResults', () => {
  it('gives every company with its scores, by what they are graded, and the task', async () => {
    const api = await apiThat(results(wireResults(70)));
    const found = await getResults('https://app.extruct.ai/tasks/task-1', options(api));
    if (!found.ok) throw new Error(found.failure.message);
    expect(found.companies).toHaveLength(70);
    expect(found.companies[0]).toMatchObject({
      id: 'company-0',
      name: 'Company 0',
      relevance: 100,
      founded: 1990,
      size: '11-50',
    });
    expect(found.companies[0]?.scores.get('solar')).toEqual({
      grade: 5,
      explanation: 'It makes panels',
      sources: ['https://company-0.example/about'],
    });
    expect(JSON.parse(found.companies[69]?.json ?? '')).toEqual(wireResults(70)[69]);
    expect(found.yardsticks).toEqual([{ key: 'solar', name: 'Solar' }]);
    expect(found.task).toMatchObject({ id: 'task-1', target: 50 });
    expect(found).toMatchObject({ moved: false, missing: 0 });
  });

  it('tells that some moved while they were read, and how many did not come', async () => {
    const api = await apiThat(...[60, 61, 62, 63].map((evaluated) => results(wireResults(evaluated), { num_results: 65 })));
    const found = await getResults('task-1', options(api));
    expect(found).toMatchObject({ ok: true, companies: { length: 63 }, moved: true, missing: 2 });
    expect(api.requests).toHaveLength(4);
  });

  it('waits no longer than it may for those that are missing', async () => {
    const api = await apiThat(results([], { num_results: 5 }));
    expect(await getResults('task-1', options(api, { timeoutMs: 500 }))).toMatchObject({ failure: { kind: 'timed_out' } });
    expect(api.requests).toHaveLength(1);
  });
});

describe('createTask', () => {
  it('sends the request by the API’s own names, and gives the task', async () => {
    const api = await apiThat(answered({ id: 'new-1' }));
    const request = { query: 'x', desired_num_results: 5, budget: { most: 7 } };
    expect(await createTask(request, options(api))).toMatchObject({ ok: true, task: { id: 'new-1' } });
    expect(api.requests[0]).toMatchObject({ method: 'POST', path: '/v1/discovery_tasks', body: JSON.stringify(request) });
  });

  it('rejects for a request that is against the limits, having sent nothing', async () => {
    const api = await apiThat(answered({}));
    const request: TaskRequest = {
      query: '',
      desired_num_results: 999,
      criteria: [{ key: '9', name: 'n', criterion: 'long enough' }],
    };
    await expect(createTask(request, options(api))).rejects.toThrow(
      new TypeError(
        'query has to be text that says what to search for; desired_num_results has to be a whole number from 1 to 250; ' +
          'criteria.0.key has to be a letter, then letters, digits or _',
      ),
    );
    expect(api.requests).toEqual([]);
  });

  it('is sent once, and says when its answer was lost', async () => {
    const api = await apiThat(error(502));
    expect(await createTask({ query: 'x' }, options(api))).toMatchObject({
      ok: false,
      failure: { kind: 'unreachable', status: 502, lost: 'it is unknown whether the task was created' },
    });
    api.replies(silence);
    expect(await createTask({ query: 'x' }, options(api, { timeoutMs: 200 }))).toMatchObject({
      failure: { kind: 'timed_out', lost: 'it is unknown whether the task was created' },
    });
    api.replies(error(422));
    const refused = await createTask({ query: 'x' }, options(api));
    expect(refused).toMatchObject({ failure: { kind: 'rejected', status: 422 } });
    expect(!refused.ok && refused.failure).not.toHaveProperty('lost');
    expect(api.requests).toHaveLength(3);
  });

  it('is aborted like any call', async () => {
    const api = await apiThat(silence);
    const abort = new AbortController();
    const created = createTask({ query: 'x' }, options(api, { signal: abort.signal }));
    await expect.poll(() => api.requests.length).toBe(1);
    abort.abort();
    expect(await created).toMatchObject({ failure: { kind: 'aborted', lost: expect.stringContaining('it is unknown') } });
  });
});

describe('resumeTask', () => {
  it('asks for so many more', async () => {
    const api = await apiThat(answered({ desired_num_results: 75 }));
    expect(await resumeTask('task-1', 25, options(api))).toMatchObject({ ok: true, task: { target: 75 } });
    expect(api.requests[0]).toMatchObject({ path: '/v1/discovery_tasks/task-1/resume', body: '{"desired_new_results":25}' });
  });
});

describe('a mistake in a call', () => {
  const wrong = { token: TOKEN };
  it.each([
    ['a task that is none', () => resumeTask('@last', 1, wrong), TypeError, 'the task has to be a task'],
    ['too many more', () => resumeTask('t', 251, wrong), RangeError, 'more has to be from 0 to 250'],
    ['a part of a result', () => resumeTask('t', 1.5, wrong), TypeError, 'more has to be a whole number'],
    ['no results', () => getResults('t', { ...wrong, limit: 0 }), RangeError, 'limit has to be from 1 to'],
    ['an offset before the first', () => listTasks({ ...wrong, offset: -1 }), RangeError, 'offset has to be from 0 to'],
  ])('%s rejects', async (_what, call, kind, message) => {
    const thrown = await call().catch((error: unknown) => error);
    expect(thrown).toBeInstanceOf(kind);
    expect(String(thrown)).toContain(message);
  });
});
