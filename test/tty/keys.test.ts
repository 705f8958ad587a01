import { describe, expect, it } from 'vitest';
import { startApi, task } from '../support/api.ts';
import { ENDED } from '../support/tasks.ts';
import { type Screen, shows, startInTerminal } from '../support/terminal.ts';

const VIEW = /[⠋⠙⠸⠴⠦⠇█▆━─]/;
const CRASH = 'data:text/javascript,process.once(`SIGUSR2`,()=>{throw(new(Error)(`boom`))})';

/** Runs a watch in a shell that then says whether the terminal shows keys. The screen tells the watch's process ID first. */
function watchInShell(api: { readonly url: string }, env = {}): Screen {
  const script =
    '(echo "pid $BASHPID"; exec $PROGRAM watch task-1 --interval 200ms); stty -a | grep -oE -- "-?\\becho\\b"; sleep 9';
  return startInTerminal('bash', ['--norc', '-c', `trap : INT; ${script}`], { api, env });
}

async function pidOf(screen: Screen): Promise<number> {
  await shows(screen, '25 of 50');
  return Number(/pid (\d+)/.exec(screen.everything().join('\n'))?.[1]);
}

/** Once the keys are quiet: a moment after the first frame. */
async function isQuiet(screen: Screen): Promise<void> {
  await expect.poll(() => screen.showsKeys()).toBe(false);
}

describe('keys that are pressed while the view stands', () => {
  it('are not shown, change nothing, and reach the shell afterwards', async () => {
    const api = await startApi();
    const screen = startInTerminal('bash', ['--norc', '--noprofile', '-i'], { api, env: { PS1: '$ ' } });
    await shows(screen, /^\$/);
    screen.type('$PROGRAM watch task-1 --interval 200ms\n');
    await shows(screen, '25 of 50');
    await isQuiet(screen);
    screen.type('\n\nexpr 40 + 2\n');
    await expect.poll(() => api.requests.length).toBeGreaterThan(10);
    expect(screen.lines().slice(1, 3)).toEqual([
      expect.stringMatching(/^\S solar companies in Spain/),
      expect.stringMatching(/25 of 50 high-fit/),
    ]);
    api.replies(task(ENDED.done));
    await shows(screen, /^42$/m);
    expect(screen.everything().join('\n')).not.toMatch(VIEW);
    screen.type('exit\n');
    await screen.exited;
  });

  it.each([
    ['the end', () => {}],
    ['Ctrl-C', (screen: Screen) => screen.type('\u0003')],
    ['SIGTERM', (_: Screen, pid: number) => process.kill(pid, 'SIGTERM')],
    ['SIGQUIT', (_: Screen, pid: number) => process.kill(pid, 'SIGQUIT')],
    ['a crash', (_: Screen, pid: number) => process.kill(pid, 'SIGUSR2')],
  ])('are shown again after %s', async (name, end) => {
    const api = await startApi();
    const screen = watchInShell(api, { NODE_OPTIONS: `--import ${CRASH}`, WT_SESSION: 'b6a1' });
    const pid = await pidOf(screen);
    await isQuiet(screen);
    if (name === 'the end') api.replies(task(ENDED.done));
    end(screen, pid);
    await shows(screen, /^echo$/m);
    expect(screen.isCursorVisible()).toBe(true);
    expect(screen.everything().join('\n')).not.toMatch(VIEW);
    // So is the mark on the terminal's tab.
    expect(screen.bytes().match(/\]9;4;\d/g)).toEqual([']9;4;3', ']9;4;1', ']9;4;0']);
  });

  it('are shown while it is stopped by Ctrl-Z, and not after fg', async () => {
    const api = await startApi();
    const screen = startInTerminal('sh', ['-i'], { api, env: { PS1: '$ ' } });
    await shows(screen, /^\$/);
    screen.type('$PROGRAM watch task-1 --interval 200ms\n');
    await shows(screen, '25 of 50');
    await isQuiet(screen);
    screen.type('\u001a');
    await shows(screen, /Stopped/);
    await expect.poll(() => screen.showsKeys()).toBe(true);
    screen.type('fg\n');
    await shows(screen, '25 of 50');
    await isQuiet(screen);
    screen.type('\u0003');
    await shows(screen, 'it goes on');
    await expect.poll(() => screen.showsKeys()).toBe(true);
    screen.type('exit\n');
    await screen.exited;
  });

  it('stay as they were where the terminal showed none before', async () => {
    const api = await startApi();
    api.replies(task(), task(ENDED.done));
    const script = 'stty -echo; $PROGRAM watch task-1 --interval 300ms; stty -a | grep -oE -- "-?\\becho\\b"; sleep 9';
    const screen = startInTerminal('bash', ['--norc', '-c', script], { api });
    await shows(screen, /^-echo$/m);
  });
});
