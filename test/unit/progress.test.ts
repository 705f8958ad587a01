import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { phaseOffset } from '../../src/core/pacing.ts';
import type { PollEvent } from '../../src/core/poll.ts';
import { advance, begin } from '../../src/core/progress.ts';
import { answer } from '../support/progress.ts';

const failure = { kind: 'unreachable', problem: 'outage', transient: true, what: 'It broke' } as const;

describe('progress', () => {
  it('knows nothing before the first answer', () => {
    expect(begin('task-1', 5)).toMatchObject({
      id: 'task-1',
      startedAt: 5,
      task: null,
      outcome: null,
      changedAt: null,
      samples: [],
      polls: 0,
    });
  });

  it('counts answers and retries, and keeps when something last changed', () => {
    const events = [
      answer({ num_results: 1 }, 10),
      answer({ num_results: 2 }, 20),
      { kind: 'retrying', failure, attempt: 1, at: 30, delayMs: 5 } as const,
      answer({ num_results: 2 }, 40, { changedAt: 20 }),
    ];
    expect(events.reduce(advance, begin('task-1', 0))).toMatchObject({ polls: 3, retries: 1, changedAt: 20 });
  });

  it('shows an outage until an answer ends it, and keeps the last known task meanwhile', () => {
    const polled = advance(begin('task-1', 0), answer({}, 10));
    const { task } = polled;
    const retrying = advance(polled, { kind: 'retrying', failure, attempt: 2, at: 100, delayMs: 40 });
    expect(retrying).toMatchObject({ task, nextPollAt: 140, outage: { failure, attempt: 2, retryAt: 140 } });
    const again = advance(retrying, answer({}, 140));
    expect(again).toMatchObject({ outage: null, nextPollAt: 10_140 });
  });

  it('has no next poll once it has settled', () => {
    const polled = advance(begin('task-1', 0), answer({}, 10));
    expect(advance(polled, { kind: 'settled', outcome: { kind: 'done' } })).toMatchObject({
      nextPollAt: null,
      outcome: { kind: 'done' },
    });
  });
});

describe('any progress', () => {
  const counters = fc.record({
    num_results: fc.integer(),
    num_results_discovered: fc.integer(),
    desired_num_results: fc.integer(),
  });
  const steps = fc.array(fc.oneof(counters, fc.constant(null)), { maxLength: 150 });

  it('counts every event, and keeps no more of its history than fits', () => {
    fc.assert(
      fc.property(steps, (all) => {
        const events = all.map((changes, index): PollEvent => {
          const at = index * 1000;
          if (changes === null) return { kind: 'retrying', failure, attempt: 1, at, delayMs: 10 };
          return answer(changes, at);
        });
        const { polls, retries, samples, outage, changedAt } = events.reduce(advance, begin('task-1', 0));
        const times = (samples ?? []).map((sample) => sample.at);
        expect(polls + retries).toBe(events.length);
        expect(outage === null).toBe(events.at(-1)?.kind !== 'retrying');
        expect(changedAt === null).toBe(polls === 0);
        expect(times.length).toBeLessThanOrEqual(64);
        expect(times).toEqual([...new Set(times)].toSorted((a, b) => a - b));
      }),
    );
  });
});

describe('the phases of several tasks', () => {
  it('are spread evenly over the interval', () => {
    expect([0, 1, 2, 3].map((index) => phaseOffset(index, 4, 10_000))).toEqual([0, 2500, 5000, 7500]);
  });
});
