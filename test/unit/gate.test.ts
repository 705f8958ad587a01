import { describe, expect, it } from 'vitest';
import type { Attempt } from '../../src/core/attempt.ts';
import { attempts } from '../../src/core/attempts.ts';
import { createGate } from '../../src/core/gate.ts';
import { autoPace, fixedPace, slowed } from '../../src/core/pacing.ts';
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

  it.each([
    [0, 100],
    [0.5, 500],
    [1, 1000],
  ])('waits as long as after any failure where the service does not say how long (%d)', async (random, ms) => {
    const clock = fakeClock();
    const gate = gateAt(clock, random);
    for (let refused = 0; refused < 20; refused += 1) gate.refuses();
    expect(await gate.leaves(1)).toEqual([ms]);
  });

  it('is slowed down once by requests that passed it together, though some left later, for want of a connection', async () => {
    const clock = fakeClock();
    const gate = createGate({ clock, random: () => 0 });
    const deps = { clock, random: () => 0, gate, signal: never() };
    const refusedAfter = async (ms: number) => {
      await clock.sleep(ms, never());
      return { ...refusal(5000), startedAt: clock.now() };
    };
    const policy = { retryForMs: PATIENCE, deadline: Number.POSITIVE_INFINITY };
    const all = [0, 100, 200, 300].map((ms) => attempts(() => refusedAfter(ms), policy, deps, false).next());
    await clock.advanceTo(1000);
    await Promise.all(all);
    expect(gate.slowness()).toBe(2);
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

  it('is back as soon after somebody else has used up the rate for a while', async () => {
    const clock = fakeClock();
    const gate = gateAt(clock);
    for (let at = 10; at <= MINUTE; at += 10) {
      await clock.advanceTo(at);
      gate.answers();
    }
    // It answered a hundred a second, and now a minute long nobody.
    for (let second = 0; second < 60; second += 1) {
      gate.refuses(1000);
      await gate.leaves(1);
    }
    const [first = 0, second = 0] = await gate.leaves(2);
    expect(second - first).toBeLessThan(100);
    expect(second - first).toBeGreaterThan(50);
  });

  it('does not take the first answers after a pause for the pace of the service', async () => {
    const clock = fakeClock();
    const gate = gateAt(clock);
    for (let at = 10; at <= MINUTE; at += 10) {
      await clock.advanceTo(at);
      gate.answers();
    }
    gate.refuses(1000);
    await gate.leaves(3);
    gate.answers();
    gate.refuses(1000);
    const [first = 0, second = 0] = await gate.leaves(2);
    expect(second - first).toBeLessThan(50);
  });

  it('does not wait for what would end the task that was told so', async () => {
    const clock = fakeClock();
    const gate = gateAt(clock);
    gate.refuses(3_600_000);
    expect(await gate.leaves(1)).toEqual([0]);
  });

  it('keeps nobody longer than the service does nothing but refuse', async () => {
    const clock = fakeClock();
    const gate = gateAt(clock);
    gate.refuses(30_000, 0, MINUTE);
    expect(await gate.leaves(2, null, 25_000)).toEqual([25_000, 25_000]);
    expect(await gate.leaves(2, null, 0)).toEqual([25_000, 25_000]);
  });

  it('holds also where the last good answer is long ago', async () => {
    const clock = fakeClock();
    const gate = gateAt(clock);
    gate.answers();
    await clock.advanceTo(10 * MINUTE);
    gate.refuses(10_000);
    expect(await gate.leaves(1, null, 30_000)).toEqual([10 * MINUTE + 10_000]);
  });

  it('lets go of whoever is stopped, or has lost patience, wherever they stand', async () => {
    const clock = fakeClock();
    const gate = gateAt(clock);
    const stop = new AbortController();
    gate.refuses(30_000);
    void clock.advanceTo(7000).then(() => stop.abort());
    const [first, stopped, hasty, last] = [
      gate.leaves(1),
      gate.leaves(1, stop.signal),
      gate.leaves(1, null, 21_000),
      gate.leaves(1),
    ];
    expect(await Promise.all([first, stopped, hasty, last])).toEqual([[30_000], [7000], [21_000], [32_000]]);
  });

  it('gives no turn away to whoever is stopped', async () => {
    const clock = fakeClock();
    const gate = gateAt(clock);
    gate.refuses(1000);
    const stopped = gate.leaves(1, AbortSignal.abort());
    expect(await Promise.all([stopped, gate.leaves(2)])).toEqual([[0], [1000, 3000]]);
  });

  it('is slower with refusal after refusal, up to eight times as slow as the answers came', async () => {
    const clock = fakeClock();
    const gate = gateAt(clock);
    const distances: number[] = [];
    for (let refusal = 0; refusal < 6; refusal += 1) {
      gate.refuses(0, clock.now());
      const [at = 0, next = 0] = await gate.leaves(2);
      distances.push(next - at);
    }
    expect(distances).toEqual([2000, 4000, 8000, 8000, 8000, 8000]);
  });
});

describe('a watch at the gate', () => {
  it('tells when it is really asked again, and polls half as often', async () => {
    const clock = fakeClock();
    const gate = createGate({ clock, random: () => 0 });
    const good = { ok: true, value: snapshot() } as const;
    const { events, requests } = await watchThrough(
      [...Array(6).fill(good), refusal(5000), good, fails({ transient: false })],
      { pace: slowed(fixedPace(10_000), gate) },
      { clock, gate, random: () => 0 },
    );
    const told = events.flatMap((event) =>
      event.kind === 'snapshot' ? event.nextPollAt : event.kind === 'retrying' ? event.at + event.delayMs : [],
    );
    expect(told).toEqual(requests.slice(1));
    expect((requests[7] ?? 0) - (requests[6] ?? 0)).toBe(5000);
    const distance = (requests[8] ?? 0) - (requests[7] ?? 0);
    expect(distance).toBeGreaterThan(19_000);
    expect(distance).toBeLessThan(20_000);
  });

  it('does not make other requests as slow as its own polls are', async () => {
    const clock = fakeClock();
    const gate = gateAt(clock);
    for (const minute of [1, 2, 3]) {
      await clock.advanceTo(minute * MINUTE);
      gate.answers();
    }
    gate.refuses(1000, clock.now());
    const [first = 0, second = 0] = await gate.leaves(2);
    expect(second - first).toBe(5000);
    expect(gate.slowness()).toBe(2);
    gate.refuses(1000, clock.now());
    const [third = 0, fourth = 0] = await gate.leaves(2);
    expect(fourth - third).toBe(10_000);
    expect(gate.slowness()).toBe(4);
  });

  it('is back at its own pace after some minutes of good answers', async () => {
    const clock = fakeClock();
    const gate = gateAt(clock);
    gate.refuses(1000);
    for (let second = 20; second <= 300; second += 20) {
      await clock.advanceTo(second * 1000);
      gate.answers();
    }
    expect(gate.slowness()).toBe(1);
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

  it('are not unreachable for being refused, while the service answers others', async () => {
    const clock = fakeClock();
    const gate = createGate({ clock, random: () => 0.5 });
    const answersOthers = async () => {
      while (clock.now() < 10 * MINUTE) {
        await clock.sleep(20_000, never());
        gate.tell({ ok: true, value: null, startedAt: clock.now() }, PATIENCE);
      }
    };
    void answersOthers();
    const setting = { clock, gate };
    const refusals = Array.from({ length: 30 }, () => refusal(5000));
    const refused = await watchThrough(
      [...refusals, { ok: true, value: snapshot({ status: 'done' }) }],
      { retryForMs: MINUTE },
      setting,
    );
    expect(clock.now()).toBeGreaterThan(2 * MINUTE);
    expect(refused.outcome).toEqual({ kind: 'done' });
  });

  it('are not unreachable with a short --retry-for either, for as long as others are answered', async () => {
    const clock = fakeClock();
    const gate = createGate({ clock, random: () => 0 });
    const bad = watchThrough(
      [...Array(8).fill(refusal(1000)), { ok: true, value: snapshot({ status: 'done' }) }],
      { retryForMs: 4000 },
      { clock, gate, random: () => 0 },
    );
    const good = watchThrough(
      [...Array(60).fill({ ok: true, value: snapshot() }), fails({ transient: false })],
      { pace: fixedPace(500) },
      { clock, gate },
    );
    expect((await bad).outcome).toEqual({ kind: 'done' });
    await good;
  });

  it('are unreachable for another failure all the same, but for the time at the gate', async () => {
    const clock = fakeClock();
    const gate = createGate({ clock, random: () => 0 });
    const once = await watchThrough(
      [fails(), refusal(50_000), { ok: true, value: snapshot({ status: 'done' }) }],
      { retryForMs: MINUTE },
      { clock, gate },
    );
    expect(once.outcome).toEqual({ kind: 'done' });
    const both = await watchThrough([fails(), refusal(5000)], { retryForMs: MINUTE });
    expect(both.outcome).toMatchObject({ kind: 'unreachable' });
  });

  it('are unreachable once the service answers nobody for --retry-for', async () => {
    const { outcome } = await watchThrough([refusal(5000)], { retryForMs: MINUTE });
    expect(outcome).toMatchObject({ kind: 'unreachable' });
  });
});
