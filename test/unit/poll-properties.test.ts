import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Reading } from '../../src/core/attempt.ts';
import type { Outcome } from '../../src/core/outcome.ts';
import { fixedPace, SHORTEST_INTERVAL_MS } from '../../src/core/pacing.ts';
import type { PollEvent } from '../../src/core/poll.ts';
import type { TaskSnapshot } from '../../src/core/task.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { snapshot } from '../support/tasks.ts';
import { done, fails, MINUTE, watchThrough } from '../support/watch-through.ts';

const anyAnswer = fc.oneof(
  fc
    .record({ num_results: fc.integer(), status: fc.constantFrom('created', 'in_progress', 'odd'), is_exhausted: fc.boolean() })
    .map((changes): Reading<TaskSnapshot> => ({ ok: true, value: snapshot(changes) })),
  fc.constant(fails()),
  fc.record({ retryAfterMs: fc.nat({ max: MINUTE }) }).map(fails),
  fc.constant(fails({ transient: false })),
  fc.constant(done),
);
const anyService = fc.record({
  answers: fc.array(anyAnswer, { minLength: 1, maxLength: 15 }),
  tookMs: fc.array(fc.oneof(fc.constant(0), fc.nat({ max: 40_000 })), { maxLength: 15 }),
  // Of the doubles from 0 to 1 nearly all are next to nothing.
  random: fc.nat({ max: 999 }).map((thousandths) => thousandths / 1000),
});
const anyPolicy = fc
  .record({
    intervalMs: fc.integer({ min: 100, max: MINUTE }),
    phaseMs: fc.nat({ max: 10_000 }),
    // Budgets of a few tries, where the last wait has to be cut, and of many.
    retryForMs: fc.oneof(fc.nat({ max: 3000 }), fc.nat({ max: 3 * MINUTE })),
    stallTimeoutMs: fc.oneof(fc.constant(Number.POSITIVE_INFINITY), fc.integer({ min: 1, max: MINUTE })),
  })
  .map((policy) => ({ ...policy, pace: fixedPace(policy.intervalMs) }));

const RUNS = { numRuns: 300 };

/** Sums of milliseconds lose a little in their last digits. */
const SLACK_MS = 0.001;

describe('whatever the service answers, and however late,', () => {
  it('there is one settled event, the last, and no request after it or beside another', async () => {
    await fc.assert(
      fc.asyncProperty(anyService, anyPolicy, async ({ answers, tookMs, random }, policy) => {
        const watched = await watchThrough([...answers, done], policy, { tookMs, random: () => random });
        expect(watched.kinds.filter((kind) => kind === 'settled')).toHaveLength(1);
        expect(watched.kinds.at(-1)).toBe('settled');
        expect(watched.requests).toHaveLength(watched.kinds.length - (endedOnFailure(watched.events) ? 0 : 1));
        expect(watched.underWay()).toBe(0);
      }),
      RUNS,
    );
  });

  it('each request leaves at the time that was told, and none sooner than interval or backoff allow', async () => {
    await fc.assert(
      fc.asyncProperty(anyService, anyPolicy, async ({ answers, tookMs, random }, policy) => {
        const { events, requests } = await watchThrough([...answers, done], policy, { tookMs, random: () => random });
        for (const [index, event] of events.entries()) {
          const [left, next] = [requests[index], requests[index + 1]];
          if (left === undefined || next === undefined) continue;
          if (event.kind === 'snapshot') {
            const lastLook = Math.max(left + SHORTEST_INTERVAL_MS, event.changedAt + policy.stallTimeoutMs);
            expect(next).toBeGreaterThanOrEqual(Math.min(left + policy.intervalMs, lastLook) - SLACK_MS);
          }
          if (event.kind === 'retrying') expect(next).toBeCloseTo(event.at + event.delayMs, 3);
        }
      }),
      RUNS,
    );
  });

  it('no outage is put up with for longer than --retry-for: the last try leaves within it', async () => {
    await fc.assert(
      fc.asyncProperty(anyService, anyPolicy, async ({ answers, tookMs, random }, policy) => {
        const { events, requests } = await watchThrough([...answers, done], policy, { tookMs, random: () => random });
        let since: number | null = null;
        for (const [index, left] of requests.entries()) {
          if (events[index]?.kind === 'snapshot') since = null;
          else since ??= left;
          if (since !== null) expect(left).toBeLessThanOrEqual(since + policy.retryForMs + SLACK_MS);
        }
      }),
      RUNS,
    );
  });

  it('it is over at --timeout, and nothing is asked after that', async () => {
    const timedOut: Outcome = { kind: 'timed_out', reason: { what: 'It took too long', fix: 'run it again' } };
    await fc.assert(
      fc.asyncProperty(anyService, anyPolicy, fc.integer({ min: 1, max: 5 * MINUTE }), async (service, policy, deadline) => {
        const clock = fakeClock();
        const stop = new AbortController();
        void clock.advanceTo(deadline).then(() => stop.abort(timedOut));
        const setting = { clock, signal: stop.signal, tookMs: service.tookMs, random: () => service.random };
        const { requests, events } = await watchThrough(service.answers, { ...policy, deadline }, setting);
        expect(clock.now()).toBeLessThanOrEqual(deadline);
        for (const left of requests) expect(left).toBeLessThanOrEqual(deadline);
        expect(events.at(-1)?.kind).toBe('settled');
      }),
      RUNS,
    );
  });
});

/** A failure that ends the watch is told by the settled event alone. */
function endedOnFailure(events: readonly PollEvent[]): boolean {
  const last = events.at(-1);
  return last?.kind === 'settled' && ('failure' in last.outcome || last.outcome.kind === 'timed_out');
}
