import { describe, expect, it } from 'vitest';
import { body, error, startApi, task } from '../support/api.ts';
import { nappingClock } from '../support/fake-clock.ts';
import { run, type Setting } from '../support/run.ts';
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

describe('the end of a watch', () => {
  const PLAIN = ['--interval', '5s', '--progress', 'plain', '--no-color'];

  it('of several tasks that a signal stops is their table too: which have ended, and how', async () => {
    const api = await startApi();
    let stop = () => {};
    api.repliesTo('a', task(ENDED.failed));
    api.repliesTo('b', (request, response) => {
      task()(request, response);
      setTimeout(() => stop(), 50);
    });
    const onReady: Setting['onReady'] = (send) => {
      stop = () => send('SIGINT');
    };
    const ran = await run(['watch', 'a', 'b', ...PLAIN], { api, onReady, isTerminal: true });
    expect(ran.code).toBe(130);
    expect(ran.stdout).toMatch(/^task +outcome.*\na +failed .*\nb +interrupted +25\/50 .*\n$/);
    expect(ran.stderr.split('\n').at(-2)).toMatch(
      /^■ 2 tasks in \d+s: 1 failed, 1 interrupted; the unfinished one goes on running on the server +extruct-task watch b /,
    );
  });

  it('at --timeout names one command, that of the tasks that are left, and the time that was given', async () => {
    const api = await startApi();
    api.repliesTo('a', task(ENDED.failed));
    const args = ['watch', 'a', 'b', 'c', '--timeout', '30s', ...PLAIN];
    const { stderr } = await run(args, { api, clock: nappingClock(), isTerminal: true, ageMs: 900 });
    expect(stderr.split('\n').slice(-4)).toEqual([
      'error: b, c: Not ended within 30s (--timeout); set a longer --timeout',
      '✗ 3 tasks in 30s: 1 failed, 2 timed out; the unfinished 2 go on running on the server',
      'extruct-task watch b c --interval 5s --progress plain --no-color --timeout 30s',
      '',
    ]);
  });

  it.each([[true], [false]])(
    'after --for with -q is the table’s, which names the command to go on (terminal: %s)',
    async (isTerminal) => {
      const api = await startApi();
      const ran = await run(['watch', 'task-1', '--interval', '10s', '--for', '30s', '-q', '--no-color'], {
        api,
        clock: nappingClock(),
        isTerminal,
      });
      expect(ran).toMatchObject({ code: 8, stderr: '' });
      expect(ran.stdout).toMatch(
        /^Next +run `extruct-task watch task-1 --for 30s --interval 10s --quiet --no-color` to go on\nResults +extruct-task results task-1$/m,
      );
    },
  );
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
