import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Progress } from '../../src/core/progress.ts';
import { liveProgress } from '../../src/render/live.ts';
import { paintOf } from '../../src/render/paint.ts';
import { progress } from '../support/progress.ts';

const SECONDS = 60;

/** Draws for a minute of the view's time, with `news` each second; tells bytes and processor time a second. */
function costOf(
  rows: number,
  news: (tell: (id: string, changes: object) => void, second: number) => void,
  { now = () => performance.now(), told = (all: Progress) => all } = {},
) {
  let bytes = 0;
  const stream = {
    write(text: string) {
      bytes += Buffer.byteLength(text);
      return true;
    },
    on() {},
    removeListener() {},
    columns: 120,
    rows,
  };
  const quiet = () => () => {};
  const terminal = {
    stream: stream as unknown as NodeJS.WritableStream,
    shared: [],
    env: {},
    unicode: true,
    isForeground: () => true,
    onSuspend: quiet,
    quietKeys: quiet,
  };
  const clock = { now, wallTime: () => Date.now(), sleep: () => new Promise<void>(() => {}) };
  const before = process.cpuUsage();
  const startedAt = clock.now();
  const view = liveProgress(terminal, clock, paintOf(true));
  const tell = (id: string, changes: object) => view.update(told({ ...progress({ id, ...changes }), startedAt }));
  for (let second = 0; second < SECONDS; second += 1) {
    news(tell, second);
    vi.advanceTimersByTime(1000);
    // The first second has the first frames, which are drawn as a whole.
    if (second === 0) bytes = 0;
  }
  view.close();
  const { user, system } = process.cpuUsage(before);
  return { bytes: bytes / (SECONDS - 1), share: (user + system) / 1e6 / SECONDS };
}

describe('what drawing costs', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'setTimeout', 'clearTimeout', 'performance'] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('is under 300 bytes a second, and under 1 % of a core, while nothing changes', () => {
    const cost = costOf(40, (tell, second) => second === 0 && tell('task-1', {}));
    expect(cost.bytes).toBeLessThan(300);
    expect(cost.bytes).toBeGreaterThan(50);
    expect(cost.share).toBeLessThan(0.01);
  });

  it('is under 4 % of the time, however long a frame takes', () => {
    let spentMs = 0;
    // A view that takes 20 ms to look at the task, which it does several times a frame.
    const slow = (all: Progress) =>
      Object.defineProperty({ ...all }, 'task', {
        get() {
          spentMs += 20;
          return all.task;
        },
      });
    costOf(40, (tell) => tell('task-1', {}), { now: () => performance.now() + spentMs, told: slow });
    expect(spentMs).toBeGreaterThan(500);
    expect(spentMs).toBeLessThan(0.05 * SECONDS * 1000);
  });

  it('is under 2 KB a second, and under 4 % of a core, for 200 tasks that all move', () => {
    const cost = costOf(60, (tell, second) => {
      for (let index = 0; index < 200; index += 1) {
        const changes = { query: `query ${index}`, num_results: second % 50, num_results_discovered: 400 + second * index };
        if (second === 0 || (index + second) % 4 === 0) tell(`task-${index}`, changes);
      }
    });
    expect(cost.bytes).toBeLessThan(2048);
    expect(cost.share).toBeLessThan(0.04);
  });
});
