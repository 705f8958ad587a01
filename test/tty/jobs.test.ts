import { describe, expect, it } from 'vitest';
import { startApi } from '../support/api.ts';
import { runInTerminal, type Screen, shows, startInTerminal } from '../support/terminal.ts';

/** A terminal that has a mark of progress on its tab, and how the mark stands there. */
const MARKED = { VTE_VERSION: '8001' };
const markOn = (screen: Screen) => screen.bytes().split('\u001b]9;4;').at(-1)?.split('\u001b', 1)[0];

describe('a crash', () => {
  it('is told in one line, without a stack, and gives the cursor back', async () => {
    const api = await startApi();
    const crash = 'data:text/javascript,process.once(`SIGUSR2`,()=>{throw(new(Error)(`boom`))})';
    const screen = runInTerminal(['watch', 'task-1'], {
      api,
      columns: 240,
      env: { ...MARKED, NODE_OPTIONS: `--import ${crash}` },
    });
    await shows(screen, '25 of 50');
    expect(markOn(screen)).toBe('1;50');
    process.kill(screen.pid, 'SIGUSR2');
    expect(await screen.exited).toBe(1);
    await shows(
      screen,
      /^error: extruct-task itself failed, which is a bug \(Error: boom.*\); run it again with --verbose, and report/,
    );
    expect(screen.bytes()).not.toMatch(/at \S+ \(/);
    await expect.poll(() => screen.isCursorVisible()).toBe(true);
    expect(markOn(screen)).toBe('0');
  });
});

describe('Ctrl-C', () => {
  it('says that the task goes on and how to see it, gives the cursor back, and dies of SIGINT', async () => {
    const api = await startApi();
    const screen = runInTerminal(['watch', 'task-1'], { api, columns: 120, env: MARKED });
    await shows(screen, '25 of 50');
    screen.type('\u0003');
    expect(await screen.exited).toBe(130);
    await expect
      .poll(() => screen.everything())
      .toEqual([
        expect.stringMatching(/^■ stopped at 25 of 50 high-fit; it goes on running on the server +extruct-task watch task-1/),
      ]);
    await expect.poll(() => screen.isCursorVisible()).toBe(true);
    expect(markOn(screen)).toBe('0');
  });

  it('ends a shell’s loop as well', async () => {
    const api = await startApi();
    const screen = startInTerminal('bash', ['-c', 'for i in 1 2 3; do $PROGRAM watch task-1; done; echo still here'], { api });
    await shows(screen, '25 of 50');
    screen.type('\u0003');
    expect(await screen.exited).toBe(130);
    expect(screen.everything().join('\n')).not.toContain('still here');
  });
});

describe('Ctrl-Z', () => {
  it('gives the terminal back, and fg draws the view anew', async () => {
    const api = await startApi();
    const screen = startInTerminal('bash', ['--norc', '--noprofile', '-i'], { api, env: { ...MARKED, PS1: '$ ' } });
    await shows(screen, /^\$/);
    screen.type('$PROGRAM watch task-1 --interval 200ms\n');
    await shows(screen, '25 of 50');
    screen.type('\u001a');
    await shows(screen, /Stopped/);
    await expect.poll(() => screen.isCursorVisible()).toBe(true);
    expect(screen.lines().join('\n')).not.toContain('high-fit');
    expect(markOn(screen)).toBe('0');
    const asked = api.requests.length;
    screen.type('fg\n');
    await shows(screen, '25 of 50');
    await expect.poll(() => api.requests.length).toBeGreaterThan(asked);
    expect(markOn(screen)).toBe('1;50');
    screen.type('\u0003');
    await shows(screen, 'it goes on');
    await expect.poll(() => screen.isCursorVisible()).toBe(true);
    screen.type('exit\n');
    await screen.exited;
  });
});

describe('a job in the background', () => {
  // Where there is no /proc it is ps that knows: also here, if the program takes this system for another one.
  const ELSEWHERE = 'data:text/javascript,Object.defineProperty(process,`platform`,{value:`freebsd`})';

  it.each([
    ['on this system', {}],
    ['on one without /proc', { NODE_OPTIONS: `--import ${ELSEWHERE}` }],
  ])('draws nothing until it is brought to the front, %s', async (_, env) => {
    const api = await startApi();
    const screen = startInTerminal('bash', ['--norc', '--noprofile', '-i'], { api, env: { PS1: '$ ', ...env } });
    await shows(screen, /^\$/);
    screen.type('$PROGRAM watch task-1 --interval 100ms &\n');
    await expect.poll(() => api.requests.length).toBeGreaterThan(15);
    expect(screen.bytes()).not.toContain('solar');
    screen.type('fg\n');
    await shows(screen, '25 of 50');
    screen.type('\u001a');
    await shows(screen, /Stopped/);
    const asked = api.requests.length;
    screen.type('bg\n');
    await expect.poll(() => api.requests.length).toBeGreaterThan(asked + 10);
    expect(screen.lines().join('\n')).not.toContain('solar');
    expect(screen.isCursorVisible()).toBe(true);
    screen.type('kill %1\n');
    await shows(screen, 'it goes on');
    screen.type('exit\n');
    await screen.exited;
  });
});
