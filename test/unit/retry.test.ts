import { describe, expect, it } from 'vitest';
import type { Attempt } from '../../src/core/attempt.ts';
import { attempts } from '../../src/core/attempts.ts';
import type { Failure } from '../../src/core/failure.ts';
import { createGate } from '../../src/core/gate.ts';
import type { Outcome } from '../../src/core/outcome.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { FAILURE } from '../support/progress.ts';

const NEVER = Number.POSITIVE_INFINITY;

/** Asks through the scripted failures, then gets "yes"; random waits are half of what they may be. */
async function askThrough(
  failures: readonly Failure[],
  { retryForMs = 30_000, deadline = NEVER, stopAt = NEVER, wasAnswered = false } = {},
) {
  const clock = fakeClock();
  const stop = new AbortController();
  const asked: number[] = [];
  const outcome: Outcome = { kind: 'timed_out', reason: { what: 'late', fix: 'run it again' } };
  if (stopAt < NEVER) void clock.advanceTo(stopAt).then(() => stop.abort(outcome));
  const ask = async (): Promise<Attempt<string>> => {
    const startedAt = clock.now();
    asked.push(startedAt);
    const failure = failures[asked.length - 1];
    return failure ? { ok: false, failure, startedAt } : { ok: true, value: 'yes', startedAt };
  };
  const random = () => 0.5;
  const deps = { clock, random, gate: createGate({ clock, random }), signal: stop.signal };
  const policy = { retryForMs, deadline };
  const asking = attempts(ask, policy, deps, wasAnswered);
  const delays: number[] = [];
  let step = await asking.next();
  for (; !step.done; step = await asking.next()) delays.push(step.value.delayMs);
  return { answered: step.value, asked, delays };
}

describe('a request with retries', () => {
  it('is repeated until there is an answer, with backoff', async () => {
    const { answered, asked, delays } = await askThrough([FAILURE, FAILURE, FAILURE]);
    expect(answered).toMatchObject({ ok: true, value: 'yes' });
    expect(delays).toEqual([500, 1000, 2000]);
    expect(asked).toEqual([0, 500, 1500, 3500]);
  });

  it('is not repeated after a failure that is final', async () => {
    const failure = { ...FAILURE, transient: false };
    const { answered, asked } = await askThrough([failure]);
    expect(answered).toEqual({ ok: false, outcome: { kind: 'unreachable', failure }, failure });
    expect(asked).toHaveLength(1);
  });

  it('gives up once the outage has outlasted the policy', async () => {
    const { answered, asked } = await askThrough(Array(9).fill(FAILURE), { retryForMs: 3000 });
    expect(asked.at(-1)).toBe(3000);
    expect(answered).toMatchObject({ ok: false, outcome: { failure: FAILURE, gaveUp: { attempts: 4, afterMs: 3000 } } });
  });

  it('ends at once where Retry-After reaches past what is allowed', async () => {
    const { answered } = await askThrough([{ ...FAILURE, retryAfterMs: 60_000 }], { deadline: 20_000 });
    expect(answered).toMatchObject({ ok: false, outcome: { kind: 'timed_out' } });
  });

  it('ends as whoever stops it says, with what it knew last', async () => {
    const { answered, asked } = await askThrough([FAILURE, FAILURE, FAILURE], { stopAt: 1200 });
    expect(answered).toMatchObject({ ok: false, outcome: { kind: 'timed_out' }, failure: FAILURE });
    expect(asked).toEqual([0, 500]);
  });
});
