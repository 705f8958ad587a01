import { describe, expect, it } from 'vitest';
import { error, startApi, task } from '../support/api.ts';
import { ENDED } from '../support/tasks.ts';
import { runInTerminal, shows } from '../support/terminal.ts';

const steps = [10, 20, 30, 40].map((num_results) => task({ num_results }));

describe('watching in a terminal', () => {
  it('redraws in place, and leaves the table and nothing else', async () => {
    const api = await startApi();
    // It stays at 20 until that was seen.
    api.replies(...steps.slice(0, 2));
    const screen = runInTerminal(['watch', 'task-1', '--interval', '300ms'], { api });
    await shows(screen, '20/50');
    expect(screen.isCursorVisible()).toBe(false);
    expect(screen.lines()).toEqual([
      expect.stringMatching(/^\S {2}solar companies in Spain$/),
      '   discovered  ████████████████████████████████████████████████████    400',
      '   enriched    ██████████████████████████░░░░░░░░░░░░░░░░░░░░░░░░░░    200   50%',
      '   evaluated   █████████████░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░    100   50%',
      '   high-fit    ███░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░     20   20%',
      '   target      █████████████████████░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░  20/50   40%',
      expect.stringMatching(/^ {3}pace {8}[▁-█]{16} {2}\S+\/min$/),
      expect.stringMatching(/^ {3}in progress · \d+s · next poll in \ds$/),
    ]);
    api.replies(...steps.slice(2), task(ENDED.done));
    expect(await screen.exited).toBe(0);
    await expect
      .poll(() => screen.everything())
      .toEqual([
        'Task         task-1',
        'Outcome      done: 50 of 50 high-fit results',
        'Status       done',
        'Query        solar companies in Spain',
        'Target       50 high-fit',
        'Discovered   400',
        'Enriched     200   50% of discovered',
        'Evaluated    100   50% of enriched',
        'High-fit      50   50% of evaluated',
        'Created      2026-11-23 10:00:00 UTC',
        'Sources      web_search, maps',
        'Criteria     Solar: Makes or sells solar panels',
        expect.stringMatching(/^Watched {6}\d+s, \d+ polls$/),
        'Results      extruct-task results task-1',
      ]);
    await expect.poll(() => screen.isCursorVisible()).toBe(true);
  });

  it('shows that it is asking before the first answer has come', async () => {
    const api = await startApi();
    api.replies(() => {});
    const screen = runInTerminal(['watch', 'task-1'], { api });
    await shows(screen, /task-1\n {3}asking · \d+s/);
  });

  it('shows an outage in place with its countdown, and drops it when it is over', async () => {
    const api = await startApi();
    api.replies(task(), error(503, { 'retry-after': '2' }));
    const screen = runInTerminal(['watch', 'task-1', '--interval', '200ms'], { api });
    await shows(screen, /try \d+ in [12]s: The API answered 503 Service Unavailable/);
    api.replies(...steps);
    await shows(screen, '40/50');
    expect(screen.everything().join('\n')).not.toContain('503');
  });

  it('prints a warning above the view', async () => {
    const api = await startApi();
    api.replies(task({ status: 'paused' }));
    const screen = runInTerminal(['watch', 'task-1', '--interval', '200ms'], { api, columns: 100 });
    await shows(screen, /^warning: .*"paused"; it counts as running\n\S {2}solar/);
  });

  it('shows a row for each of several tasks', async () => {
    const api = await startApi();
    api.repliesTo('b', task(ENDED.done));
    const screen = runInTerminal(['watch', 'a', 'b'], { api });
    await shows(screen, '2 tasks · 1 ended');
    expect(screen.lines().slice(2)).toEqual([
      expect.stringMatching(/^ {3}a +in_progress +400 +200 +100 +25\/50$/),
      expect.stringMatching(/^ {3}b +done +400 +200 +100 +50\/50$/),
      expect.stringMatching(/^ {3}total +800 +400 +200 +75\/100$/),
    ]);
  });

  it.each([20, 40, 80, 120, 200])('on %i columns looks like its picture in test/views', async (columns) => {
    const api = await startApi();
    api.replies(task({ query: 'solar 日本の会社 👩‍👩‍👧 שלום\t\n\u001b[31mparks' }));
    const screen = runInTerminal(['watch', 'task-1'], { api, columns });
    await shows(screen, '25/50');
    const picture = screen.lines().map((line) => line.replace(/^[⠋⠙⠸⠴⠦⠇]/, '⠋').replaceAll(/\d+s\b/g, '0s'));
    await expect(`${picture.join('\n')}\n`).toMatchFileSnapshot(`../views/screen-${columns}.txt`);
  });

  it.each([
    [20, 6],
    [30, 10],
    [120, 24],
  ])('fits %i columns and %i rows', async (columns, rows) => {
    const api = await startApi();
    api.replies(task({ query: 'companies 日本の会社 👩‍👩‍👧 \t\n\u001b[31m'.repeat(20) }));
    const screen = runInTerminal(['watch', 'task-1', '--interval', '100ms'], { api, columns, rows });
    await shows(screen, /25\/50/);
    await expect.poll(() => api.requests.length).toBeGreaterThan(8);
    expect(screen.everything().length).toBeLessThanOrEqual(rows);
    expect(screen.lines().filter((line) => line.includes('companies'))).toHaveLength(1);
  });
});

describe('many tasks in a low terminal', () => {
  it('are counted where they do not fit, and leave nothing in the scrollback', async () => {
    const api = await startApi();
    const ids = Array.from({ length: 200 }, (_, index) => `task-${index}`);
    for (const id of ids.slice(0, 150)) api.repliesTo(id, task(ENDED.done));
    const screen = runInTerminal(['watch', ...ids, '--interval', '1s'], { api, rows: 12 });
    await shows(screen, /200 tasks · 150 ended/);
    expect(screen.everything().length).toBeLessThanOrEqual(11);
    expect(screen.lines().at(-1)).toBe('   and 192 more');
    screen.type('\u0003');
    expect(await screen.exited).toBe(130);
    await expect
      .poll(() => screen.everything().join(''))
      .toBe('Stopped: the tasks go on running on the server; run the same command to watch them again');
  });
});
