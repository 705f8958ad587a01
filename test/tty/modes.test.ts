import { describe, expect, it } from 'vitest';
import { startApi, task } from '../support/api.ts';
import { ENDED } from '../support/tasks.ts';
import { runInTerminal, shows } from '../support/terminal.ts';

const steps = [10, 20, 30, 40].map((num_results) => task({ num_results }));

describe('--notify', () => {
  it('tells a terminal that can how the task ended', async () => {
    const api = await startApi();
    api.replies(task(ENDED.done));
    const screen = runInTerminal(['watch', 'task-1', '--notify'], { api, env: { TERM_PROGRAM: 'ghostty' } });
    await screen.exited;
    await expect.poll(() => screen.bytes()).toContain('\u001b]9;task-1 done: 50 of 50 high-fit results\u001b\\');
  });
});

describe('a terminal without Unicode', () => {
  it.each([
    ['LC_ALL=C', [], { LC_ALL: 'C' }],
    ['--ascii', ['--ascii'], {}],
  ])('gets the same picture in ASCII (%s)', async (_, flags, env) => {
    const api = await startApi();
    const screen = runInTerminal(['watch', 'task-1', ...flags], { api, env });
    await shows(screen, '25 of 50');
    expect(screen.lines().slice(1, 5)).toEqual([
      '  25 of 50 high-fit      =============>--------------   50%',
      '',
      '  discovered      400    ========================',
      '  enriched        200    ============               50% of discovered',
    ]);
    expect(screen.bytes()).toMatch(/^\p{ASCII}*$/u);
  });
});

describe('CI=false', () => {
  it('is no CI', async () => {
    const api = await startApi();
    const screen = runInTerminal(['watch', 'task-1'], { api, env: { CI: 'false' } });
    await shows(screen, /next check in \d+s/);
  });
});

describe('JSON in a terminal', () => {
  it('stands whole above the live view', async () => {
    const api = await startApi();
    api.replies(...steps, task(ENDED.done));
    const screen = runInTerminal(['watch', 'task-1', '--json', '--interval', '200ms'], { api, columns: 1000 });
    expect(await screen.exited).toBe(0);
    const counts = () => screen.everything().flatMap((line) => /^\{.*"num_results":(\d+),.*\}$/.exec(line)?.[1] ?? []);
    await expect.poll(counts).toEqual(['10', '20', '30', '40', '50']);
  });
});
