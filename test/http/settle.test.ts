import { describe, expect, it } from 'vitest';
import { list, startApi, task } from '../support/api.ts';
import { nappingClock } from '../support/fake-clock.ts';
import { run } from '../support/run.ts';
import { wireTask } from '../support/tasks.ts';

const INTERVAL = ['--interval', '100ms'];

/** A task whose sources are exhausted while it is being scored, or after that. */
function dry(num_results_evaluated: number, num_results: number, status = 'in_progress') {
  const candidates = { num_results_discovered: 300, num_results_enriched: 123 };
  return { ...candidates, is_exhausted: true, num_results_evaluated, num_results, status };
}

describe('watch of a task whose sources are exhausted', () => {
  it('goes on while candidates are scored, and tells how many are left', async () => {
    const api = await startApi();
    api.replies(task(dry(60, 20)), task(dry(100, 41)), task(dry(122, 54)), task(dry(122, 55, 'done')));
    const ran = await run(['watch', 'task-1', ...INTERVAL], { api });
    expect(ran.code).toBe(0);
    expect(ran.stdout).toContain('Outcome      done: 55 of 50 high-fit results; 1 candidate was not scored\n');
    expect(ran.stderr.match(/task-1 .*(?= discovered)/g)).toEqual([
      'task-1 running: sources exhausted, 63 still to be scored',
      'task-1 running: sources exhausted, 23 still to be scored',
      'task-1 running: sources exhausted, 1 still to be scored',
      'task-1 done, 1 not scored',
    ]);
  });

  it('ends as exhausted once all are scored', async () => {
    const api = await startApi();
    api.replies(task(dry(60, 20)), task(dry(123, 38)));
    const ran = await run(['watch', 'task-1', ...INTERVAL], { api });
    expect(ran.code).toBe(5);
    expect(ran.stdout).toContain('Outcome      exhausted: the sources ran dry at 38 of 50 high-fit results\n');
  });

  it('is running in JSON until then, with one last line', async () => {
    const api = await startApi();
    api.replies(task(dry(60, 20)), task(dry(100, 50)), task(dry(123, 50)));
    const ran = await run(['watch', 'task-1', ...INTERVAL, '--json', '-q'], { api });
    expect(ran.json.map(({ outcome, exit_code }) => [outcome, exit_code])).toEqual([
      ['running', undefined],
      ['running', undefined],
      ['done', 0],
    ]);
  });

  it('ends when no counter has changed for --settle, and says how many were not scored and how to wait longer', async () => {
    const api = await startApi();
    api.replies(task(dry(60, 20)));
    const ran = await run(['watch', 'task-1', ...INTERVAL, '--settle', '350ms', '-q'], { api, clock: nappingClock() });
    expect(ran.code).toBe(5);
    expect(api.requests).toHaveLength(5);
    const words = ran.stdout.replace(/\n +/g, ' ');
    expect(words).toContain('exhausted: the sources ran dry at 20 of 50 high-fit results; 63 candidates were not scored');
    expect(words).toMatch(/^Next +run `extruct-task watch task-1 --settle 10m` to wait/m);
  });

  it('ends at once with --settle 0', async () => {
    const api = await startApi();
    api.replies(task(dry(60, 20)));
    const ran = await run(['watch', 'task-1', '--settle', '0', '--json', '-q'], { api });
    expect(ran.json).toEqual([expect.objectContaining({ outcome: 'exhausted', exit_code: 5, num_results_evaluated: 60 })]);
    expect(api.requests).toHaveLength(1);
  });

  it.each([
    ['--until', ['--until', 'num_results>=20'], 0],
    ['--stall-timeout', ['--stall-timeout', '20s'], 7],
    ['--timeout', ['--timeout', '30s'], 124],
  ])('ends by %s before that', async (_flag, flags, code) => {
    const api = await startApi();
    api.replies(task(dry(60, 20)));
    const ran = await run(['watch', 'task-1', '--interval', '10s', '-q', ...flags], { api, clock: nappingClock() });
    expect(ran.code).toBe(code);
  });
});

it('of several tasks the table tells what was not scored', async () => {
  const api = await startApi();
  api.repliesTo('a', task(dry(60, 20)));
  api.repliesTo('b', task({ status: 'done' }));
  const ran = await run(['watch', 'a', 'b', ...INTERVAL, '--settle', '200ms'], { api, clock: nappingClock() });
  expect(ran.code).toBe(5);
  expect(ran.stdout).toMatch(/^a +exhausted, 63 not scored +/m);
  expect(ran.stderr).toMatch(/ a exhausted, 63 not scored /);
});

describe('get of a task whose sources are exhausted', () => {
  it.each([
    ['exhausted', 20, 5],
    ['done', 50, 0],
  ])('is told by the rule as %s, and on stderr how many are still to be scored', async (outcome, num_results, code) => {
    const api = await startApi();
    api.replies(task(dry(60, num_results)));
    const ran = await run(['get', 'task-1', '--json'], { api });
    expect(ran.code).toBe(code);
    expect(ran.json).toEqual([expect.objectContaining({ outcome, exit_code: code })]);
    expect(ran.stderr).toBe(
      'The sources are exhausted, and 63 candidates are still to be scored; run `extruct-task watch task-1` to wait for the scores\n',
    );
    expect((await run(['get', 'task-1', '-q'], { api })).stderr).toBe('');
  });

  it('says nothing of it once all are scored', async () => {
    const api = await startApi();
    api.replies(task(dry(123, 20)));
    expect(await run(['get', 'task-1'], { api })).toMatchObject({ code: 5, stderr: '' });
  });
});

it('list shows that it is still being scored', async () => {
  const api = await startApi();
  api.replies(list([wireTask({ id: 'a', ...dry(60, 20) }), wireTask({ id: 'b', ...dry(123, 20) })]));
  const { stdout } = await run(['list', '--status', 'exhausted'], { api });
  expect(stdout.match(/^\w+ +(?:\w+, )?\w+/gm)).toEqual(['task  outcome', 'a     exhausted, scoring', 'b     exhausted']);
  const { json } = await run(['list', '--json'], { api });
  expect(json.map(({ outcome }) => outcome)).toEqual(['exhausted', 'exhausted']);
});
