import { onTestFinished, vi } from 'vitest';
import type { Reply } from './api.ts';

/** Stops all timers of this process until the test is over, and with them the time limits of requests. Sleeps on a fake clock go on. */
export function stopTimers(): void {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
}

/** Does as the reply says, and then the request's time limit is over; for stopped timers. */
export function tooLate(limitMs: number, reply: Reply): Reply {
  return (request, response) => {
    reply(request, response);
    setImmediate(() => vi.advanceTimersByTime(limitMs));
  };
}
