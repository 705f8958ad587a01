import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import type { StopSignal } from '../../src/core/outcome.ts';
import { error, listen, type Reply, startApi, task } from '../support/api.ts';
import { expectCivil } from '../support/civil.ts';
import { onLinux } from '../support/platform.ts';
import { BINARY, runBinary } from '../support/run.ts';
import { ENDED } from '../support/tasks.ts';
import { runInTerminal } from '../support/terminal.ts';

const done = task(ENDED.done);

/** An environment in which nothing is as it should be. */
const NONSENSE = 'PATH= HOME=/proc/self/mem/no TERM=no-such-terminal COLUMNS=-5e99 LC_ALL=xx_YY.none TZ=Nowhere/None';

/** What a program is doing when the signal comes: an API that brings it there, and calls `reached` then. */
type Stage = (reached: () => void) => Promise<{ url: string }>;

const soon = (reached: () => void) => void setTimeout(reached, 100);

function answering(reply: Reply): Stage {
  return async (reached) => {
    const api = await startApi();
    api.replies((request, response) => {
      reply(request, response);
      soon(reached);
    });
    return api;
  };
}

const connecting: Stage = async (reached) => {
  const url = await listen(createServer((socket) => void socket.on('error', () => {}).once('data', () => soon(reached))));
  return { url: url.replace('http:', 'https:') };
};
const reading = answering((_request, response) => void response.writeHead(200).write('{"id":'));
const sleeping = answering(task());
const backingOff = answering(error(503, { 'retry-after': '60' }));

describe.each<readonly [doing: string, stage: Stage, signal: StopSignal, code: number]>([
  ['connecting', connecting, 'SIGHUP', 129],
  ['reading', reading, 'SIGINT', 130],
  ['sleeping', sleeping, 'SIGINT', 130],
  ['backing off', backingOff, 'SIGTERM', 143],
])('stopped while %s', (_doing, stage, signal, code) => {
  it(`by ${signal} it says so, and dies of it`, async () => {
    let kill = () => {};
    const api = await stage(() => kill());
    const ran = await runBinary(['watch', 'task-1', '--json', '--quiet', '--interval', '60s'], {
      api,
      onReady: (send) => {
        kill = () => send(signal);
      },
    });
    expect(ran).toMatchObject({ code: null, died: signal });
    expect(ran.stderr).toBe(
      'Stopped: the task goes on running on the server; run `extruct-task watch task-1 --interval 60s --json --quiet` to watch it again\n',
    );
    expect(ran.json.at(-1)).toMatchObject({ id: 'task-1', outcome: 'interrupted', exit_code: code });
    expectCivil(ran);
  });
});

it.each([
  ['connecting', connecting],
  ['reading', reading],
])('stopped twice while %s, it does not linger', async (_doing, stage) => {
  let kill = () => {};
  const api = await stage(() => kill());
  const ran = await runBinary(['watch', 'task-1', '--quiet', '--interval', '60s'], {
    api,
    onReady: (send) => {
      kill = () => {
        send('SIGINT');
        send('SIGTERM');
      };
    },
  });
  expect(['SIGINT', 'SIGTERM']).toContain(ran.died);
  expect(ran.stderr).not.toMatch(/^\s+at /m);
});

it('stopped for a while and continued, it goes on without a burst', async () => {
  const api = await startApi();
  let send: (signal: NodeJS.Signals) => void = () => {};
  let [before, continuedAt] = [0, 0];
  const replies = Array.from({ length: 6 }, () => task());
  api.replies(
    ...replies,
    (request, response) => {
      before = api.requests.length;
      send('SIGSTOP');
      task()(request, response);
      setTimeout(() => {
        continuedAt = performance.now();
        send('SIGCONT');
      }, 3500);
    },
    ...replies,
    done,
  );
  const ran = await runBinary(['watch', 'task-1', '--json', '--interval', '100ms', '--request-timeout', '3s'], {
    api,
    onReady: (kill) => {
      send = kill as typeof send;
    },
  });
  expect(ran.code).toBe(0);
  expect(ran.stderr).not.toContain('try 2');
  // A request may be noted late, but not too early: the nth cannot come before n - 1 intervals are over. Timers round to milliseconds.
  const after = api.requests.slice(before).map(({ at }) => at - continuedAt);
  expect(after).toHaveLength(7);
  for (const [index, at] of after.entries()) expect(at).toBeGreaterThan(index * 100 - 2 * (index + 1));
  expectCivil(ran);
});

describe('on an odd machine, where', () => {
  const program = `"${process.execPath}" "${BINARY}"`;
  const get = `${program} get task-1 --json`;
  const watch = `${program} watch task-1 --json --interval 100ms`;

  type Row = readonly [oddity: string, script: string, sees: RegExp, code: number];

  const meets = async (script: string, sees: RegExp, code: number) => {
    const api = await startApi();
    api.replies(task(), done);
    if (script.includes(' get ')) api.replies(done);
    const ran = await runBinary([script], { api, shell: true });
    expect(ran.stderr).toMatch(sees);
    expect(ran.code).toBe(code);
    expect(ran.stderr).not.toMatch(/^\s+at |node:internal|Warning/m);
  };

  onLinux.each<Row>([
    ['stdout is full', `${get} > /dev/full`, /^error: The output could not be written \(ENOSPC\); check/, 1],
    ['stdout is full, for a table', `${program} get task-1 > /dev/full`, /^error: The output .* \(ENOSPC\); check/, 1],
    ['stderr is full', `${watch} -v 2> /dev/full`, /^$/, 0],
  ])('%s', (_oddity, script, sees, code) => meets(script, sees, code));

  it.each<Row>([
    ['stdout is closed', `${get} >&-`, /^$/, 0],
    ['the reader of stdout has gone', `set -o pipefail; ${watch} -q | true`, /^$/, 141],
    ['the reader takes one line', `set -o pipefail; ${watch} | head -n 1 > /dev/null`, /./, 141],
    ['the reader is slow', `${watch} -q | (sleep 0.5; cat > /dev/null); exit \${PIPESTATUS[0]}`, /^$/, 0],
    ['stderr is closed', `${watch} -v 2>&-`, /^$/, 0],
    ['stdin is closed', `${get} <&-`, /^$/, 0],
    ['all three are closed', `${get} <&- >&- 2>&-`, /^$/, 0],
    [
      'there is no home, no TERM, a folder as stdin, and SIGPIPE is ignored',
      `unset HOME TERM; trap '' PIPE; ${get} < /`,
      /^$/,
      0,
    ],
    [
      'the folder has been deleted, and the environment is nonsense',
      `cd "$(mktemp -d)"; rmdir "$PWD"; ${NONSENSE} ${watch} -q`,
      /^$/,
      0,
    ],
  ])('%s', (_oddity, script, sees, code) => meets(script, sees, code));

  it('the terminal is one column wide, it is drawn without an error', async () => {
    const api = await startApi();
    api.replies(task(), done);
    const screen = runInTerminal(['watch', 'task-1', '--interval', '300ms'], { api, columns: 1, rows: 10 });
    expect(await screen.exited).toBe(0);
    await expect.poll(() => screen.isCursorVisible()).toBe(true);
  });
});
