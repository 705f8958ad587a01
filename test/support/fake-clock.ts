import type { Clock } from '../../src/core/clock.ts';

export interface FakeClock extends Clock {
  /** Resolves at `ms` on this clock, having let everything before it happen. */
  advanceTo(ms: number): Promise<void>;
  /** Lets so many milliseconds go by; resolves when everything that was due in them has happened. */
  passes(ms: number): Promise<void>;
  /** When those who sleep are to be woken. */
  sleepers(): number[];
}

interface Sleeper {
  readonly at: number;
  /** Whether time goes by for their sake. */
  readonly isNap: boolean;
  wake(): void;
}

/** Longer sleeps than this are no naps, in milliseconds: they are limits (`--timeout`), and not the program's way to pass the time. */
const LONGEST_NAP_MS = 10_000;

/**
 * A clock on which time passes only when everybody sleeps: whoever sleeps shortest is woken first, and it is then that
 * late. `wallTime` starts at 2026-01-01T00:00:00Z.
 */
export function fakeClock(longestNapMs = Number.POSITIVE_INFINITY): FakeClock {
  let now = 0;
  let sleepers: Sleeper[] = [];
  let isTurning = false;

  const turn = async () => {
    if (isTurning) return;
    isTurning = true;
    while (sleepers.some(({ isNap }) => isNap)) {
      // What the last one woken sets off comes first: it may want to sleep less than those who sleep already.
      await new Promise((resolve) => setImmediate(resolve));
      const next = sleepers.toSorted((a, b) => a.at - b.at)[0];
      if (!next || !sleepers.some(({ isNap }) => isNap)) break;
      now = Math.max(now, next.at);
      next.wake();
    }
    isTurning = false;
  };

  const sleepUntil = (at: number, isNap: boolean, signal?: AbortSignal) =>
    new Promise<void>((resolve) => {
      if (signal?.aborted) return resolve();
      const wake = () => {
        signal?.removeEventListener('abort', wake);
        sleepers = sleepers.filter((other) => other !== sleeper);
        resolve();
      };
      const sleeper = { at, isNap, wake };
      sleepers.push(sleeper);
      signal?.addEventListener('abort', wake);
      void turn();
    });

  return {
    now: () => now,
    wallTime: () => Date.UTC(2026, 0, 1) + now,
    sleep: (ms, signal) => sleepUntil(now + Math.max(0, ms), ms <= longestNapMs, signal),
    advanceTo: (ms) => sleepUntil(ms, true),
    passes: (ms) => sleepUntil(now + ms, true),
    sleepers: () => sleepers.map(({ at }) => at),
  };
}

/**
 * A clock for the whole program before a real server, where requests take none of its time. Who sleeps for up to ten seconds, between
 * two polls or after a failure, is woken at once, and it is so much later. A longer sleep is a limit, which is over once so much
 * time has gone by: in such naps, or because the server says so (`passes`).
 */
export function nappingClock(): FakeClock {
  return fakeClock(LONGEST_NAP_MS);
}

/** A clock on which no time goes by but what `passes`: whoever sleeps, sleeps. */
export function standingClock(): FakeClock {
  return fakeClock(0);
}
