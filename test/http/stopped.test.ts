import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import type { StopSignal } from '../../src/core/outcome.ts';
import { error, listen, type Reply, startApi, task } from '../support/api.ts';
import { standingClock } from '../support/fake-clock.ts';
import { type Ran, run, type Setting } from '../support/run.ts';

/*
 * A signal ends the program within a second. How long a process takes nobody can promise; but on a clock that stands still, it ends
 * only where it waits for nothing.
 */

/** What a program is doing when the signal comes: an API that brings it there, and calls `reached` then. */
type Stage = (reached: () => void) => Promise<{ url: string }>;

function answering(reply: Reply): Stage {
  return async (reached) => {
    const api = await startApi();
    api.replies((request, response) => {
      reply(request, response);
      setTimeout(reached, 50);
    });
    return api;
  };
}

const connecting: Stage = async (reached) => {
  const url = await listen(createServer((socket) => void socket.on('error', () => {}).once('data', reached)));
  return { url: url.replace('http:', 'https:') };
};
const reading = answering((_request, response) => void response.writeHead(200).write('{"id":'));
const sleeping = answering(task());
const backingOff = answering(error(503, { 'retry-after': '60' }));

/** Watches until the stage is reached, and is stopped then. */
async function stoppedIn(stage: Stage, signal: StopSignal, setting: Setting): Promise<Ran> {
  let stop = () => {};
  const api = await stage(() => stop());
  const onReady = (send: (signal: StopSignal) => void) => {
    stop = () => send(signal);
  };
  return run(['watch', 'task-1', '--json', '--quiet', '--interval', '60s'], { ...setting, api, onReady });
}

describe.each<readonly [doing: string, stage: Stage]>([
  ['connecting', connecting],
  ['reading', reading],
  ['sleeping', sleeping],
  ['backing off', backingOff],
])('stopped while %s', (_doing, stage) => {
  it('it waits for nothing', async () => {
    const ran = await stoppedIn(stage, 'SIGTERM', { clock: standingClock() });
    expect(ran.code).toBe(143);
    expect(ran.json.at(-1)).toMatchObject({ id: 'task-1', outcome: 'interrupted', exit_code: 143 });
  });
});

it('stopped while nobody reads what it writes, it waits for half a second, and no longer', async () => {
  const clock = standingClock();
  let ended: Ran | undefined;
  const stopping = stoppedIn(sleeping, 'SIGINT', { clock, stuckReader: true }).then((ran) => {
    ended = ran;
  });
  await expect.poll(() => clock.sleepers()).toEqual([500]);
  await clock.passes(499);
  expect(ended).toBeUndefined();
  await clock.passes(1);
  await stopping;
  expect(ended?.code).toBe(130);
});
