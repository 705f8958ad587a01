import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { LONGEST_TIMER_MS } from '../../src/core/clock.ts';
import { createSleep } from '../../src/sleeping.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }));
afterEach(() => void vi.useRealTimers());

const now = () => performance.now();
const never = new AbortController().signal;

describe('whoever sleeps', () => {
  it('wakes when the time has come, the shortest sleep first, with one timer for all', async () => {
    const sleep = createSleep(now);
    const woken: number[] = [];
    for (const ms of [500, 20, 300, 20]) void sleep(ms, never).then(() => woken.push(ms));
    expect(vi.getTimerCount()).toBe(1);
    await vi.advanceTimersByTimeAsync(299);
    expect(woken).toEqual([20, 20]);
    await vi.advanceTimersByTimeAsync(201);
    expect(woken).toEqual([20, 20, 300, 500]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('is woken by its signal, and leaves no timer that would keep the process alive', async () => {
    const sleep = createSleep(now);
    const stop = new AbortController();
    const sleeping = Promise.all([sleep(5000, stop.signal), sleep(9000, stop.signal)]);
    stop.abort();
    await sleeping;
    expect(vi.getTimerCount()).toBe(0);
  });

  it('with another signal sleeps on', async () => {
    const sleep = createSleep(now);
    const stop = new AbortController();
    const woken: string[] = [];
    void sleep(5000, stop.signal).then(() => woken.push('stopped'));
    void sleep(6000, never).then(() => woken.push('rested'));
    stop.abort();
    await vi.advanceTimersByTimeAsync(5999);
    expect(woken).toEqual(['stopped']);
    await vi.advanceTimersByTimeAsync(1);
    expect(woken).toEqual(['stopped', 'rested']);
  });

  it('does not sleep at all where the signal has come or there is nothing to wait for', async () => {
    const sleep = createSleep(now);
    await Promise.all([sleep(9999, AbortSignal.abort()), sleep(0, never), sleep(-5, never)]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('may sleep for longer than a timer can', async () => {
    const sleep = createSleep(now);
    let isAwake = false;
    void sleep(LONGEST_TIMER_MS + 1000, never).then(() => {
      isAwake = true;
    });
    await vi.advanceTimersByTimeAsync(LONGEST_TIMER_MS);
    expect(isAwake).toBe(false);
    await vi.advanceTimersByTimeAsync(1000);
    expect(isAwake).toBe(true);
  });

  it('never wakes too early, however many sleep and are woken', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ ms: fc.nat({ max: 5000 }), stopAt: fc.option(fc.nat({ max: 5000 })) })),
        async (all) => {
          const sleep = createSleep(now);
          const start = now();
          const slept = all.map(async ({ ms, stopAt }) => {
            const stop = new AbortController();
            if (stopAt !== null) setTimeout(() => stop.abort(), stopAt);
            await sleep(ms, stop.signal);
            return { wokeAt: now() - start, due: Math.min(ms, stopAt ?? ms) };
          });
          await vi.advanceTimersByTimeAsync(6000);
          for (const { wokeAt, due } of await Promise.all(slept)) expect(Math.abs(wokeAt - due)).toBeLessThanOrEqual(1);
        },
      ),
    );
  });
});
