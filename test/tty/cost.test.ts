import { describe, expect, it } from 'vitest';
import { startApi, task } from '../support/api.ts';
import { runInTerminal, type Screen, shows } from '../support/terminal.ts';

describe('what drawing costs', () => {
  /** Bytes a second that are written between two moments of the view. */
  async function bytesPerSecond(screen: Screen, from: RegExp, to: RegExp): Promise<number> {
    await shows(screen, from);
    const [bytes, started] = [Buffer.byteLength(screen.bytes()), performance.now()];
    await shows(screen, to);
    return (Buffer.byteLength(screen.bytes()) - bytes) / ((performance.now() - started) / 1000);
  }

  it('is under 200 bytes a second while nothing changes, colours and all', async () => {
    const api = await startApi();
    const screen = runInTerminal(['watch', 'task-1', '--interval', '10s'], { api, env: { FORCE_COLOR: '1' }, columns: 120 });
    expect(await bytesPerSecond(screen, /· [1-4]s ·/, /· [6-9]s ·/)).toBeLessThan(200);
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
    expect(await bytesPerSecond(screen, /· [1-3]s ·/, /· [5-9]s ·/)).toBeLessThan(2048);
  });
});
