import { expect, it } from 'vitest';
import { withSession } from '../../src/commands/session/session.ts';
import { fakeClock } from '../support/fake-clock.ts';

it('a session stops listening for signals even if its line on the terminal cannot be cleared', async () => {
  const clock = fakeClock();
  let isGone = false;
  const listening = new Set<string>();
  let draw = () => {};
  const drawn = new Promise<void>((resolve) => {
    draw = resolve;
  });
  const move = () => {
    if (isGone) throw new Error('EIO');
    draw();
  };
  const stderr = { isTTY: true, columns: 80, write: () => true, cursorTo: move, clearLine: move, moveCursor: move };
  const onStop = () => {
    listening.add('signals');
    return () => listening.delete('signals');
  };
  const host = { clock, env: {}, stderr, onStop, isForeground: () => true, random: () => 0 };
  const context = { host, stderr, stdout: { broken: new AbortController().signal } };
  const access = {
    settings: { apiUrl: new URL('http://127.0.0.1:1'), timeoutMs: Number.POSITIVE_INFINITY, proxy: null },
    token: 'x',
  };
  const held = withSession({ meanwhile: '', fix: '' }, access as never, context as never, async ({ tell }) => {
    tell('Read 1');
    await drawn;
    isGone = true;
    return [...listening];
  });
  await expect(held).rejects.toThrow('EIO');
  expect([...listening]).toEqual([]);
});
