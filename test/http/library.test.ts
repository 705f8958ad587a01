import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import {
  type CallOptions,
  getTask,
  type Outcome,
  verdictOf,
  type WatchEvent,
  type WatchOptions,
  watchTask,
} from '../../src/library/index.ts';
import { type Api, body, error, type Reply, reset, silence, slowly, startApi, task } from '../support/api.ts';
import { TOKEN } from '../support/run.ts';
import { ENDED, wireTask } from '../support/tasks.ts';

const FAST: Partial<WatchOptions> = { interval: 100, retryForMs: 5000 };

// Backoff takes its shortest waits.
beforeEach(() => void vi.spyOn(Math, 'random').mockReturnValue(0));

async function apiThat(...replies: readonly Reply[]): Promise<Api> {
  const api = await startApi();
  api.replies(...replies);
  return api;
}

function options(api: Api, changes: Partial<WatchOptions> = {}): WatchOptions {
  return { token: TOKEN, apiUrl: api.url, ...FAST, ...changes };
}

async function all(events: AsyncIterable<WatchEvent>): Promise<WatchEvent[]> {
  const read: WatchEvent[] = [];
  for await (const event of events) read.push(event);
  return read;
}

describe('a watch', () => {
  it('tells each answer and then the outcome, which is that of the promise', async () => {
    const api = await apiThat(task({ num_results: 10 }), task({ num_results: 30 }), task(ENDED.done));
    const watch = watchTask('task-1', options(api));
    const events = await all(watch);
    expect(events.map(({ kind }) => kind)).toEqual(['snapshot', 'snapshot', 'snapshot', 'settled']);
    expect(events.map((event) => (event.kind === 'snapshot' ? event.task.funnel.highFit : null))).toEqual([10, 30, 50, null]);
    const outcome = await watch.outcome;
    expect(outcome).toMatchObject({ kind: 'done', exitCode: 0, task: { id: 'task-1', funnel: { highFit: 50 } } });
    expect(events.at(-1)).toEqual({ kind: 'settled', outcome });
  });

  it('has an outcome whether or not anybody iterates', async () => {
    const api = await apiThat(task(), task(ENDED.done));
    expect(await watchTask('task-1', options(api)).outcome).toMatchObject({ kind: 'done' });
  });

  it('begins at once', async () => {
    const api = await apiThat(silence);
    const abort = new AbortController();
    const watch = watchTask('task-1', options(api, { signal: abort.signal }));
    await expect.poll(() => api.requests.length).toBe(1);
    abort.abort();
    await watch.outcome;
  });

  it('is named by an id or by the page, and hands over fields that it does not know', async () => {
    const api = await apiThat(task({ ...ENDED.done, owner: 'me', big: 1 }));
    const { task: last } = await watchTask('https://app.extruct.ai/tasks/task-1?tab=results', options(api)).outcome;
    expect(api.requests[0]).toMatchObject({ path: '/v1/discovery_tasks/task-1', headers: { authorization: `Bearer ${TOKEN}` } });
    expect(JSON.parse(last?.json ?? '')).toEqual(wireTask({ ...ENDED.done, owner: 'me', big: 1 }));
  });

  it.each<[string, Reply, Partial<WatchOptions>, Partial<Outcome>]>([
    ['done', task(ENDED.done), {}, { exitCode: 0 }],
    ['exhausted', task(ENDED.exhausted), {}, { exitCode: 5, unscored: 0 }],
    ['exhausted', task({ ...ENDED.exhausted, num_results_evaluated: 137 }), { settleMs: 150 }, { exitCode: 5, unscored: 63 }],
    ['failed', task(ENDED.failed), {}, { exitCode: 3 }],
    ['condition_met', task(), { until: ['num_results>=99', 'num_results > 20'] }, { condition: 'num_results > 20', exitCode: 0 }],
    ['stalled', task(), { stallTimeoutMs: 150 }, { exitCode: 7 }],
    ['timed_out', task(), { timeoutMs: 500 }, { exitCode: 124 }],
  ])('ends as %s, with the last answer', async (kind, reply, changes, outcome) => {
    const api = await apiThat(reply);
    const ended = await watchTask('task-1', options(api, changes)).outcome;
    expect(ended).toMatchObject({ kind, task: { id: 'task-1' }, ...outcome });
  });

  it.each<[string, Reply, Partial<WatchOptions>, number, RegExp]>([
    ['unauthorized', error(401), {}, 4, /^The API refused the token \(401\): detail/],
    ['payment_required', error(402), {}, 4, /^The API asks for payment \(402\): detail/],
    ['not_found', error(404), {}, 6, /^Task task-1 was not found in this workspace \(404\): detail/],
    ['rejected', error(418), {}, 1, /^The API answered 418/],
    ['invalid_response', body(200, '[]'), { retryForMs: 0 }, 1, /^The API answered with something that is not a task$/],
    ['unreachable', reset, { retryForMs: 0 }, 1, /^127\.0\.0\.1:\d+ closed the connection$/],
    ['unreachable', error(503, { 'retry-after': '60' }), {}, 1, /asked us to wait 1m, longer than retryForMs allows$/],
    ['timed_out', error(503, { 'retry-after': '60' }), { timeoutMs: 900 }, 124, /us to wait 1m, longer than timeoutMs allows$/],
    ['timed_out', silence, { timeoutMs: 150 }, 124, /^There was no end within 150ms \(timeoutMs\)$/],
  ])('ends as %s, with a failure that says why', async (kind, reply, changes, exitCode, message) => {
    const api = await apiThat(reply);
    const watch = watchTask('task-1', options(api, changes));
    const outcome = await watch.outcome;
    expect(outcome).toMatchObject({ kind, exitCode, task: null, failure: { kind, message: expect.stringMatching(message) } });
    expect(JSON.stringify([outcome, await all(watch)])).not.toMatch(`${TOKEN}|--|"fix"`);
  });

  it('rides out an outage, and tells of each failure', async () => {
    const api = await apiThat(error(503), reset, reset, task(ENDED.done));
    const events = await all(watchTask('task-1', options(api)));
    expect(events).toMatchObject([
      { kind: 'retrying', attempt: 1, delayMs: 100, failure: { kind: 'unreachable', status: 503 } },
      {
        kind: 'retrying',
        attempt: 2,
        delayMs: 100,
        failure: { kind: 'unreachable', cause: expect.stringContaining('ECONNRESET') },
      },
      { kind: 'snapshot', isLast: true },
      { kind: 'settled', outcome: { kind: 'done' } },
    ]);
    expect(JSON.stringify(events)).not.toMatch(`${TOKEN}|"fix"|"transient"`);
  });

  it('tells a slow reader the newest of each kind, and the outcome', async () => {
    const api = await apiThat(task({ num_results: 1 }), error(503), task({ num_results: 2 }), error(502), task(ENDED.done));
    const watch = watchTask('task-1', options(api));
    await watch.outcome;
    const events = await all(watch);
    expect(events).toMatchObject([
      { kind: 'retrying', failure: { status: 502 } },
      { kind: 'snapshot', task: { status: 'done' } },
      { kind: 'settled' },
    ]);
  });

  it('does not wait for a slow reader', async () => {
    const api = await apiThat(task({ num_results: 1 }), task({ num_results: 2 }), task({ num_results: 3 }), task(ENDED.done));
    const watch = watchTask('task-1', options(api));
    const read: (number | string)[] = [];
    for await (const event of watch) {
      read.push(event.kind === 'snapshot' ? event.task.funnel.highFit : event.kind);
      if (read.length === 1) await watch.outcome;
    }
    expect(read).toEqual([1, 50, 'settled']);
  });

  it('is left by leaving the loop: it asks no more', async () => {
    const api = await apiThat(task());
    const watch = watchTask('task-1', options(api));
    for await (const event of watch) if (event.kind === 'snapshot') break;
    expect(await watch.outcome).toMatchObject({
      kind: 'aborted',
      exitCode: 8,
      task: { id: 'task-1' },
      failure: { kind: 'aborted' },
    });
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(api.requests).toHaveLength(1);
    expect(await all(watch)).toEqual([]);
  });

  it('is iterated once: a second loop has nothing to tell', async () => {
    const api = await apiThat(task(ENDED.done));
    const watch = watchTask('task-1', options(api));
    expect(await all(watch)).toHaveLength(2);
    expect(await all(watch)).toEqual([]);
  });

  it('asks for nothing where its signal has aborted before', async () => {
    const api = await apiThat(task());
    const watch = watchTask('task-1', options(api, { signal: AbortSignal.abort() }));
    expect(await all(watch)).toMatchObject([{ kind: 'settled', outcome: { kind: 'aborted', task: null } }]);
    expect(api.requests).toEqual([]);
  });

  it.each<[string, Reply, string | null]>([
    ['while a request is under way', silence, null],
    ['while it sleeps', task(), 'snapshot'],
    ['while an outage is waited out', error(503, { 'retry-after': '4' }), 'retrying'],
  ])('ends at once when its signal aborts %s', async (_when, reply, kind) => {
    const api = await apiThat(reply);
    const abort = new AbortController();
    const watch = watchTask('task-1', options(api, { signal: abort.signal, interval: 60_000 }));
    await expect.poll(() => api.requests.length).toBe(1);
    if (kind) expect(await watch[Symbol.asyncIterator]().next()).toMatchObject({ value: { kind } });
    const at = performance.now();
    abort.abort(new Error('whatever'));
    expect(await watch.outcome).toMatchObject({ kind: 'aborted', failure: { message: 'The call was aborted' } });
    expect(performance.now() - at).toBeLessThan(1000);
  });

  it('shares a signal with many others, without a warning of Node', async () => {
    const warnings: string[] = [];
    const onWarning = ({ name }: Error) => void warnings.push(name);
    process.on('warning', onWarning);
    onTestFinished(() => void process.off('warning', onWarning));
    const api = await apiThat(slowly(50, task()));
    const abort = new AbortController();
    const watches = Array.from({ length: 30 }, (_, n) => watchTask(`task-${n}`, options(api, { signal: abort.signal })));
    await expect.poll(() => api.requests.length).toBeGreaterThan(30);
    abort.abort();
    const outcomes = await Promise.all(watches.map(({ outcome }) => outcome));
    expect(new Set(outcomes.map(({ kind }) => kind))).toEqual(new Set(['aborted']));
    expect(warnings).toEqual([]);
  });
});

describe('one answer', () => {
  const ask = async (reply: Reply, changes: Partial<CallOptions> = {}) => {
    const api = await apiThat(reply);
    return getTask('task-1', { token: TOKEN, apiUrl: new URL(api.url), ...changes });
  };

  it.each([
    ['running', {}],
    ['done', ENDED.done],
    ['exhausted', ENDED.exhausted],
    ['failed', ENDED.failed],
  ] as const)('tells of a task that it is %s', async (verdict, changes) => {
    const result = await ask(task(changes));
    expect(result).toMatchObject({ ok: true, task: { id: 'task-1' } });
    expect(result.ok && verdictOf(result.task)).toBe(verdict);
  });

  it.each<[string, Reply, Partial<CallOptions>]>([
    ['not_found', error(404), {}],
    ['unauthorized', error(403), {}],
    ['unreachable', reset, { retryForMs: 0 }],
    ['unreachable', silence, { retryForMs: 0, requestTimeoutMs: 100 }],
    ['timed_out', silence, { timeoutMs: 100 }],
    ['aborted', silence, { signal: AbortSignal.abort() }],
  ])('is a failure where it is %s', async (kind, reply, changes) => {
    expect(await ask(reply, changes)).toMatchObject({ ok: false, failure: { kind, message: expect.any(String) } });
  });

  it.each([429, 403])('says so where the service asks for fewer requests: %i with Retry-After', async (status) => {
    const result = await ask(error(status, { 'retry-after': '60' }));
    expect(result).toMatchObject({
      ok: false,
      failure: { kind: 'unreachable', status, isRateLimit: true, retryAfterMs: 60_000 },
    });
  });

  it('is waited for through an outage', async () => {
    const api = await apiThat(error(502), task());
    expect(await getTask('task-1', { token: TOKEN, apiUrl: api.url })).toMatchObject({ ok: true });
  });

  it('after another comes over the same connection', async () => {
    const ports = new Set<number | undefined>();
    const api = await apiThat((request, response) => {
      ports.add(request.socket.remotePort);
      task()(request, response);
    });
    for (const id of ['a', 'b', 'c']) await getTask(id, { token: TOKEN, apiUrl: api.url });
    expect(ports.size).toBe(1);
  });

  it('reads nothing from the environment', async () => {
    vi.stubEnv('HTTP_PROXY', 'http://127.0.0.1:1');
    vi.stubEnv('http_proxy', 'http://127.0.0.1:1');
    vi.stubEnv('EXTRUCT_API_URL', 'http://127.0.0.1:1');
    vi.stubEnv('EXTRUCT_API_TOKEN', 'another-token');
    onTestFinished(() => void vi.unstubAllEnvs());
    expect(await ask(task())).toMatchObject({ ok: true });
  });
});
