import type { Clock } from '../../src/core/clock.ts';

export interface FakeClock extends Clock {
  /** Resolves at `ms` on this clock, having let everything before it happen. */
  advanceTo(ms: number): Promise<void>;
}

interface Sleeper {
  readonly at: number;
  wake(): void;
}

/**
 * A clock on which time passes only when everybody sleeps: whoever sleeps shortest is woken first, and it is then that
 * late. `wallTime` starts at 2026-01-01T00:00:00Z.
 */
export function fakeClock(): FakeClock {
  let now = 0;
  let sleepers: Sleeper[] = [];
  let isTurning = false;

  const turn = async () => {
    if (isTurning) return;
    isTurning = true;
    while (sleepers.length > 0) {
      // What the last one woken sets off comes first: it may want to sleep less than those who sleep already.
      await new Promise((resolve) => setImmediate(resolve));
      const next = sleepers.toSorted((a, b) => a.at - b.at)[0];
      if (!next) break;
      now = Math.max(now, next.at);
      next.wake();
    }
    isTurning = false;
  };

  const sleepUntil = (at: number, signal?: AbortSignal) =>
    new Promise<void>((resolve) => {
      if (signal?.aborted) return resolve();
      const wake = () => {
        signal?.removeEventListener('abort', wake);
        sleepers = sleepers.filter((other) => other !== sleeper);
        resolve();
      };
      const sleeper = { at, wake };
      sleepers.push(sleeper);
      signal?.addEventListener('abort', wake);
      void turn();
    });

  return {
    now: () => now,
    wallTime: () => Date.UTC(2026, 0, 1) + now,
    sleep: (ms, signal) => sleepUntil(now + Math.max(0, ms), signal),
    advanceTo: (ms) => sleepUntil(ms),
  };
}
