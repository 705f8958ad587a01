import { describe, expect, it } from 'vitest';
import { type Refusals, statusFailure } from '../../src/client/refusals.ts';
import { wordsOf } from '../../src/client/server-words.ts';
import { sentence } from '../../src/core/failure.ts';
import { redactor } from '../../src/core/redact.ts';

const REFUSALS: Refusals = {
  missing: { what: 'There is no task', fix: 'check the id' },
  forbidden: { what: 'No access', fix: 'check the token' },
  fix: (status, words) => `check ${status} ${words}`,
};

function refused(status: number, body: unknown = {}, retryAfterMs?: number) {
  const pieces = wordsOf(JSON.stringify(body), status, redactor('tok-0123456789'));
  return statusFailure({ status, pieces, target: undefined, retryAfterMs }, REFUSALS);
}

describe('402', () => {
  const PLAN = 'Deep Search needs a paid plan (402)';
  const UPGRADE = 'upgrade the plan in the app, and run the command again';

  it.each<[unknown, string]>([
    [{ detail: { error: 'plan_required' } }, `${PLAN}; ${UPGRADE}`],
    [{ error: 'plan_required' }, `${PLAN}; ${UPGRADE}`],
    [{ detail: 'plan_required' }, `${PLAN}; ${UPGRADE}`],
    ['plan_required', `${PLAN}; ${UPGRADE}`],
    [{ detail: { error: 'PLAN_REQUIRED', message: 'Pro only.' } }, `${PLAN}: Pro only; ${UPGRADE}`],
    [{ detail: { error: { code: 'plan_required', message: 'Pro only' } } }, `${PLAN}: Pro only; ${UPGRADE}`],
    [
      { detail: { error: 'payment_failed' } },
      'The last payment for this account failed (402); fix the payment in the app, and run the command again',
    ],
    [
      { detail: { error: 'insufficient_credits', message: '3 of 50 left' } },
      'The account does not have enough credits (402): 3 of 50 left; top up, or wait until the credits reset, and run the command again',
    ],
    [
      { detail: 'Pay first' },
      'The API asks for payment (402): Pay first; check the plan and the credits in the app, and run the command again',
    ],
    [
      { detail: 'Payment Required' },
      'The API asks for payment (402); check the plan and the credits in the app, and run the command again',
    ],
    [
      { detail: { error: 'constructor' } },
      'The API asks for payment (402): constructor; check the plan and the credits in the app, and run the command again',
    ],
  ])('of %j says which reason it is, and what to do', (body, told) => {
    const failure = refused(402, body);
    expect(failure).toMatchObject({ kind: 'payment_required', transient: false, status: 402 });
    expect(sentence(failure)).toBe(told);
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
    expect(failure).toMatchObject({ kind: 'unreachable', transient: true, isRateLimit: true, status, what });
    expect(failure.retryAfterMs).toBe(retryAfterMs);
    expect(failure.fix).toMatch(/^run /);
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
    expect(failure).not.toHaveProperty('isRateLimit');
    expect(failure).not.toHaveProperty('retryAfterMs');
  });

  it.each([408, 425, 500, 503])('is not %i, which is an outage that may say when it is over', (status) => {
    expect(refused(status, {}, 5000)).toMatchObject({ kind: 'unreachable', transient: true, retryAfterMs: 5000 });
    expect(refused(status, {}, 5000)).not.toHaveProperty('isRateLimit');
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

  it('have a say in what to do about a refusal that has no meaning of its own', () => {
    expect(refused(409, { detail: 'Oh' }).fix).toBe('check 409 Oh');
  });
});
