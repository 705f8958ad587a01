import { expect, it, vi } from 'vitest';
import { startLimit } from '../../src/client/limit.ts';

it('the time limit of a request stands still while the request waits for its turn with us', () => {
  vi.useFakeTimers();
  try {
    const limit = startLimit(30_000, new AbortController().signal);
    vi.advanceTimersByTime(20_000);
    limit.pause();
    vi.advanceTimersByTime(60_000);
    limit.resume();
    vi.advanceTimersByTime(9_999);
    expect(limit.isOver()).toBe(false);
    vi.advanceTimersByTime(1);
    expect(limit.isOver()).toBe(true);
  } finally {
    vi.useRealTimers();
  }
});
