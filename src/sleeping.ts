import TinyQueue from 'tinyqueue';
import { type Clock, LONGEST_TIMER_MS } from './core/clock.ts';

/** Somebody who sleeps: until when, on the clock's time, and how to wake them. */
interface Sleeper {
  readonly at: number;
  isAwake: boolean;
  wake(): void;
}

/**
 * Makes the clock's `sleep` of `now`, monotonic milliseconds. All who sleep share one queue and one timer, and all who can be
 * woken by the same signal one listener: thousands of tasks sleep nearly all of the time.
 */
export function createSleep(now: () => number): Clock['sleep'] {
  const queue = new TinyQueue<Sleeper>([], (a, b) => a.at - b.at);
  const bySignal = new WeakMap<AbortSignal, Set<Sleeper>>();
  let timer: NodeJS.Timeout | undefined;
  let timerAt = Number.POSITIVE_INFINITY;

  const nextSleeper = () => {
    while (queue.peek()?.isAwake) queue.pop();
    return queue.peek();
  };
  const setTimer = () => {
    const at = nextSleeper()?.at ?? Number.POSITIVE_INFINITY;
    if (at === timerAt) return;
    clearTimeout(timer);
    timerAt = at;
    if (at < Number.POSITIVE_INFINITY) timer = setTimeout(ring, Math.min(LONGEST_TIMER_MS, Math.max(1, Math.ceil(at - now()))));
  };
  const ring = () => {
    timerAt = Number.POSITIVE_INFINITY;
    for (let next = nextSleeper(); next && next.at <= now(); next = nextSleeper()) next.wake();
    setTimer();
  };
  const sleepersOf = (signal: AbortSignal) => {
    const known = bySignal.get(signal);
    if (known) return known;
    const sleepers = new Set<Sleeper>();
    bySignal.set(signal, sleepers);
    signal.addEventListener('abort', () => {
      for (const sleeper of sleepers) sleeper.wake();
      setTimer();
    });
    return sleepers;
  };

  return (ms, signal) => {
    if (signal.aborted || ms <= 0) return Promise.resolve();
    const sleepers = sleepersOf(signal);
    return new Promise((resolve) => {
      const wake = () => {
        sleeper.isAwake = true;
        sleepers.delete(sleeper);
        resolve();
      };
      const sleeper: Sleeper = { at: now() + ms, isAwake: false, wake };
      sleepers.add(sleeper);
      queue.push(sleeper);
      setTimer();
    });
  };
}
