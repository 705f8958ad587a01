import { describe, expect, it } from 'vitest';
import { Extruct, type ExtructOptions, type ListOptions, type WatchOptions } from '../../src/index.ts';
import { thrownBy } from '../support/library.ts';
import { TOKEN } from '../support/run.ts';

const NOWHERE = { token: TOKEN, apiUrl: 'http://127.0.0.1:1', signal: AbortSignal.abort('off') };

/** As somebody without a compiler makes a client. */
function client(changes: object = {}) {
  return new Extruct({ ...NOWHERE, ...changes } as ExtructOptions);
}

/** And as they watch. */
function watch(task: unknown, options: object = {}) {
  return client().tasks.watch(task as string, options as WatchOptions);
}

describe('options of a client that are not allowed', () => {
  it.each<[string, object, RegExp]>([
    ['no token', { token: undefined }, /^token has to be a string$/],
    ['an empty token', { token: ' \n' }, /^token is empty$/],
    ['a token of two lines', { token: 'secret\nline' }, /^token contains invalid characters/],
    ['a long token', { token: 'x'.repeat(5000) }, /^token is too long/],
    ['an address that is none', { apiUrl: 'api.extruct.ai' }, /^apiUrl cannot be 'api\.extruct\.ai'; set an https:\/\/ address/],
    ['an address of another kind', { apiUrl: new URL('ftp://api.extruct.ai') }, /^apiUrl cannot be/],
    [
      'http to another machine',
      { apiUrl: 'http://api.extruct.ai' },
      /^apiUrl cannot be 'http:\/\/api\.extruct\.ai'; set an https/,
    ],
    ['a password in the address', { apiUrl: 'https://me:secret@api.extruct.ai' }, /^apiUrl contains a user or password/],
    ['a query in the address', { apiUrl: 'https://api.extruct.ai?x' }, /^apiUrl contains a query/],
    ['the token for an address', { apiUrl: TOKEN }, /^apiUrl cannot be '\[token\]'/],
    ['a proxy that is none', { proxy: 'socks5://me:secret@here' }, /^proxy is not a valid proxy URL/],
    ['a signal that is none', { signal: {} }, /^signal has to be an AbortSignal$/],
    ['a time in words', { timeoutMs: '5m' }, /^timeoutMs has to be a number of milliseconds$/],
    ['a time that is no number', { retryForMs: Number.NaN }, /^retryForMs has to be a number of milliseconds$/],
    ['a callback that is none', { onRetry: 'log' }, /^onRetry has to be a function$/],
    ['an option that there is not', { baseURL: 'https://api.extruct.ai' }, /^there is no option 'baseURL'$/],
    ['an option of a watch', { until: 'num_results>=5' }, /^there is no option 'until'$/],
  ])('%s: a TypeError', (_what, changes, message) => {
    expect(() => client(changes)).toThrow(
      expect.objectContaining({ name: 'TypeError', message: expect.stringMatching(message) }),
    );
    expect(() => client(changes)).not.toThrow(/secret|tok-/);
  });

  it.each<[object, string]>([
    [{ timeoutMs: 0 }, 'timeoutMs has to be at least 1'],
    [{ retryForMs: -1 }, 'retryForMs has to be at least 0'],
    [{ requestTimeoutMs: 0 }, 'requestTimeoutMs has to be at least 1'],
  ])('%j: a RangeError', (changes, message) => {
    expect(() => client(changes)).toThrow(expect.objectContaining({ name: 'RangeError', message }));
  });

  it('are named as the environment has them, where they come from there', () => {
    expect(() => Extruct.fromEnv({})).toThrow(new TypeError('EXTRUCT_API_TOKEN is not set'));
    for (const env of [undefined, null, 'EXTRUCT_API_TOKEN'])
      expect(() => Extruct.fromEnv(env as never)).toThrow(/^fromEnv takes the environment/);
    expect(() => Extruct.fromEnv({ EXTRUCT_API_TOKEN: 'a b' })).toThrow(/^EXTRUCT_API_TOKEN contains invalid characters/);
    expect(() => Extruct.fromEnv({ EXTRUCT_API_TOKEN: TOKEN, EXTRUCT_API_URL: 'here' })).toThrow(/^EXTRUCT_API_URL cannot be/);
    expect(() => Extruct.fromEnv({ EXTRUCT_API_TOKEN: TOKEN, EXTRUCT_API_URL: '' }, { retryForMs: -1 })).toThrow(RangeError);
  });
});

describe('options of a call that are not allowed', () => {
  it.each<[string, object, RegExp]>([
    ['an interval in words', { intervalMs: '10s' }, /^intervalMs has to be a number of milliseconds$/],
    [
      'a condition that is none',
      { until: ['companies>5'] },
      /^until has to be a function or a condition such as num_results>=50/,
    ],
    ['a number for a condition', { until: 5 }, /^until has to be a function or a condition/],
    ['a signal that is none', { signal: null }, /^signal has to be an AbortSignal$/],
    ['an option that there is not', { timeout: 5000 }, /^there is no option 'timeout'$/],
    ['an option of the client', { token: TOKEN }, /^there is no option 'token'$/],
  ])('%s: a TypeError', (_what, options, message) => {
    expect(() => watch('task-1', options)).toThrow(
      expect.objectContaining({ name: 'TypeError', message: expect.stringMatching(message) }),
    );
  });

  it.each(['', '..', 'a/b', 'https://example.com/tasks/1', '@last', undefined, 7])('%j names no task: a TypeError', (task) => {
    expect(() => watch(task)).toThrow(
      expect.objectContaining({ name: 'TypeError', message: expect.stringMatching(/^the task has to be a task ID/) }),
    );
  });

  it.each<[object, string]>([
    [{ intervalMs: 99 }, 'intervalMs has to be at least 100'],
    [{ intervalMs: Number.POSITIVE_INFINITY }, 'intervalMs has to have an end'],
    [{ timeoutMs: 0 }, 'timeoutMs has to be at least 1'],
    [{ settleMs: -1 }, 'settleMs has to be at least 0'],
    [{ stallTimeoutMs: 0 }, 'stallTimeoutMs has to be at least 1'],
  ])('%j: a RangeError', (options, message) => {
    expect(() => watch('task-1', options)).toThrow(expect.objectContaining({ name: 'RangeError', message }));
  });

  it.each<[string, () => unknown, ErrorConstructor, string]>([
    ['no results', () => client().tasks.results('t', { limit: 0 }), RangeError, 'limit has to be from 1 to'],
    ['an offset before the first', () => client().tasks.list({ offset: -1 }), RangeError, 'offset has to be from 0 to'],
    ['a part of a task', () => client().tasks.list({ limit: 1.5 }), TypeError, 'limit has to be a whole number'],
    ['a status that is none', () => client().tasks.list({ status: 'over' } as object), TypeError, 'status has to be one of'],
    ['a search for no text', () => client().tasks.list({ search: 1 } as object), TypeError, 'search has to be'],
    ['statuses that are none', () => client().tasks.list({ status: ['over'] } as object), TypeError, 'status has to be one of'],
    ['options that are none', () => client().tasks.list(null as unknown as ListOptions), TypeError, 'the options have to be'],
  ])('%s throws at once', (_what, call, kind, message) => {
    expect(call).toThrow(kind);
    expect(call).toThrow(message);
  });

  it.each<[string, () => Promise<unknown>, ErrorConstructor, string]>([
    ['a task that is none', () => client().tasks.get('..'), TypeError, 'the task has to be a task'],
    ['a task that is none', () => client().tasks.resume('@last', 1), TypeError, 'the task has to be a task'],
    ['too many more', () => client().tasks.resume('t', 251), RangeError, 'more has to be from 0 to 250'],
    ['a part of a result', () => client().tasks.resume('t', 1.5), TypeError, 'more has to be a whole number'],
    ['a time of none', () => client().tasks.get('t', { timeoutMs: 0 }), RangeError, 'timeoutMs has to be at least 1'],
    ['a short interval', () => client().tasks.wait('t', { intervalMs: 1 }), RangeError, 'intervalMs has to be at least'],
  ])('%s rejects where an answer is promised', async (_what, call, kind, message) => {
    const thrown = await thrownBy(call());
    expect(thrown).toBeInstanceOf(kind);
    expect(String(thrown)).toContain(message);
  });
});

describe('options', () => {
  it.each<Partial<ExtructOptions>>([
    { apiUrl: 'http://localhost:8787' },
    { apiUrl: 'https://api.example.com/under/a/path/' },
    { proxy: 'http://me:secret@proxy.example:3128' },
    { proxy: 'proxy.example:3128' },
    { proxy: '' },
    { timeoutMs: Number.POSITIVE_INFINITY, retryForMs: Number.POSITIVE_INFINITY, requestTimeoutMs: Number.POSITIVE_INFINITY },
    { apiUrl: undefined, proxy: undefined, timeoutMs: undefined, onRetry: undefined, onRequest: undefined },
  ])('%j are allowed', async (changes) => {
    expect(await thrownBy(client(changes).tasks.get('task-1'))).toBe('off');
  });

  it.each<WatchOptions>([
    { intervalMs: 1000, until: ['num_results>=50', () => true] },
    { intervalMs: undefined, until: undefined, settleMs: undefined, stallTimeoutMs: undefined, signal: undefined },
    { until: [] },
  ])('%j are allowed of a watch', async (options) => {
    expect(await thrownBy(client().tasks.wait('task-1', options))).toBe('off');
  });

  it('of a watch may be given to a single call as well', async () => {
    const options: WatchOptions = { intervalMs: 1000, until: 'num_results>=50', stallTimeoutMs: 1000 };
    expect(await thrownBy(client().tasks.get('task-1', options))).toBe('off');
  });
});
