import { describe, expect, it } from 'vitest';
import { type Refusals, statusFailure } from '../../src/client/refusals.ts';
import { wordsOf } from '../../src/client/server-words.ts';
import { redactor } from '../../src/core/redact.ts';

const REFUSALS: Refusals = {
  missing: 'There is no task',
  forbidden: 'No access',
};

function refused(status: number, body: unknown = {}, retryAfterMs?: number, changes: Partial<Refusals> = {}) {
  const pieces = wordsOf(JSON.stringify(body), status, redactor('tok-0123456789'));
  return statusFailure({ status, pieces, target: undefined, retryAfterMs, isLocal: false }, { ...REFUSALS, ...changes });
}

describe('402', () => {
  const PLAN = 'Deep Search needs a paid plan (402)';

  it.each<[unknown, string, string]>([
    [{ detail: { error: 'plan_required' } }, 'plan_required', PLAN],
    [{ error: 'plan_required' }, 'plan_required', PLAN],
    [{ detail: 'plan_required' }, 'plan_required', PLAN],
    ['plan_required', 'plan_required', PLAN],
    [{ detail: { error: 'PLAN_REQUIRED', message: 'Pro only.' } }, 'plan_required', `${PLAN}: Pro only`],
    [{ detail: { error: { code: 'plan_required', message: 'Pro only' } } }, 'plan_required', `${PLAN}: Pro only`],
    [{ detail: { error: 'payment_failed' } }, 'payment_failed', 'The last payment for this account failed (402)'],
    [
      { detail: { error: 'insufficient_credits', message: '3 of 50 left' } },
      'insufficient_credits',
      'The account does not have enough credits (402): 3 of 50 left',
    ],
    [{ detail: 'Pay first' }, 'payment_required', 'The API asks for payment (402): Pay first'],
    [{ detail: 'Payment Required' }, 'payment_required', 'The API asks for payment (402)'],
    [{ detail: { error: 'constructor' } }, 'payment_required', 'The API asks for payment (402): constructor'],
  ])('of %j says which reason it is', (body, problem, what) => {
    expect(refused(402, body)).toEqual({ kind: 'payment_required', problem, transient: false, status: 402, what });
  });
});

describe('a rate limit', () => {
  it.each([
    [429, undefined, 'The API answered 429 Too Many Requests: slow down'],
    [429, 0, 'The API answered 429 Too Many Requests: slow down'],
    [403, 0, 'The API answered 403 Forbidden (rate limit): slow down'],
    [403, 5000, 'The API answered 403 Forbidden (rate limit): slow down'],
  ])('is %i with a Retry-After of %s ms', (status, retryAfterMs, what) => {
    const failure = refused(status, { detail: 'slow down' }, retryAfterMs);
    expect(failure).toMatchObject({ kind: 'unreachable', problem: 'rate_limit', transient: true, status, what });
    expect(failure.retryAfterMs).toBe(retryAfterMs);
  });

  it.each([
    [403, undefined],
    [401, 5000],
    [402, 5000],
    [404, 5000],
    [400, 5000],
  ])('is not %i with a Retry-After of %s ms: that is final', (status, retryAfterMs) => {
    const failure = refused(status, {}, retryAfterMs);
    expect(failure.transient).toBe(false);
    expect(failure.problem).not.toBe('rate_limit');
    expect(failure).not.toHaveProperty('retryAfterMs');
  });

  it.each([408, 425, 500, 503])('is not %i, which is an outage that may say when it is over', (status) => {
    expect(refused(status, {}, 5000)).toMatchObject({
      kind: 'unreachable',
      problem: 'outage',
      transient: true,
      retryAfterMs: 5000,
    });
  });
});

describe('the server’s words', () => {
  it.each([
    [400, 'The API answered 400 Bad Request: Oh'],
    [401, 'The API refused the token (401): Oh'],
    [402, 'The API asks for payment (402): Oh'],
    [403, 'No access (403): Oh'],
    [404, 'There is no task (404): Oh'],
    [422, 'The API answered 422 Unprocessable Entity: Oh'],
    [429, 'The API answered 429 Too Many Requests: Oh'],
    [503, 'The API answered 503 Service Unavailable: Oh'],
    [520, 'The API answered 520: Oh'],
  ])('are told with %i', (status, what) => {
    expect(refused(status, { detail: { message: 'Oh' } }).what).toBe(what);
  });

  it('tell that a task cannot be resumed since its sources are exhausted, where that was asked', () => {
    const body = { detail: `${'Sorry! '.repeat(50)}Task is EXHAUSTED` };
    expect(refused(400, body, undefined, { tellsExhausted: true }).problem).toBe('exhausted');
    expect(refused(409, body, undefined, { tellsExhausted: true }).problem).toBe('rejected');
    expect(refused(400, {}, undefined, { tellsExhausted: true }).problem).toBe('rejected');
    expect(refused(400, body).problem).toBe('rejected');
  });
});
