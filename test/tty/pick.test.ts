import { describe, expect, it } from 'vitest';
import { body, results, silence, startApi, task } from '../support/api.ts';
import { ENDED, wireResult, wireTask } from '../support/tasks.ts';
import { runInTerminal, shows, startInTerminal } from '../support/terminal.ts';

const list = body(
  200,
  JSON.stringify([
    wireTask({ id: 'newest', query: 'wind farms\u001b[31m', num_results: 3 }),
    wireTask({ id: 'over', query: 'an ended one', status: 'done' }),
    wireTask({ id: 'oldest', query: 'solar parks', num_results: 7 }),
    { not: 'a task' },
  ]),
);

describe('watch with no task, on a terminal', () => {
  it('offers those that run, newest first, and watches the one that is chosen', async () => {
    const api = await startApi();
    api.repliesTo('discovery_tasks?offset=0&limit=20', list);
    api.repliesTo('oldest', task(ENDED.done));
    const screen = runInTerminal(['watch'], { api, columns: 100 });
    await shows(screen, /wind farms�\[31m {2}3\/50\n[\s\S]*solar parks {6}7\/50\n/);
    expect(screen.lines().join('\n')).not.toContain('an ended one');
    screen.type('\u001b[B\r');
    expect(await screen.exited).toBe(0);
    await shows(screen, /Outcome +done: 50 of 50 high-fit results/);
  });

  it.each([
    ['Ctrl-C', '\u0003'],
    ['Esc', '\u001b'],
    ['Ctrl-D', '\u0004'],
  ])('can be left with %s: no error, and the words that none was chosen', async (_, key) => {
    const api = await startApi();
    api.repliesTo('discovery_tasks?offset=0&limit=20', list);
    const screen = runInTerminal(['watch'], { api });
    await shows(screen, 'Which task?');
    screen.type(key);
    expect(await screen.exited).toBe(130);
    await shows(screen, /No task was chosen$/);
    expect(screen.bytes()).not.toContain('error');
    await expect.poll(() => screen.isCursorVisible()).toBe(true);
  });

  it('gives the terminal back on Ctrl-Z, and goes on with fg', async () => {
    const api = await startApi();
    api.repliesTo('discovery_tasks?offset=0&limit=20', list);
    api.repliesTo('oldest', task(ENDED.done));
    const screen = startInTerminal('bash', ['--norc', '--noprofile', '-i'], { api, columns: 100, env: { PS1: '$ ' } });
    await shows(screen, /^\$/);
    screen.type('$PROGRAM watch\r');
    await shows(screen, 'Which task?');
    screen.type('\u001a');
    await shows(screen, 'Stopped');
    await expect.poll(() => screen.isCursorVisible()).toBe(true);
    screen.type('clear; fg\r');
    await shows(screen, /^\$PROGRAM watch[\s\S]*Which task\?[\s\S]*solar parks/);
    screen.type('\u001b[B\r');
    await shows(screen, /Outcome +done: 50 of 50 high-fit results/);
    await expect.poll(() => screen.isCursorVisible()).toBe(true);
  });

  it.each(['get', 'results'])('offers those that have ended too, to %s', async (command) => {
    const api = await startApi();
    api.repliesTo('discovery_tasks?offset=0&limit=20', list);
    api.repliesTo('results?offset=0&limit=50', results([wireResult(1)]));
    const screen = runInTerminal([command], { api, columns: 100 });
    await shows(screen, /wind farms\S+ +running {3}3\/50\n[\s\S]*an ended one +done {5}25\/50\n/);
    screen.type('\u001b[B\r');
    await expect.poll(() => api.requests.at(-1)?.path).toMatch(/^\/v1\/discovery_tasks\/over/);
    expect(await screen.exited).toBe(command === 'get' ? 8 : 0);
  });

  it('offers no id that a user could not have typed: it would become a path', async () => {
    const api = await startApi();
    const evil = wireTask({ id: '../../admin?x=\u001b]0;owned\u0007' });
    api.repliesTo('discovery_tasks?offset=0&limit=20', body(200, JSON.stringify([evil, wireTask({ id: 'good', query: '' })])));
    const screen = runInTerminal(['watch'], { api, columns: 100 });
    await shows(screen, /good {2}25\/50/);
    expect(screen.bytes()).not.toContain('owned');
    screen.type('\r');
    await expect.poll(() => api.requests.at(-1)?.path).toBe('/v1/discovery_tasks/good');
  });

  it('names tasks of the same query apart, and is drawn in ASCII with --ascii', async () => {
    const api = await startApi();
    const tasks = ['0b6f', '3b6f'].map((id) => wireTask({ id, query: 'Käsereien in den Bergen' }));
    api.repliesTo('discovery_tasks?offset=0&limit=20', body(200, JSON.stringify(tasks)));
    const screen = runInTerminal(['watch', '--ascii'], { api, columns: 46 });
    await shows(
      screen,
      /Which task\?\n\| {2}> Käsereien in den B~ \(0\) {2}25\/50\n\| {2}o Käsereien in den B~ \(3\) {2}25\/50\n/,
    );
    expect(screen.bytes().replaceAll('ä', '')).toMatch(/^\p{ASCII}*$/u);
    screen.type('\u001b');
    await screen.exited;
  });

  it.each([
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)('gives the terminal back on %s, and dies of it', async (signal, code) => {
    const api = await startApi();
    api.repliesTo('discovery_tasks?offset=0&limit=20', list);
    const screen = runInTerminal(['watch'], { api, columns: 120 });
    await shows(screen, 'Which task?');
    process.kill(screen.pid, signal);
    expect(await screen.exited).toBe(code);
    await expect.poll(() => screen.isCursorVisible()).toBe(true);
    await expect.poll(() => screen.lines().join('')).toContain('run `extruct-task watch` to choose again');
  });

  it.each([
    ['at the prompt', list],
    ['while the list is fetched', silence],
  ])('ends with 124 when --timeout is over %s', async (_when, reply) => {
    const api = await startApi();
    api.repliesTo('discovery_tasks?offset=0&limit=20', reply);
    const screen = runInTerminal(['watch', '--timeout', '1s'], { api, columns: 160 });
    expect(await screen.exited).toBe(124);
    await expect.poll(() => screen.lines().join('')).toContain('(--timeout)');
    await expect.poll(() => screen.isCursorVisible()).toBe(true);
  });
});
