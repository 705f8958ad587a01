import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { body, error, type Reply, results, silence, startApi, task } from '../support/api.ts';
import { newFolder } from '../support/folder.ts';
import { ENDED, wireResult, wireTask } from '../support/tasks.ts';
import { runInTerminal, shows } from '../support/terminal.ts';

const score = (grade: number) => ({ grade, explanation: 'It says so', sources: ['https://a.example/1'] });
const COMPANIES = Array.from({ length: 4 }, (_, number) =>
  wireResult(number, {
    company_name: `会社 ${number} of a long, long, long name`,
    scores: { sells_to_industry: score(5), based_in_europe: score(number + 1) },
  }),
);
const CRITERIA = [
  { key: 'sells_to_industry', name: 'Sells to industry', criterion: 'c' },
  { key: 'based_in_europe', name: 'Based in Europe', criterion: 'c' },
];

describe('results in a terminal', () => {
  it('fit the screen: a line for each, and none wraps', async () => {
    const api = await startApi();
    api.replies(results(COMPANIES, { criteria: CRITERIA, status: 'done' }));
    const screen = runInTerminal(['results', 'task-1', '-q'], { api, columns: 30 });
    expect(await screen.exited).toBe(0);
    await expect
      .poll(() => screen.lines())
      .toEqual([
        expect.stringMatching(/^company +relevance +c1 +c2$/),
        ...[0, 1, 2, 3].map((number) => expect.stringMatching(new RegExp(`^会社 ${number}\\b.*${number + 1}$`))),
        '',
        'c1  sells_to_industry: Sells',
        '    to industry',
        'c2  based_in_europe: Based in',
        '    Europe',
      ]);
  });

  it('have grades in colours, unless nobody wants any', async () => {
    const api = await startApi();
    api.replies(results(COMPANIES, { criteria: CRITERIA }));
    const colored = runInTerminal(['results', 'task-1'], { api });
    await shows(colored, 'the task is still running');
    expect(colored.bytes()).toContain('\u001b[32m5\u001b[39m');
    const plain = runInTerminal(['results', 'task-1'], { api, env: { NO_COLOR: '1' } });
    await shows(plain, 'the task is still running');
    expect(plain.bytes()).not.toContain('\u001b');
  });

  it('say how many came so far, until all are there', async () => {
    const api = await startApi();
    const many = Array.from({ length: 120 }, (_, number) => wireResult(number));
    let goOn = () => {};
    const isSeen = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    const late: Reply = (request, response) => void isSeen.then(() => error(503)(request, response));
    api.replies(results(many), results(many), late, results(many));
    const screen = runInTerminal(['results', 'task-1', '--min-relevance', '99'], { api });
    await shows(screen, /^\S Read 100 companies so far$/);
    goOn();
    expect(await screen.exited).toBe(0);
    await shows(screen, '2 companies');
    expect(screen.everything()[0]).toMatch(/^The API answered 503/);
    expect(screen.everything().join('\n')).not.toContain('companies so far');
  });

  it('end with Ctrl-C', async () => {
    const api = await startApi();
    api.replies(silence);
    const screen = runInTerminal(['results', 'task-1'], { api, columns: 140 });
    await expect.poll(() => api.requests.length).toBe(1);
    screen.type('\u0003');
    expect(await screen.exited).toBe(130);
    await shows(screen, 'Stopped: the task goes on running on the server; run `extruct-task results task-1` to ask again');
  });
});

describe('watch --results in a terminal', () => {
  it('warns above the table, and leaves nothing of the live view, where fewer came than the task counts', async () => {
    const api = await startApi();
    api.repliesTo('task-1', task(ENDED.done));
    api.replies(results(COMPANIES, ENDED.done));
    const screen = runInTerminal(['watch', 'task-1', '--results'], { api, columns: 140, rows: 40 });
    expect(await screen.exited).toBe(0);
    await shows(screen, '4 companies');
    const [warning, table] = screen.lines();
    expect(warning).toMatch(/^warning: The results are incomplete: the API gave 4 companies, but the task counts 50; run /);
    expect(table).toMatch(/^Task +task-1$/);
  });

  it.each([
    [24, true],
    [13, false],
  ])('on %i rows: names the best companies so far: %j', async (rows, areNamed) => {
    const api = await startApi();
    api.repliesTo('task-1', task());
    api.replies(results(COMPANIES.slice(0, 3)));
    const screen = runInTerminal(['watch', 'task-1', '--results', '--interval', '200ms'], { api, rows });
    await expect.poll(() => api.requests.length).toBeGreaterThan(5);
    const best = [0, 1, 2].map((number) =>
      expect.stringMatching(new RegExp(`^  会社 ${number} of a .* Spain +${100 - number}$`)),
    );
    if (areNamed) await shows(screen, /^ {2}会社 2/m);
    expect(screen.lines().filter((line) => line.includes('会社'))).toEqual(areNamed ? best : []);
    expect(api.requests.filter(({ path }) => path.includes('/results?'))).toHaveLength(areNamed ? 1 : 0);
  });
});

describe('watch --output in a terminal', () => {
  it('names all tasks in the command that goes on, since the file is written anew', async () => {
    const [api, path] = [await startApi(), join(newFolder(), 'a.csv')];
    api.repliesTo('task-1', task(ENDED.done));
    api.repliesTo('task-2', task());
    api.replies(results(COMPANIES, ENDED.done));
    const args = ['watch', 'task-1', 'task-2', '--for', '1s', '-o', path];
    const screen = runInTerminal(args, { api, columns: 200 });
    expect(await screen.exited).toBe(8);
    await shows(screen, `extruct-task watch task-1 task-2 --output ${path} --for 1s`);
  });
});

describe('create in a terminal', () => {
  it('says what was created, and what to do next', async () => {
    const api = await startApi();
    api.replies(body(200, JSON.stringify(wireTask({ id: 'new-1', status: 'created', num_results: 0 }))));
    const screen = runInTerminal(['create', 'solar'], { api });
    expect(await screen.exited).toBe(0);
    await shows(
      screen,
      /^Task +new-1\nOutcome +running: 0 of 50 high-fit results so far\n[\s\S]*\nNext +extruct-task watch new-1$/,
    );
  });
});
