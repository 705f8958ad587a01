import { describe, expect, it } from 'vitest';
import type { Attempt } from '../../src/core/attempt.ts';
import { createGate } from '../../src/core/gate.ts';
import { autoPace } from '../../src/core/pacing.ts';
import { poll } from '../../src/core/poll.ts';
import type { TaskSnapshot } from '../../src/core/task.ts';
import { type FakeClock, fakeClock } from '../support/fake-clock.ts';
import { snapshot } from '../support/tasks.ts';
import { fails, MINUTE, POLICY, watchThrough } from '../support/watch-through.ts';

const never = () => new AbortController().signal;
const PATIENCE = 5 * MINUTE;

function gateAt(clock: FakeClock, random = 0) {
  const gate = createGate({ clock, random: () => random });
  return {
    ...gate,
    /** When so many requests leave that all come now. */
    leaves: (count: number, signal: AbortSignal | null = null, patienceMs = PATIENCE) =>
      Promise.all(Array.from({ length: count }, () => gate.enter(patienceMs, signal ?? never()).then(() => clock.now()))),
    answers: (startedAt = clock.now()) => gate.tell({ ok: true, value: null, startedAt }, PATIENCE),
    refuses: (retryAfterMs?: number, startedAt = clock.now(), patienceMs = PATIENCE) =>
      gate.tell({ ...refusal(retryAfterMs), startedAt }, patienceMs),
  };
}

function refusal(retryAfterMs?: number) {
  return fails({ problem: 'rate_limit', ...(retryAfterMs === undefined ? {} : { retryAfterMs }) });
}

describe('the gate of all requests', () => {
  it('is open', async () => {
    const clock = fakeClock();
    expect(await gateAt(clock).leaves(100)).toEqual(Array(100).fill(0));
  });

  it('lets all wait together after a refusal, and go on one after the other', async () => {
    const clock = fakeClock();
    const gate = gateAt(clock);
    gate.refuses(5000);
    expect(await gate.leaves(4)).toEqual([5000, 7000, 9000, 11_000]);
  });

  it('adds up to a quarter to what was asked for', async () => {
    const clock = fakeClock();
    const gate = gateAt(clock, 1);
    gate.refuses(4000);
    expect(await gate.leaves(1)).toEqual([5000]);
  });

  it('waits a second where the service does not say how long', async () => {
    const clock = fakeClock();
    const gate = gateAt(clock);
    gate.refuses();
    expect(await gate.leaves(1)).toEqual([1000]);
  });

  it('goes on half as fast as the service answered, however many were refused at a time', async () => {
    const clock = fakeClock();
    const gate = gateAt(clock);
    for (let second = 1; second <= 10; second += 1) {
      await clock.advanceTo(second * 1000);
      gate.answers();
      gate.answers();
    }
    for (let refused = 0; refused < 50; refused += 1) gate.refuses(0, 10_000);
    const [first = 0, second = 0, third = 0] = await gate.leaves(3);
    expect(first).toBe(10_000);
    expect(second - first).toBeCloseTo(1000, -2);
    expect(third - second).toBeCloseTo(1000, -2);
  });

  it('is back at the old pace after some minutes of good answers', async () => {
    const clock = fakeClock();
    const gate = gateAt(clock);
    gate.refuses(1000);
    const distances: number[] = [];
    while (clock.now() < 6 * MINUTE) {
      const [at = 0, next = 0] = await gate.leaves(2);
      distances.push(next - at);
      gate.answers();
    }
    expect(distances[0]).toBe(2000);
    expect(distances.at(-1)).toBeLessThan(100);
    expect(distances).toEqual(distances.toSorted((a, b) => b - a));
  });

  it('does not wait for what would end the task that was told so', async () => {
    const clock = fakeClock();
    const gate = gateAt(clock);
    gate.refuses(3_600_000);
    expect(await gate.leaves(1)).toEqual([0]);
  });

  it('keeps nobody longer than the service answers nobody', async () => {
    const clock = fakeClock();
    const gate = gateAt(clock);
    gate.refuses(30_000, 0, MINUTE);
    expect(await gate.leaves(2, null, 10_000)).toEqual([10_000, 10_000]);
  });

  it('lets go of whoever is stopped', async () => {
    const clock = fakeClock();
    const gate = gateAt(clock);
    const stop = new AbortController();
    gate.refuses(30_000);
    void clock.advanceTo(7000).then(() => stop.abort());
    expect(await gate.leaves(3, stop.signal)).toEqual([7000, 7000, 7000]);
  });
});

describe('a watch at the gate', () => {
  it('tells when it is really asked again, and polls half as often', async () => {
    const { events, requests } = await watchThrough(
      [
        ...Array(6).fill({ ok: true, value: snapshot() }),
        refusal(5000),
        { ok: true, value: snapshot() },
        fails({ transient: false }),
      ],
      {},
      { random: () => 0 },
    );
    const told = events.flatMap((event) =>
      event.kind === 'snapshot' ? event.nextPollAt : event.kind === 'retrying' ? event.at + event.delayMs : [],
    );
    expect(told).toEqual(requests.slice(1));
    expect((requests[7] ?? 0) - (requests[6] ?? 0)).toBe(5000);
    const distance = (requests[8] ?? 0) - (requests[7] ?? 0);
    expect(distance).toBeGreaterThan(15_000);
    expect(distance).toBeLessThan(20_000);
  });
});

describe('many tasks of a service with a rate limit', () => {
  /** Gives one answer in so many milliseconds; to the rest it says to come back in five seconds. */
  function limitedService(clock: FakeClock, perAnswerMs: number) {
    let nextAnswerAt = 0;
    const counts = { answers: 0, refusals: 0 };
    const serve = (startedAt: number, value: TaskSnapshot): Attempt<TaskSnapshot> => {
      if (clock.now() < nextAnswerAt) {
        counts.refusals += 1;
        return { ...refusal(5000), startedAt };
      }
      nextAnswerAt = clock.now() + perAnswerMs;
      counts.answers += 1;
      return { ok: true, value, startedAt };
    };
    return { counts, serve };
  }

  it('all come to their end, with fewer refusals than answers', async () => {
    const clock = fakeClock();
    const gate = createGate({ clock, random: () => 0.5 });
    const service = limitedService(clock, 1000);
    const watchOne = async (index: number) => {
      let answered = 0;
      const fetchTask = async (_id: string, signal: AbortSignal) => {
        const startedAt = clock.now();
        await clock.sleep(50, signal);
        const attempt = service.serve(startedAt, snapshot(answered === 6 ? { status: 'done' } : { num_results: answered }));
        if (attempt.ok) answered += 1;
        return attempt;
      };
      const deps = { fetchTask, clock, random: () => 0.5, gate, signal: never() };
      for await (const event of poll(`task-${index}`, { ...POLICY, pace: autoPace(30_000) }, deps)) {
        if (event.kind === 'settled') return event.outcome.kind;
      }
      return 'no end';
    };
    const kinds = await Promise.all(Array.from({ length: 60 }, (_, index) => watchOne(index)));
    expect(new Set(kinds)).toEqual(new Set(['done']));
    expect(service.counts.answers).toBe(420);
    expect(service.counts.refusals).toBeLessThan(100);
  });

  it('are unreachable once the service answers nobody for --retry-for', async () => {
    const { outcome } = await watchThrough([refusal(5000)], { retryForMs: MINUTE });
    expect(outcome).toMatchObject({ kind: 'unreachable' });
  });
});
