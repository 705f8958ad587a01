import { describe, expect, it } from 'vitest';
import { body, error, startApi, task } from '../support/api.ts';
import { nappingClock } from '../support/fake-clock.ts';
import { run } from '../support/run.ts';
import { ENDED, wireTask } from '../support/tasks.ts';

/*
 * On a terminal, what does not move: where nothing should, and where there is nothing to choose. What moves is in test/tty.
 */

const steps = [10, 20, 30, 40].map((num_results) => task({ num_results }));

describe('where nothing should move', () => {
  async function watch(flags: readonly string[], env: Readonly<Record<string, string>>) {
    const [api, clock] = [await startApi(), nappingClock()];
    api.replies(...steps, task(ENDED.done));
    const args = ['watch', 'task-1', '--interval', '1s', '--no-color', ...flags];
    const ran = await run(args, { api, clock, env, isTerminal: true });
    expect(ran.code).toBe(0);
    expect(ran.stderr).not.toContain('\u001b');
    return ran.stderr;
  }

  it.each([[{ CI: 'true' }], [{ TERM: 'dumb' }], [{ CI: '1', TERM: 'xterm' }]])(
    '(%j) progress is plain lines without escape codes',
    async (env) => {
      const told = await watch([], env);
      expect(told).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ task-1 running .* high_fit=10 /);
      expect(told).toMatch(/high_fit=50/);
    },
  );

  it.each([
    ['ACCESSIBLE', [], { ACCESSIBLE: '1' }],
    ['--progress plain --ascii', ['--progress', 'plain', '--ascii'], {}],
    ['--progress plain, EXTRUCT_ASCII', ['--progress', 'plain'], { EXTRUCT_ASCII: '1' }],
  ])('(%s) progress is sentences, of which the first tells all', async (_, flags, env) => {
    expect(await watch(flags, env)).toMatch(
      /^10 of 50 high fit, running, 400 discovered, .*\n(?:.*\n)*done, 50 of 50 high fit, .*, after \d seconds?\n/,
    );
  });
});

describe('--bell', () => {
  it('rings once, at the end', async () => {
    const [api, clock] = [await startApi(), nappingClock()];
    api.replies(task(), task(ENDED.done));
    const args = ['watch', 'task-1', '--interval', '1s', '--progress', 'plain', '--bell'];
    const { stderr } = await run(args, { api, clock, isTerminal: true });
    expect(stderr.split('\u0007')).toEqual([expect.stringContaining('high_fit=50'), expect.any(String)]);
  });
});

describe('watch with no task', () => {
  const over = JSON.stringify([wireTask({ id: 'over', status: 'done' })]);

  it.each([
    [body(200, '[]'), 2, 'None of the 20 newest tasks is running; run'],
    [body(200, over), 2, 'None of the 20 newest tasks is running; run'],
    [error(401), 4, 'The API refused the token (401)'],
    [error(404), 6, 'The API is not at this address (404)'],
    [body(200, '{}'), 1, 'something that is not a list of tasks'],
  ])('says why there is nothing to choose', async (reply, code, message) => {
    const api = await startApi();
    api.repliesTo('discovery_tasks?offset=0&limit=20', reply);
    const ran = await run(['watch', '--retry-for', '0'], { api, isTerminal: true });
    expect(ran).toMatchObject({ code, stdout: '', stderr: expect.stringContaining(message) });
  });

  it('is a usage error in CI, where nobody can choose', async () => {
    const ran = await run(['watch'], { env: { CI: 'true' }, isTerminal: true });
    expect(ran).toMatchObject({ code: 2, stderr: expect.stringContaining('no task given') });
  });
});
