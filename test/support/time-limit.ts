import { onTestFinished, vi } from 'vitest';
import type { Reply } from './api.ts';

/** Stops all timers of this process until the test is over, and with them the time limits of requests. Sleeps on a fake clock go on. */
export function stopTimers(): void {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
}

/** Does as the reply says, lets that arrive, and then the request's time limit is over; for stopped timers. */
export function tooLate(limitMs: number, reply: Reply): Reply {
  return async (request, response) => {
    reply(request, response);
    for (let turn = 0; turn < 3; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    vi.advanceTimersByTime(limitMs);
  };
}
