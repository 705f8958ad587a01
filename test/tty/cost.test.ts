import { describe, expect, it } from 'vitest';
import { startApi, task } from '../support/api.ts';
import { runInTerminal, type Screen } from '../support/terminal.ts';

describe('what drawing costs', () => {
  /** Bytes a second that are written in some seconds of the view's own time, once it stands. */
  async function bytesPerSecond(screen: Screen): Promise<number> {
    const seconds = () => Number(/· (\d+)s ·/.exec(screen.lines().join('\n'))?.[1] ?? 0);
    await expect.poll(seconds).toBeGreaterThan(0);
    const [bytes, since] = [Buffer.byteLength(screen.bytes()), seconds()];
    await expect.poll(seconds).toBeGreaterThan(since + 3);
    return (Buffer.byteLength(screen.bytes()) - bytes) / (seconds() - since);
  }

  it('is under 200 bytes a second while nothing changes, colours and all', async () => {
    const api = await startApi();
    const screen = runInTerminal(['watch', 'task-1', '--interval', '10s'], { api, env: { FORCE_COLOR: '1' }, columns: 120 });
    expect(await bytesPerSecond(screen)).toBeLessThan(200);
  });

  it('is under 2 KB a second for twenty tasks that all move', async () => {
    const api = await startApi();
    const moving = Array.from({ length: 40 }, (_, index) => task({ num_results: index, num_results_discovered: 400 + index }));
    const ids = Array.from({ length: 20 }, (_, index) => `task-${index}`);
    for (const id of ids) api.repliesTo(id, ...moving);
    const screen = runInTerminal(['watch', ...ids, '--interval', '2s'], {
      api,
      env: { FORCE_COLOR: '1' },
      columns: 120,
      rows: 40,
    });
    expect(await bytesPerSecond(screen)).toBeLessThan(2048);
  });
});
