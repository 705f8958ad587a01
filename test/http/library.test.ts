import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { Extruct, ExtructError, type ExtructOptions, type Outcome, type WatchOptions } from '../../src/index.ts';
import { body, error, type Reply, reset, silence, slowly, task } from '../support/api.ts';
import { all, clientOf, thrownBy } from '../support/library.ts';
import { TOKEN } from '../support/run.ts';
import { ENDED, wireTask } from '../support/tasks.ts';

const FAST: WatchOptions = { intervalMs: 100, retryForMs: 5000 };

// Backoff takes its shortest waits.
beforeEach(() => void vi.spyOn(Math, 'random').mockReturnValue(0));

describe('a watch', () => {
  it('tells each answer as the server sent it, and then the outcome', async () => {
    const [extruct] = await clientOf([task({ num_results: 10 }), task({ num_results: 30 }), task(ENDED.done)]);
    const watch = extruct.tasks.watch('task-1', FAST);
    const updates = await all(watch);
    expect(updates.map((update) => (update.kind === 'answer' ? update.task : update.kind))).toEqual([
      wireTask({ num_results: 10 }),
      wireTask({ num_results: 30 }),
      wireTask(ENDED.done),
    ]);
    expect(await watch.outcome()).toEqual({ kind: 'done', task: wireTask(ENDED.done), unscored: 0 });
  });

  it('tells when, as dates', async () => {
    const [extruct] = await clientOf([error(503), task(ENDED.done)]);
    const before = Date.now();
    for await (const { at } of extruct.tasks.watch('task-1', FAST)) {
      expect(at.getTime()).toBeGreaterThan(before - 50);
      expect(at.getTime()).toBeLessThan(Date.now() + 50);
    }
  });

  it('begins at once, and has an outcome whether or not anybody iterates', async () => {
    const [extruct, api] = await clientOf([task(), task(ENDED.done)]);
    const watch = extruct.tasks.watch('task-1', FAST);
    await expect.poll(() => api.requests.length).toBe(2);
    expect(await watch.outcome()).toMatchObject({ kind: 'done' });
  });

  it('is named by an id or by the page, and loses nothing that it does not know', async () => {
    const told = { ...ENDED.done, owner: { name: 'me' }, __proto__x: [1.5, null] };
    const [extruct, api] = await clientOf([task(told)]);
    const outcome = await extruct.tasks.wait('https://app.extruct.ai/tasks/task-1?tab=results', FAST);
    expect(api.requests[0]).toMatchObject({ path: '/v1/discovery_tasks/task-1', headers: { authorization: `Bearer ${TOKEN}` } });
    expect(JSON.stringify(outcome.task)).toBe(JSON.stringify(wireTask(told)));
  });

  it.each<[string, Reply, WatchOptions, Partial<Outcome> | object]>([
    ['done', task(ENDED.done), {}, { unscored: 0 }],
    ['exhausted', task(ENDED.exhausted), {}, { unscored: 0 }],
    ['exhausted', task({ ...ENDED.exhausted, num_results_evaluated: 137 }), { settleMs: 150 }, { unscored: 63 }],
    ['failed', task(ENDED.failed), {}, { unscored: 0 }],
    ['condition_met', task(), { until: 'num_results > 20' }, { condition: 'num_results > 20' }],
    ['condition_met', task(), { until: ['num_results>=99', 'num_results > 20'] }, { condition: 'num_results > 20' }],
  ])('ends as %s, with the last answer', async (kind, reply, options, outcome) => {
    const [extruct] = await clientOf([reply]);
    expect(await extruct.tasks.wait('task-1', { ...FAST, ...options })).toMatchObject({
      kind,
      task: { id: 'task-1' },
      ...outcome,
    });
  });

  it('ends where a function of the task says so, and tells which', async () => {
    const [extruct, api] = await clientOf([task({ num_results: 1 }), task({ num_results: 2 }), task({ num_results: 3 })]);
    const isTwo = ({ num_results }: { num_results: number }) => num_results === 2;
    const outcome = await extruct.tasks.wait('task-1', { ...FAST, until: ['num_results>5', isTwo] });
    expect(outcome).toMatchObject({ kind: 'condition_met', condition: isTwo, task: { num_results: 2 } });
    expect(api.requests).toHaveLength(2);
  });

  it.each<[string, () => unknown, unknown]>([
    ['what it throws is thrown', () => Reflect.get(Object(undefined), 'x').y, expect.any(TypeError)],
    ['a promise is a mistake', async () => false, new TypeError('the function of until has to return true or false')],
  ])('asks such a function, and %s', async (_what, until, thrown) => {
    const [extruct] = await clientOf([task()]);
    const watch = extruct.tasks.watch('task-1', { ...FAST, until: until as () => boolean });
    expect(await thrownBy(watch.outcome())).toEqual(thrown);
    expect(await thrownBy(all(watch))).toEqual(thrown);
  });

  it.each<[string, Reply, WatchOptions, RegExp]>([
    ['stalled', task(), { stallTimeoutMs: 150 }, /^Nothing has changed for \d+ms \(stallTimeoutMs\)$/],
    ['timed_out', task(), { timeoutMs: 1500 }, /^Timed out after 1\.5s \(timeoutMs\)$/],
  ])('throws where it %s, with the last answer', async (kind, reply, options, message) => {
    const [extruct] = await clientOf([reply]);
    const thrown = await thrownBy(extruct.tasks.wait('task-1', { ...FAST, ...options }));
    expect(thrown).toMatchObject({ name: 'ExtructError', kind, message: expect.stringMatching(message), task: wireTask() });
  });

  it.each<[string, Reply, WatchOptions, RegExp, object]>([
    ['unauthorized', error(401), {}, /^The API refused the token \(401\): detail/, { status: 401 }],
    ['payment_required', error(402), {}, /^The API asks for payment \(402\): detail/, { status: 402 }],
    ['not_found', error(404), {}, /^Task task-1 was not found in this workspace \(404\): detail/, { status: 404 }],
    ['rejected', error(418), {}, /^The API answered 418/, { status: 418 }],
    ['invalid_response', body(200, '[]'), { retryForMs: 0 }, /^The API answered with something that is not a task$/, {}],
    ['invalid_response', body(200, `[${'{},'.repeat(1e5)}1]`), {}, /answer holds too many values to be read$/, { status: 200 }],
    ['unreachable', reset, { retryForMs: 0 }, /^127\.0\.0\.1:\d+ closed the connection$/, { cause: expect.any(String) }],
    [
      'unreachable',
      error(503, { 'retry-after': '60' }),
      {},
      /asked us to wait 1m, longer than retryForMs allows$/,
      { status: 503, retryAfterMs: 60_000 },
    ],
    [
      'timed_out',
      error(503, { 'retry-after': '60' }),
      { timeoutMs: 900 },
      /us to wait 1m, longer than timeoutMs allows$/,
      { status: 503, retryAfterMs: 60_000 },
    ],
    ['timed_out', silence, { timeoutMs: 150 }, /^Timed out after 150ms \(timeoutMs\)$/, {}],
  ])('throws where it is %s, and says why', async (kind, reply, options, message, details) => {
    const [extruct] = await clientOf([reply]);
    const watch = extruct.tasks.watch('task-1', { ...FAST, ...options });
    const thrown = await thrownBy(watch.outcome());
    expect(thrown).toBeInstanceOf(ExtructError);
    expect(thrown).toMatchObject({ kind, message: expect.stringMatching(message), ...details });
    expect(thrown).not.toHaveProperty('task');
    expect(await thrownBy(all(watch))).toBe(thrown);
  });

  it('rides out an outage, and tells of each failure', async () => {
    const [extruct] = await clientOf([task(), error(503), reset, reset, task(ENDED.done)]);
    expect(await all(extruct.tasks.watch('task-1', FAST))).toMatchObject([
      { kind: 'answer' },
      { kind: 'retrying', attempt: 1, delayMs: 100, error: { kind: 'unreachable', status: 503, task: wireTask() } },
      {
        kind: 'retrying',
        attempt: 2,
        delayMs: 100,
        error: { kind: 'unreachable', cause: expect.stringContaining('ECONNRESET') },
      },
      { kind: 'answer', task: { status: 'done' } },
    ]);
  });

  it('tells a slow reader the newest of each kind, and then what ended it', async () => {
    const [extruct] = await clientOf([task({ num_results: 1 }), error(503), task({ num_results: 2 }), error(502), error(418)]);
    const watch = extruct.tasks.watch('task-1', FAST);
    const thrown = await thrownBy(watch.outcome());
    const read: unknown[] = [];
    const reading = (async () => {
      for await (const update of watch) read.push(update);
    })();
    expect(await thrownBy(reading)).toBe(thrown);
    expect(read).toMatchObject([
      { kind: 'answer', task: { num_results: 2 } },
      { kind: 'retrying', error: { status: 502 } },
    ]);
  });

  it('does not wait for a slow reader', async () => {
    const [extruct] = await clientOf([1, 2, 3, 50].map((found) => task(found < 50 ? { num_results: found } : ENDED.done)));
    const watch = extruct.tasks.watch('task-1', FAST);
    const read: (number | string)[] = [];
    for await (const update of watch) {
      read.push(update.kind === 'answer' ? update.task.num_results : update.kind);
      if (read.length === 1) await watch.outcome();
    }
    expect(read).toEqual([1, 50]);
  });

  it('is left by leaving the loop: it asks no more', async () => {
    const [extruct, api] = await clientOf([task()]);
    const watch = extruct.tasks.watch('task-1', FAST);
    for await (const update of watch) if (update.kind === 'answer') break;
    expect(await thrownBy(watch.outcome())).toMatchObject({ name: 'AbortError', message: 'The watch was left' });
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(api.requests).toHaveLength(1);
  });

  it('is left by closing its iterator before the first update as well', async () => {
    const [extruct, api] = await clientOf([task()]);
    const watch = extruct.tasks.watch('task-1', FAST);
    await watch[Symbol.asyncIterator]().return?.();
    expect(await thrownBy(watch.outcome())).toMatchObject({ name: 'AbortError', message: 'The watch was left' });
    const asked = api.requests.length;
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(api.requests).toHaveLength(asked);
  });

  it('is iterated once: a second loop throws', async () => {
    const [extruct] = await clientOf([task(ENDED.done)]);
    const watch = extruct.tasks.watch('task-1', FAST);
    expect(await all(watch)).toHaveLength(1);
    expect(await thrownBy(all(watch))).toEqual(new TypeError('a watch can be iterated once: call watch again'));
  });

  it('asks for nothing where its signal has aborted before', async () => {
    const [extruct, api] = await clientOf([task()]);
    const reason = { why: 'none of your business' };
    const watch = extruct.tasks.watch('task-1', { ...FAST, signal: AbortSignal.abort(reason) });
    expect(await thrownBy(all(watch))).toBe(reason);
    expect(api.requests).toEqual([]);
  });

  it.each<[string, Reply, string | null]>([
    ['while a request is under way', silence, null],
    ['while it sleeps', task(), 'answer'],
    ['while an outage is waited out', error(503, { 'retry-after': '4' }), 'retrying'],
  ])('throws the reason of its signal at once when that aborts %s', async (_when, reply, kind) => {
    const [extruct, api] = await clientOf([reply]);
    const abort = new AbortController();
    const watch = extruct.tasks.watch('task-1', { signal: abort.signal, intervalMs: 60_000 });
    await expect.poll(() => api.requests.length).toBe(1);
    const updates = watch[Symbol.asyncIterator]();
    if (kind) expect(await updates.next()).toMatchObject({ value: { kind } });
    const reason = new Error('whatever');
    abort.abort(reason);
    expect(await thrownBy(watch.outcome())).toBe(reason);
    expect(await thrownBy(updates.next())).toBe(reason);
  });

  it.each(['its client', 'its call'])('is ended by the signal of %s, whichever comes first', async (which) => {
    const [client, call] = [new AbortController(), new AbortController()];
    const [extruct, api] = await clientOf([silence], { signal: client.signal });
    const watch = extruct.tasks.wait('task-1', { signal: call.signal });
    await expect.poll(() => api.requests.length).toBe(1);
    (which === 'its client' ? client : call).abort(which);
    call.abort('too late');
    expect(await thrownBy(watch)).toBe(which);
  });

  it('shares a signal with many others, without a warning of Node', async () => {
    const warnings: string[] = [];
    const onWarning = ({ name }: Error) => void warnings.push(name);
    process.on('warning', onWarning);
    onTestFinished(() => void process.off('warning', onWarning));
    const [extruct, api] = await clientOf([slowly(50, task())]);
    const abort = new AbortController();
    const waits = Array.from({ length: 30 }, (_, n) =>
      thrownBy(extruct.tasks.wait(`task-${n}`, { ...FAST, signal: abort.signal })),
    );
    await expect.poll(() => api.requests.length).toBeGreaterThan(30);
    abort.abort('enough');
    expect(new Set(await Promise.all(waits))).toEqual(new Set(['enough']));
    expect(warnings).toEqual([]);
  });
});

describe('one answer', () => {
  const ask = async (reply: Reply, options: Partial<ExtructOptions> = {}) => {
    const [extruct] = await clientOf([reply], options);
    return extruct.tasks.get('task-1');
  };

  it('is the task, running or ended', async () => {
    expect(await ask(task())).toEqual(wireTask());
    expect(await ask(task(ENDED.failed))).toEqual(wireTask(ENDED.failed));
  });

  it.each<[string, Reply, Partial<ExtructOptions>]>([
    ['not_found', error(404), {}],
    ['unauthorized', error(403), {}],
    ['unreachable', reset, { retryForMs: 0 }],
    ['unreachable', silence, { retryForMs: 0, requestTimeoutMs: 100 }],
    ['timed_out', silence, { timeoutMs: 100 }],
  ])('is not to be had where it is %s', async (kind, reply, options) => {
    expect(await thrownBy(ask(reply, options))).toMatchObject({ name: 'ExtructError', kind });
  });

  it('goes by its own options before those of its client', async () => {
    const [extruct] = await clientOf([silence], { retryForMs: 0, timeoutMs: 60_000, requestTimeoutMs: 60_000 });
    expect(await thrownBy(extruct.tasks.get('task-1', { timeoutMs: 50 }))).toMatchObject({ kind: 'timed_out' });
    expect(await thrownBy(extruct.tasks.get('task-1', { requestTimeoutMs: 50 }))).toMatchObject({ kind: 'unreachable' });
  });

  it('throws the reason of a signal, also one that is nothing', async () => {
    expect(await thrownBy(ask(silence, { signal: AbortSignal.abort() }))).toMatchObject({ name: 'AbortError' });
    expect(await thrownBy(ask(silence, { signal: AbortSignal.abort(null) }))).toBeNull();
    expect(await thrownBy(ask(silence, { signal: AbortSignal.timeout(50) }))).toMatchObject({ name: 'TimeoutError' });
  });

  it.each([429, 403])('says so where the service asks for fewer requests: %i with Retry-After', async (status) => {
    const thrown = await thrownBy(ask(error(status, { 'retry-after': '60' })));
    expect(thrown).toMatchObject({ kind: 'unreachable', status, isRateLimit: true, retryAfterMs: 60_000 });
  });

  it('is waited for through an outage, of which onRetry is told', async () => {
    const onRetry = vi.fn();
    const [extruct] = await clientOf([reset, error(502), task()], { onRetry });
    expect(await extruct.tasks.get('task-1')).toMatchObject({ id: 'task-1' });
    expect(onRetry.mock.calls).toMatchObject([
      [{ error: { cause: expect.stringContaining('ECONNRESET') }, attempt: 1, delayMs: 100, taskId: 'task-1' }],
      [{ error: { kind: 'unreachable', status: 502 }, attempt: 2, delayMs: 100, taskId: 'task-1' }],
    ]);
    expect(onRetry.mock.calls[0]?.[0].error).toBeInstanceOf(ExtructError);
  });

  it('and each request for it is told to onRequest', async () => {
    const onRequest = vi.fn();
    const [extruct, api] = await clientOf([reset, error(502), task()], { onRequest });
    await extruct.tasks.get('task-1');
    const request = { method: 'GET', url: `${api.url}/v1/discovery_tasks/task-1`, tookMs: expect.any(Number) };
    expect(onRequest.mock.calls).toEqual([
      [{ ...request, attempt: 1 }],
      [{ ...request, status: 502, attempt: 2 }],
      [{ ...request, status: 200, attempt: 3 }],
    ]);
  });

  it.each(['onRetry', 'onRequest'])('ends by what %s throws', async (name) => {
    const mistake = new Error('a mistake');
    const [extruct] = await clientOf([error(502)], {
      [name]: () => {
        throw mistake;
      },
    });
    expect(await thrownBy(extruct.tasks.get('task-1'))).toBe(mistake);
    expect(await thrownBy(extruct.tasks.wait('task-1'))).toBe(mistake);
  });

  it('after another comes over the same connection, also for another client', async () => {
    const ports = new Set<number | undefined>();
    const [extruct, api] = await clientOf([
      (request, response) => {
        ports.add(request.socket.remotePort);
        task()(request, response);
      },
    ]);
    for (const id of ['a', 'b', 'c']) await extruct.tasks.get(id);
    await new Extruct({ token: TOKEN, apiUrl: new URL(api.url) }).tasks.get('d');
    expect(ports.size).toBe(1);
  });

  it('of another client passes the same gate', async () => {
    let onRetry = () => {};
    const isRefused = new Promise<void>((resolve) => {
      onRetry = resolve;
    });
    const [extruct, api] = await clientOf([error(429, { 'retry-after': '1' }), task()], { onRetry });
    const refused = extruct.tasks.get('a');
    await isRefused;
    await new Extruct({ token: TOKEN, apiUrl: api.url }).tasks.get('b');
    await refused;
    const [first = 0, second = 0] = api.requests.map(({ at }) => at);
    expect(second - first).toBeGreaterThan(950);
  });

  it('reads nothing from the environment', async () => {
    vi.stubEnv('HTTP_PROXY', 'http://127.0.0.1:1');
    vi.stubEnv('http_proxy', 'http://127.0.0.1:1');
    vi.stubEnv('EXTRUCT_API_URL', 'http://127.0.0.1:1');
    vi.stubEnv('EXTRUCT_API_TOKEN', 'another-token');
    onTestFinished(() => void vi.unstubAllEnvs());
    expect(await ask(task())).toMatchObject({ id: 'task-1' });
  });
});

describe('a client of an environment', () => {
  it('takes its token and its address from there, because its caller says so', async () => {
    const [, api] = await clientOf([task()]);
    const extruct = Extruct.fromEnv({
      EXTRUCT_API_TOKEN: ` ${TOKEN}\n`,
      EXTRUCT_API_URL: api.url,
      HTTP_PROXY: 'http://127.0.0.1:1',
    });
    expect(await extruct.tasks.get('task-1')).toMatchObject({ id: 'task-1' });
    expect(api.requests[0]?.headers.authorization).toBe(`Bearer ${TOKEN}`);
  });
});
