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
    await shows(screen, '20 of 50');
    expect(screen.isCursorVisible()).toBe(false);
    expect(screen.lines()).toEqual([
      expect.stringMatching(/^\S solar companies in Spain {40,} \d+s$/),
      '  20 of 50 high-fit      ━━━━━━━━━━╸─────────────────   40%',
      '',
      '  discovered      400    ▆▆▆▆▆▆▆▆▆▆▆▆▆▆▆▆▆▆▆▆▆▆▆▆',
      '  enriched        200    ▆▆▆▆▆▆▆▆▆▆▆▆               50% of discovered',
      '  evaluated       100    ▆▆▆▆▆▆                     50% of enriched',
      '  high-fit         20    ▆                          20% of evaluated',
      expect.stringMatching(/^ {2}\S+ a minute +[▁-█]{24} {2}next check in \ds$/),
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
        expect.stringMatching(/^✓ done: 50 of 50 high-fit in \d+s +extruct-task results task-1$/),
      ]);
    await expect.poll(() => screen.isCursorVisible()).toBe(true);
  });

  it('shows that it is asking before the first answer has come', async () => {
    const api = await startApi();
    api.replies(() => {});
    const screen = runInTerminal(['watch', 'task-1'], { api });
    await shows(screen, /task-1 +\d+s\n(?:.*\n)*.*awaiting an answer/);
  });

  it('shows an outage in place with its countdown, and drops it when it is over', async () => {
    const api = await startApi();
    api.replies(task(), error(503, { 'retry-after': '2' }));
    const screen = runInTerminal(['watch', 'task-1', '--interval', '200ms'], { api });
    await shows(screen, /^! 503 Service Unavailable.*, again in [12]s/m);
    api.replies(...steps);
    await shows(screen, '40 of 50');
    expect(screen.everything().join('\n')).not.toContain('503');
  });

  it('prints a warning above the view', async () => {
    const api = await startApi();
    api.replies(task({ status: 'paused' }));
    const screen = runInTerminal(['watch', 'task-1', '--interval', '200ms'], { api, columns: 100 });
    await shows(screen, /^warning: .*"paused"; it counts as running\n\S solar/);
  });

  it('shows a row for each of several tasks', async () => {
    const api = await startApi();
    api.repliesTo('b', task(ENDED.done));
    const screen = runInTerminal(['watch', 'a', 'b'], { api });
    await shows(screen, '2 tasks   1 running · 1 done');
    expect(screen.lines().slice(1)).toEqual([
      expect.stringMatching(/^ {2}solar companies in … \(a\) +25\/50 +[━╸─]{15}$/),
      expect.stringMatching(/^✓ solar companies in … \(b\) +50\/50 +━{15} {2}done$/),
    ]);
  });

  it('draws a query as every terminal does: of a picture of several parts the first, and nothing that acts', async () => {
    const api = await startApi();
    api.replies(task({ query: 'solar 日本の会社 👩‍👩‍👧 🇪🇸 שלום\t\n\u001b[31mparks' }));
    const screen = runInTerminal(['watch', 'task-1'], { api });
    await shows(screen, '25 of 50');
    expect(screen.lines()[0]).toMatch(/^\S solar 日本の会社 👩 ES שלום �\[31mparks +\d+s$/);
  });

  it.each([
    [20, 6],
    [120, 24],
  ])('fits %i columns and %i rows', async (columns, rows) => {
    const api = await startApi();
    api.replies(task({ query: 'companies 日本の会社 👩‍👩‍👧 \t\n\u001b[31m'.repeat(20) }));
    const screen = runInTerminal(['watch', 'task-1', '--interval', '100ms'], { api, columns, rows });
    await shows(screen, /25( of |\/)50/);
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
    await shows(screen, /200 tasks {3}50 running · 150 done/);
    expect(screen.everything().length).toBeLessThanOrEqual(11);
    expect(screen.lines().at(-1)).toMatch(/^ {2}and 19\d more: \d+ running, 150 done$/);
    screen.type('\u0003');
    expect(await screen.exited).toBe(130);
    await expect
      .poll(() => screen.everything().join(''))
      .toMatch(/^■ 200 tasks in \d+s: 150 done, 50 interrupted; the unfinished 50 go on running on +the server$/);
  });
});
