import { describe, expect, it } from 'vitest';
import { type CallOptions, getTask, type WatchOptions, watchTask } from '../../src/library/index.ts';
import { TOKEN } from '../support/run.ts';

const NOWHERE = { token: TOKEN, apiUrl: 'http://127.0.0.1:1', signal: AbortSignal.abort() };

/** As somebody without a compiler calls it. */
function watch(task: unknown, changes: object = {}) {
  return watchTask(task as string, { ...NOWHERE, ...changes } as WatchOptions);
}

describe('options that are not allowed', () => {
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
    ['an interval in words', { interval: '10s' }, /^interval has to be a number of milliseconds$/],
    ['a condition alone', { until: 'num_results>=5' }, /^until has to be an array/],
    [
      'a condition that is none',
      { until: ['companies>5'] },
      /^until has to hold conditions: a condition such as num_results>=50/,
    ],
    ['an option that there is not', { timeout: 5000 }, /^there is no option 'timeout'$/],
  ])('%s is a TypeError', (_what, changes, message) => {
    expect(() => watch('task-1', changes)).toThrow(
      expect.objectContaining({ name: 'TypeError', message: expect.stringMatching(message) }),
    );
    expect(() => watch('task-1', changes)).not.toThrow(/secret|tok-/);
  });

  it.each(['', '..', 'a/b', 'https://example.com/tasks/1', undefined, 7])('%j names no task, which is a TypeError', (task) => {
    expect(() => watch(task)).toThrow(
      expect.objectContaining({ name: 'TypeError', message: expect.stringMatching(/^the task has to be a task ID/) }),
    );
  });

  it.each<[object, string]>([
    [{ interval: 99 }, 'interval has to be at least 100'],
    [{ interval: Number.POSITIVE_INFINITY }, 'interval has to have an end'],
    [{ timeoutMs: 0 }, 'timeoutMs has to be at least 1'],
    [{ retryForMs: -1 }, 'retryForMs has to be at least 0'],
    [{ stallTimeoutMs: 0 }, 'stallTimeoutMs has to be at least 1'],
    [{ requestTimeoutMs: 0 }, 'requestTimeoutMs has to be at least 1'],
  ])('%j is a RangeError', (changes, message) => {
    expect(() => watch('task-1', changes)).toThrow(expect.objectContaining({ name: 'RangeError', message }));
  });

  it('reject where a single answer is asked for', async () => {
    await expect(getTask('..', NOWHERE)).rejects.toThrow(TypeError);
    await expect(getTask('task-1', { ...NOWHERE, token: '' })).rejects.toThrow(TypeError);
    await expect(getTask('task-1', { ...NOWHERE, timeoutMs: 0 })).rejects.toThrow(RangeError);
  });
});

describe('options', () => {
  it.each<Partial<WatchOptions>>([
    { apiUrl: 'http://localhost:8787' },
    { apiUrl: 'https://api.example.com/under/a/path/' },
    { proxy: 'http://me:secret@proxy.example:3128' },
    { proxy: 'proxy.example:3128' },
    { proxy: '' },
    { interval: 'auto', until: ['num_results>=50'] },
    { timeoutMs: Number.POSITIVE_INFINITY, retryForMs: Number.POSITIVE_INFINITY, requestTimeoutMs: Number.POSITIVE_INFINITY },
    { apiUrl: undefined, proxy: undefined, interval: undefined, timeoutMs: undefined, until: undefined },
  ])('%j are allowed', async (changes) => {
    expect(await watch('task-1', changes).outcome).toMatchObject({ kind: 'aborted' });
  });

  it('of a watch may be given to a single call as well', async () => {
    const options: CallOptions = { ...NOWHERE, interval: 1000, until: ['num_results>=50'], stallTimeoutMs: 1000 } as WatchOptions;
    expect(await getTask('task-1', options)).toMatchObject({ ok: false, failure: { kind: 'aborted' } });
  });
});
