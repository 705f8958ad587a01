import { describe, expect, it } from 'vitest';
import { body, error, type Reply, reset, results, silenceFor, startApi, task } from '../support/api.ts';
import { nappingClock } from '../support/fake-clock.ts';
import { run } from '../support/run.ts';
import { ENDED, wireResult, wireResults, wireTask } from '../support/tasks.ts';

const paths = (api: Awaited<ReturnType<typeof startApi>>) => api.requests.map(({ path }) => path.split('/').at(-1));

describe('results', () => {
  it('asks for page after page, and prints each company as the API gave it', async () => {
    const api = await startApi();
    api.replies(results(wireResults(120)));
    const ran = await run(['results', 'task-1', '--json'], { api });
    expect(ran).toMatchObject({ code: 0, stderr: '' });
    expect(ran.json).toEqual(wireResults(120));
    expect(api.requests.map(({ path }) => path)).toEqual([
      '/v1/discovery_tasks/task-1/results?offset=0&limit=50',
      '/v1/discovery_tasks/task-1/results?offset=50&limit=50',
      '/v1/discovery_tasks/task-1/results?offset=100&limit=50',
    ]);
  });

  it('asks for no more than is wanted', async () => {
    const api = await startApi();
    api.replies(results(wireResults(120)));
    const ran = await run(['results', 'task-1', '--json', '--offset', '10', '--limit', '60'], { api });
    expect(ran.json).toEqual(wireResults(70).slice(10));
    expect(paths(api)).toEqual(['results?offset=10&limit=50', 'results?offset=60&limit=10']);
  });

  it('filters by relevance and grades, and counts only what passes', async () => {
    const api = await startApi();
    const graded = (grade: number | null) => ({ solar: { grade, explanation: null, sources: null } });
    const all: Record<string, unknown>[] = wireResults(120).map((result, number) => ({
      ...result,
      scores: graded(number % 2 ? 5 : 3),
    }));
    all[1] = wireResult(1, { scores: graded(null) });
    all[3] = wireResult(3, { scores: null });
    all[5] = wireResult(5, { relevance: null });
    api.replies(results(all));
    const flags = ['--min-relevance', '40', '--min-grade', 'solar=4'];
    const ran = await run(['results', 'task-1', '--json', ...flags], { api });
    const passing = [7, 9, 11, 13].map((number) => `company-${number}`);
    expect(ran.json.slice(0, 4).map(({ id }) => id)).toEqual(passing);
    expect(ran.json.at(-1)).toMatchObject({ id: 'company-59' });
    const some = await run(['results', 'task-1', '--json', ...flags, '--offset', '1', '--limit', '2'], { api });
    expect(some.json.map(({ id }) => id)).toEqual(passing.slice(1, 3));
  });

  it('keeps the high-fit ones, by the share of the criteria that they meet', async () => {
    const api = await startApi();
    const criteria = ['a', 'b', 'c', 'd'].map((key) => ({ key, name: key, criterion: 'c' }));
    const graded = (...grades: (number | null)[]) => ({
      scores: Object.fromEntries(grades.map((grade, index) => ['abcd'[index], grade === null ? null : { grade }])),
    });
    const all = [graded(5, 4, 4, 1), graded(5, 5, 3, 3), graded(4, 4, 4), graded(5, 5, null, 3), { scores: null }];
    const companies = all.map((changes, number) => wireResult(number, changes));
    api.replies(results(companies, { criteria, num_results: 2 }));
    const ran = await run(['results', 'task-1', '--high-fit', '--json'], { api });
    expect(ran).toMatchObject({ stderr: '', json: [{ id: 'company-0' }, { id: 'company-2' }] });
    expect((await run(['results', 'task-1', '--high-fit', '--offset', '1', '--json'], { api })).json).toHaveLength(1);
    api.replies(results(companies, { criteria: [], num_results: 0 }));
    expect(await run(['results', 'task-1', '--high-fit'], { api })).toMatchObject({
      stdout: '',
      stderr: 'No companies pass the filter; the task is still running, its target is 50\n',
    });
  });

  it('says which criteria there are, where --min-grade names another', async () => {
    const api = await startApi();
    api.replies(results(wireResults(3)));
    expect(await run(['results', 'task-1', '--min-grade', 'slar=4'], { api })).toMatchObject({
      code: 1,
      stdout: '',
      stderr: "error: The task has no criterion 'slar' (--min-grade); set one of solar\n",
    });
  });

  it('loses no digit of a number, and writes what acts on a terminal as escapes', async () => {
    const api = await startApi();
    const result = '{"id":"c","relevance":97.50,"revenue":12345678901234567890.10,"company_name":"a\u009b31m\u202e"}';
    const answer = JSON.stringify({ ...wireTask({ num_results: 2 }), results: [] }).replace('[]}', `[ ${result} , null ]}`);
    api.replies(body(200, answer));
    const ran = await run(['results', 'task-1', '--json'], { api });
    expect(ran.stdout).toBe(`${result.replace('\u009b', '\\u009b').replace('\u202e', '\\u202e')}\nnull\n`);
  });

  it('prints a table in a pipe too, says how many there are, and that there may come more', async () => {
    const api = await startApi();
    const poor = wireResult(1, { relevance: null, company_website: null, employee_count: null, hq_country: null, scores: null });
    api.replies(results([wireResult(0), poor]));
    const ran = await run(['results', 'task-1'], { api });
    expect(ran.stdout.split('\n')).toEqual([
      'company    site               relevance  country  size   solar',
      'Company 0  company-0.example        100  Spain    11-50      5',
      'Company 1  -                          -  -        -          -',
      '',
    ]);
    expect(ran).toMatchObject({
      code: 0,
      stderr: '2 companies, 1 of them high-fit; the task is still running, with 2 of 50 high-fit so far\n',
    });
  });

  it('says on a terminal without room for all columns how to see them, and nowhere else', async () => {
    const api = await startApi();
    api.replies(results(wireResults(2)));
    const NARROW = 'Some columns have no room here: --wide prints all, -o writes them to a file\n';
    const said = async (stdoutColumns: number | undefined, ...flags: string[]) =>
      (await run(['results', 'task-1', ...flags], { api, ...(stdoutColumns && { stdoutColumns }) })).stderr;
    expect(await said(40)).toContain(NARROW);
    expect(await said(120)).not.toContain(NARROW);
    for (const flags of [['--wide'], ['-q'], ['--json'], ['--explain']]) expect(await said(40, ...flags)).not.toContain(NARROW);
    expect(await said(undefined)).not.toContain(NARROW);
  });

  it('does not say that nothing has been found where --offset passes over all of it', async () => {
    const api = await startApi();
    api.replies(results(wireResults(5)));
    const said = async (...flags: string[]) => (await run(['results', 'task-1', '--offset', '5', ...flags], { api })).stderr;
    expect(await said()).toBe('No companies after the first 5; the task is still running, with 5 of 50 high-fit so far\n');
    expect(await said('--min-relevance', '1')).toBe(
      'No companies after the first 5 that pass the filter; the task is still running, with 5 of 50 high-fit so far\n',
    );
  });

  it('says that it is the results that are missing from a task without them', async () => {
    const api = await startApi();
    api.replies(body(200, JSON.stringify({ ...wireTask(), results: null })));
    const { stderr } = await run(['results', 'task-1', '--retry-for', '0'], { api });
    expect(stderr).toBe('error: The API answered with something that is not a task with its results; check the API URL\n');
  });

  it('exits 0 however the task stands, with or without companies', async () => {
    const api = await startApi();
    api.replies(results([], ENDED.failed));
    expect(await run(['results', 'task-1'], { api })).toMatchObject({
      code: 0,
      stdout: '',
      stderr: 'No companies found\n',
    });
    expect(await run(['results', 'task-1', '-q'], { api })).toMatchObject({ code: 0, stdout: '', stderr: '' });
    expect(await run(['results', 'task-1', '--min-relevance', '5'], { api })).toMatchObject({
      code: 0,
      stderr: 'No companies pass the filter; the target was 50\n',
    });
  });

  it('is not cut where nobody has set a width: grep takes it apart', async () => {
    const api = await startApi();
    const name = 'Name of a company '.repeat(6).trim();
    api.replies(results([wireResult(0, { company_name: name })]));
    expect((await run(['results', 'task-1', '-q'], { api })).stdout).toContain(`${name}  company-0.example`);
    expect((await run(['results', 'task-1', '-q'], { api, env: { COLUMNS: '60' } })).stdout).not.toContain(name);
  });

  it('shows nothing for an id that the API does not tell', async () => {
    const api = await startApi();
    api.replies(results([wireResult(1), wireResult(2)].map((result) => ({ ...result, id: null, company_name: null }))));
    const shown = async (flag: string) => (await run(['results', 'task-1', flag], { api })).stdout.split(/\r?\n/);
    expect((await shown('--csv')).slice(1).map((line) => line.slice(0, 2))).toEqual([',,', ',,', '']);
    expect((await shown('--wide'))[1]).toMatch(/^- .* web_search {2}- {2}/);
    expect((await shown('--markdown'))[2]).toMatch(/^\| \[&#45;\]\(https/);
    expect((await shown('--explain'))[0]).toMatch(/^Company +-$/);
  });

  it('waits an outage out, in the middle of the pages too', async () => {
    const api = await startApi();
    api.replies(results(wireResults(60)), reset, reset, error(503), results(wireResults(60)));
    const ran = await run(['results', 'task-1', '--json'], { api });
    expect(ran.json).toHaveLength(60);
    expect(ran.stderr).toMatch(/^127\.0\.0\.1:\d+ closed the connection; trying again in 0\.1s \(try 2\)\n.*503.*\(try 3\)\n$/);
    expect(paths(api)).toEqual(['results?offset=0&limit=50', ...Array(4).fill('results?offset=50&limit=50')]);
  });

  it('does not doubt that a task is missing because another is there', async () => {
    const api = await startApi();
    api.repliesTo('results?offset=0&limit=50', results(wireResults(2)), error(404));
    const ran = await run(['results', 'a', 'nope'], { api });
    expect(ran).toMatchObject({ code: 6, stderr: expect.stringMatching(/^error: nope: Task nope was not found .*\n$/) });
    expect(api.requests.filter(({ path }) => path.includes('nope'))).toHaveLength(1);
  });

  it.each([
    [error(401), 4, 'The API refused the token (401)'],
    [error(404), 6, 'Task task-1 was not found in this workspace (404)'],
    [error(502), 1, 'The API answered 502 Bad Gateway'],
    [body(200, JSON.stringify(wireTask())), 1, 'something that is not a task'],
    [body(200, '{"results":[]}'), 1, 'something that is not a task'],
    [body(200, '[]'), 1, 'something that is not a task'],
    [results([], { id: 'other' }), 1, 'answered with task other instead of task-1'],
  ])('prints nothing but the error where there is no answer', async (reply, code, message) => {
    const api = await startApi();
    api.replies(reply);
    const ran = await run(['results', 'task-1', '--json', '--retry-for', '0'], { api });
    expect(ran).toMatchObject({ code, stdout: '', stderr: expect.stringContaining(message) });
    expect(ran.stderr).toMatch(/^error: .*; (?:run|set|check) .*\n$/);
  });

  it('prints no half of the companies', async () => {
    const api = await startApi();
    api.replies(results(wireResults(60)), error(403));
    expect(await run(['results', 'task-1', '--csv'], { api, clock: nappingClock() })).toMatchObject({ code: 4, stdout: '' });
  });
});

/** Sixty companies of a task whose `num_results` is another one at each request. */
function restless(changes: Readonly<Record<string, unknown>> = {}): Reply {
  let counted = 60;
  return (request, response) => {
    counted -= 1;
    results(wireResults(60), { num_results: counted, ...changes })(request, response);
  };
}

const CHANGED = 'The results changed while they were read, so some may be missing; run `extruct-task results';

describe('results of several tasks', () => {
  const ofTwo = async () => {
    const api = await startApi();
    api.replies((request, response) => {
      const [first, second] = [wireResults(2), [wireResult(7, { scores: { wind: { grade: 4 } }, task_id: 'b' })]];
      const isFirst = request.url?.includes('/a/');
      const criteria = [{ key: isFirst ? 'solar' : 'wind', name: 'n', criterion: 'c' }];
      results(isFirst ? first : second, { criteria })(request, response);
    });
    return api;
  };

  it('are one table, each company with its task', async () => {
    const api = await ofTwo();
    const ran = await run(['results', 'a', 'b', 'a'], { api });
    expect(ran.stdout.split('\n')).toEqual([
      'task  company    site               relevance  country  size   solar  wind',
      'a     Company 0  company-0.example        100  Spain    11-50      5     -',
      'a     Company 1  company-1.example         99  Spain    11-50      5     -',
      'b     Company 7  company-7.example         93  Spain    11-50      -     4',
      '',
    ]);
    expect(ran).toMatchObject({ code: 0, stderr: '3 companies of 2 tasks, 3 of them high-fit\n' });
  });

  it('tell their task in every format', async () => {
    const api = await ofTwo();
    const ran = await run(['results', 'a', 'b', '--json'], { api });
    expect(ran.json).toEqual([
      { ...wireResult(0), task_id: 'a' },
      { ...wireResult(1), task_id: 'a' },
      wireResult(7, { scores: { wind: { grade: 4 } }, task_id: 'b' }),
    ]);
    const shown = async (flag: string) => (await run(['results', 'a', 'b', '-q', flag], { api })).stdout;
    expect(await shown('--markdown')).toMatch(
      /^\| Task \| Company .*\n.*\n\| a \| \[Company 0\][\s\S]*\n\| b \| \[Company 7\].*\n$/,
    );
    expect(await shown('--explain')).toMatch(/^Company +Company 0\nTask +a\n/);
  });

  it('are read whole or not at all, and the task that could not be read is named', async () => {
    const api = await startApi();
    api.repliesTo('results?offset=0&limit=50', results(wireResults(2)), error(502));
    const ran = await run(['results', 'a', 'b', '--retry-for', '0'], { api });
    expect(ran).toMatchObject({ code: 1, stdout: '', stderr: expect.stringMatching(/^error: b: The API answered 502/) });
    api.repliesTo('results?offset=0&limit=50', results(wireResults(2)));
    expect(await run(['results', 'a', 'b', '--min-grade', 'wind=4'], { api })).toMatchObject({
      code: 1,
      stderr: "error: Task a has no criterion 'wind' (--min-grade); set one of solar\n",
    });
  });

  it('are warned of by the task that lacks some', async () => {
    const api = await startApi();
    api.replies((request, response) => {
      results(wireResults(2), request.url?.includes('/b/') ? { ...ENDED.done, num_results: 5 } : {})(request, response);
    });
    expect((await run(['results', 'a', 'b', '-q'], { api, clock: nappingClock() })).stderr).toBe(
      'warning: b: The results are incomplete: the API gave 2 companies, but the task counts 5; run `extruct-task results b` again in a minute\n',
    );
  });
});

describe('results that are not all there', () => {
  it('are read once more where something moved between two pages: no company is lost, and none comes twice', async () => {
    const api = await startApi();
    const later = results([wireResult(900), ...wireResults(60)], { num_results: 60 });
    api.replies(results(wireResults(60)), later);
    const ran = await run(['results', 'task-1', '--json'], { api });
    expect(ran).toMatchObject({ code: 0, stderr: '', json: [wireResult(900), ...wireResults(60)] });
    const pages = ['results?offset=0&limit=50', 'results?offset=50&limit=50'];
    expect(paths(api)).toEqual([...pages, ...pages]);
  });

  it.each([[[]], [['--json']], [['--csv']], [['--markdown']]])('are warned of where they move again, with %j', async (format) => {
    const api = await startApi();
    api.replies(restless());
    const warning = `warning: ${CHANGED} task-1\` again once the task has ended\n`;
    expect(await run(['results', 'task-1', '-q', ...format], { api })).toMatchObject({ code: 0, stderr: warning });
    const few = await run(['results', 'task-1', '-q', ...format, '--limit', '5'], { api });
    expect(few).toMatchObject({ code: 0, stderr: '' });
    expect(api.requests).toHaveLength(5);
  });

  it('are awaited for a second where fewer came than the task counts', async () => {
    const clock = nappingClock();
    const api = await startApi(clock);
    api.replies(results(wireResults(3), { num_results: 5 }), results(wireResults(5)));
    const ran = await run(['results', 'task-1', '--json'], { api, clock });
    expect(ran).toMatchObject({ code: 0, stderr: '', json: wireResults(5) });
    expect(api.requests.map(({ at }) => at)).toEqual([0, 1000]);
  });

  it('are counted in a warning where they do not come', async () => {
    const api = await startApi();
    api.replies(results(wireResults(1), { ...ENDED.done, num_results: 5 }));
    const again = 'run `extruct-task results task-1` again';
    expect(await run(['results', 'task-1', '--csv'], { api, clock: nappingClock() })).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('company-0,'),
      stderr: `warning: The results are incomplete: the API gave 1 company, but the task counts 5; ${again} in a minute\n`,
    });
    api.replies(results([], { num_results: 5 }));
    expect((await run(['results', 'task-1'], { api, clock: nappingClock() })).stderr.split('\n')).toEqual([
      `warning: The results are incomplete: the API gave 0 companies, but the task counts 5; ${again} once the task has ended`,
      'No companies returned; the task is still running, with 5 of 50 high-fit so far',
      '',
    ]);
    api.replies(body(200, JSON.stringify({ ...wireTask({ ...ENDED.done, num_results: 70 }), results: wireResults(50) })));
    expect((await run(['results', 'task-1', '-q'], { api, clock: nappingClock() })).stderr).toBe(
      `warning: The results changed while they were read: the API gave 50 companies, but the task counts 70; ${again} in a minute\n`,
    );
  });

  it('keep nobody who has had enough', async () => {
    const [api, clock] = [await startApi(), nappingClock()];
    const few = results([], { num_results: 5 });
    api.replies((request, response) => void clock.passes(19_500).then(() => few(request, response)));
    expect(await run(['results', 'task-1', '--timeout', '20s'], { api, clock })).toMatchObject({ code: 124, stdout: '' });
    expect(clock.now()).toBe(20_000);
    const before = api.requests.length;
    let interrupt = () => {};
    api.replies((request, response) => {
      few(request, response);
      setTimeout(() => interrupt(), 50);
    });
    const stopped = await run(['results', 'task-1'], {
      api,
      onReady: (send) => {
        interrupt = () => send('SIGINT');
      },
    });
    expect(stopped).toMatchObject({ code: 130, stdout: '', stderr: expect.stringMatching(/^Stopped: /) });
    expect(api.requests).toHaveLength(before + 1);
  });

  it.each([[[]], [['--json']]])(
    'are warned of by watch --results, by the task’s name where there are several, with %j',
    async (format) => {
      const api = await startApi();
      for (const id of ['a', 'b']) api.repliesTo(id, task(ENDED.done));
      const moving = restless({ status: 'done' });
      api.replies((request, response) => {
        const reply = request.url?.includes('/a/') ? moving : results(wireResults(2), { status: 'done' });
        reply(request, response);
      });
      const warning = `${CHANGED} a\` again in a minute\n`;
      const several = await run(['watch', 'a', 'b', '--results', '-q', ...format], { api });
      expect(several).toMatchObject({ code: 0, stderr: `warning: a: ${warning}` });
      expect((await run(['watch', 'a', '--results', '-q', ...format], { api })).stderr).toBe(`warning: ${warning}`);
    },
  );

  it('are warned of by create --watch --results', async () => {
    const api = await startApi();
    const ended = { ...wireTask({ id: 'new-1' }), ...ENDED.done };
    api.repliesTo('discovery_tasks', body(200, JSON.stringify(ended)));
    api.repliesTo('new-1', body(200, JSON.stringify(ended)));
    api.replies(restless({ status: 'done' }));
    const ran = await run(['create', 'x', '--watch', '--results', '-q'], { api });
    expect(ran).toMatchObject({ code: 0, stderr: `Created task new-1\nwarning: ${CHANGED} new-1\` again in a minute\n` });
  });
});

describe('results --min-grade', () => {
  it('holds for each time that it is given, for one criterion as well', async () => {
    const api = await startApi();
    const graded = (grade: number) => wireResult(grade, { scores: { solar: { grade, explanation: null, sources: null } } });
    api.replies(results([graded(5), graded(3)]));
    for (const grades of [
      ['solar=4', 'solar=2'],
      ['solar=2', 'solar=4'],
    ]) {
      const flags = grades.flatMap((grade) => ['--min-grade', grade]);
      const ran = await run(['results', 'task-1', '--json', ...flags], { api });
      expect(ran.json.map(({ id }) => id)).toEqual(['company-5']);
    }
  });

  it('names some of the criteria, however many there are', async () => {
    const api = await startApi();
    const criteria = Array.from({ length: 500 }, (_, number) => ({ key: `key_${number}`, name: 'n', criterion: 'c' }));
    api.replies(results([], { criteria }));
    const { stderr } = await run(['results', 'task-1', '--min-grade', 'slar=4'], { api });
    expect(stderr).toMatch(/^error: The task has no criterion 'slar' \(--min-grade\); set one of key_0, key_1, .+…\n$/);
    expect(stderr.length).toBeLessThan(300);
  });
});

describe('results --markdown', () => {
  it('is a table with links', async () => {
    const api = await startApi();
    api.replies(results([wireResult(0, { company_name: 'A|B <i>' }), wireResult(1, { company_website: 'javascript:alert(1)' })]));
    const ran = await run(['results', 'task-1', '--markdown'], { api });
    expect(ran.stdout.split('\n')).toEqual([
      '| Company | Relevance | Country | Size | Solar |',
      '| --- | --- | --- | --- | --- |',
      '| [A&#124;B &#60;i&#62;](https://www.company-0.example/) | 100 | Spain | 11-50 | 5 |',
      '| Company 1 | 99 | Spain | 11-50 | 5 |',
      '',
    ]);
  });

  it('has a chapter for each company with --explain', async () => {
    const api = await startApi();
    api.replies(results([wireResult(0, { company_description: '1. Makes www.panels.example' })]));
    const ran = await run(['results', 'task-1', '--markdown', '--explain'], { api });
    expect(ran.stdout).toContain(
      [
        '## [Company 0](https://www.company-0.example/)',
        '',
        '1&#46; Makes www&#8203;&#46;panels.example',
        '',
        '| Criterion | Grade | Explanation | Sources |',
        '| --- | --- | --- | --- |',
        '| Solar | 5 | It makes panels | [1](https://company-0.example/about) |',
        '',
      ].join('\n'),
    );
  });
});

describe('watch --results', () => {
  it('prints the companies under the table, once the task has ended', async () => {
    const api = await startApi();
    api.repliesTo('task-1', task(ENDED.done));
    api.replies(results(wireResults(2), { status: 'done' }));
    const ran = await run(['watch', 'task-1', '--results', '-q'], { api });
    expect(ran.code).toBe(0);
    expect(ran.stdout).toMatch(/^Task +task-1\n[\s\S]*\n\ncompany +site.*\nCompany 0 .*\nCompany 1 .*\n$/);
    expect(ran.stderr).toBe('');
    const told = await run(['watch', 'task-1', '--results'], { api });
    expect(told.stderr).toMatch(/^2 companies, 2 of them high-fit; the task found 50 of 50 high-fit$/m);
  });

  it('puts them into the task’s last line with --json, as their own endpoint does', async () => {
    const api = await startApi();
    api.replies(body(200, JSON.stringify(wireTask(ENDED.exhausted))), results(wireResults(60), ENDED.exhausted));
    const ran = await run(['watch', 'task-1', '--results', '--json'], { api });
    expect(ran.code).toBe(5);
    expect(ran.json).toEqual([expect.objectContaining({ outcome: 'exhausted', exit_code: 5, results: wireResults(60) })]);
  });

  it('says that it is the companies that did not come within --timeout', async () => {
    const [api, clock] = [await startApi(), nappingClock()];
    api.replies(body(200, JSON.stringify(wireTask(ENDED.done))), silenceFor(30_000, clock));
    const ran = await run(['watch', 'task-1', '--results', '--json', '--timeout', '30s'], { api, clock });
    expect(ran.code).toBe(124);
    expect(ran.json).toEqual([expect.objectContaining({ outcome: 'timed_out', exit_code: 124, num_results: 50 })]);
    expect(ran.stderr).toContain('error: The task ended as done, but not all its companies arrived within --timeout; run');
  });

  it('does not say done where the companies cannot be had', async () => {
    const api = await startApi();
    api.replies(body(200, JSON.stringify(wireTask(ENDED.done))), error(403));
    const ran = await run(['watch', 'task-1', '--results', '--json'], { api, clock: nappingClock() });
    expect(ran.code).toBe(4);
    expect(ran.json).toEqual([expect.objectContaining({ id: 'task-1', outcome: 'unauthorized', exit_code: 4, num_results: 50 })]);
  });

  it('with --fail-fast leaves a task done whose results another’s failure cut short', async () => {
    const api = await startApi();
    let ask = () => {};
    const isAsked = new Promise<void>((resolve) => {
      ask = resolve;
    });
    api.repliesTo('a', task(ENDED.done));
    api.repliesTo('b', (request, response) => void isAsked.then(() => task(ENDED.failed)(request, response)));
    api.repliesTo('results?offset=0&limit=50', ask, results([], { id: 'b' }));
    const ran = await run(['watch', 'a', 'b', '--results', '--fail-fast', '--json'], { api });
    expect(ran).toMatchObject({
      code: 3,
      json: [
        { id: 'b', outcome: 'failed', exit_code: 3, results: [] },
        { id: 'a', outcome: 'done', exit_code: 0 },
      ],
    });
  });
});
