import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import readExcelFile from 'read-excel-file/node';
import { describe, expect, it } from 'vitest';
import { body, error, results, startApi, task } from '../support/api.ts';
import { nappingClock } from '../support/fake-clock.ts';
import { newFolder } from '../support/folder.ts';
import { onPosix } from '../support/platform.ts';
import { run } from '../support/run.ts';
import { ENDED, wireResult, wireResults, wireTask } from '../support/tasks.ts';

const read = (path: string) => readFileSync(path, 'utf8');

async function apiWith(count: number, changes = {}) {
  const api = await startApi();
  api.replies(results(wireResults(count), changes));
  return api;
}

describe('results --output', () => {
  it.each([
    ['csv', '--csv'],
    ['md', '--markdown'],
    ['ndjson', '--json'],
    ['jsonl', '--json'],
    ['MD', '--markdown'],
  ])('writes to a file that ends in .%s what %s prints', async (ending, flag) => {
    const [api, folder] = [await apiWith(60), newFolder()];
    const path = join(folder, `companies.${ending}`);
    expect(await run(['results', 'task-1', '-o', path], { api })).toMatchObject({
      code: 0,
      stdout: '',
      stderr: `60 companies, 60 of them high-fit, written to ${path}; the task is still running, its target is 50\n`,
    });
    expect(read(path)).toBe((await run(['results', 'task-1', flag], { api })).stdout);
    expect(readdirSync(folder)).toHaveLength(1);
  });

  it.each(['csv', 'xlsx', 'html'])(
    'keeps in a .%s what only the log of a CI job must not have: a file is none',
    async (ending) => {
      const [api, folder] = [await startApi(), newFolder()];
      const name = '::error::##[x] ##vso[y] ##teamcity[z]';
      api.replies(results([wireResult(0, { company_name: name })]));
      const path = join(folder, `companies.${ending}`);
      expect((await run(['results', 'task-1', '-o', path], { api })).code).toBe(0);
      const texts = ending === 'xlsx' ? (await readExcelFile(path)).flatMap(({ data }) => data.flat()) : [read(path)];
      expect(texts.filter((text) => String(text).includes(name))).toHaveLength(1);
      expect((await run(['results', 'task-1', '--csv'], { api })).stdout).toContain(',::error::# #[x] # #vso[y] # #teamcity[z],');
    },
  );

  it('writes a JSON array, a company a line', async () => {
    const path = join(newFolder(), 'companies.json');
    expect((await run(['results', 'task-1', '-q', '-o', path], { api: await apiWith(3) })).stderr).toBe('');
    expect(JSON.parse(read(path))).toEqual(wireResults(3));
    expect(read(path).split('\n')).toHaveLength(6);
    await run(['results', 'task-1', '-o', path], { api: await apiWith(0) });
    expect(read(path)).toBe('[]\n');
  });

  it('leaves the file as it was where not all companies came', async () => {
    const [api, folder] = [await startApi(), newFolder()];
    const path = join(folder, 'companies.csv');
    writeFileSync(path, 'old');
    api.replies(results(wireResults(60)), error(403));
    expect(await run(['results', 'task-1', '-o', path], { api, clock: nappingClock() })).toMatchObject({ code: 4, stdout: '' });
    expect([readdirSync(folder), read(path)]).toEqual([['companies.csv'], 'old']);
  });

  it.each([
    [
      'companies.txt',
      "--output cannot be '…/companies.txt'; set a file that ends in .csv, .xlsx, .html, .json, .ndjson, .jsonl or .md",
    ],
    ['companies', "--output cannot be '…/companies'; set a file that ends in .csv, .xlsx, .html, .json, .ndjson, .jsonl or .md"],
    ['none/a.csv', "--output '…/none/a.csv' cannot be written: the folder …/none does not exist; run `mkdir -p …/none`"],
    [
      "my 'list'/a.csv",
      "--output '…/my 'list'/a.csv' cannot be written: the folder …/my 'list' does not exist; run `mkdir -p '…/my '\\''list'\\'''`",
    ],
    ['file/a.csv', "--output '…/file/a.csv' cannot be written: …/file is not a folder; check the path"],
    ['folder.csv', "--output '…/folder.csv' cannot be written: it is there, and is not a file; set another path"],
  ])('%s is a usage error, found before anything is sent', async (name, message) => {
    const [api, folder] = [await startApi(), newFolder()];
    mkdirSync(join(folder, 'folder.csv'));
    writeFileSync(join(folder, 'file'), '');
    for (const args of [
      ['results', 'task-1'],
      ['watch', 'task-1'],
      ['create', 'x', '--watch'],
      ['resume', 't', '--watch'],
      ['demo'],
    ]) {
      const { code, stdout, stderr } = await run([...args, '-o', join(folder, name)], { api });
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
      expect(stderr.replaceAll(folder, '…')).toContain(`error: ${message}`);
    }
    expect(api.requests).toEqual([]);
  });

  onPosix('so is a folder that may not be written to', async () => {
    const [api, folder] = [await apiWith(1), newFolder()];
    chmodSync(folder, 0o500);
    const { code, stderr } = await run(['results', 'task-1', '-o', join(folder, 'a.csv')], { api });
    // Root may write everywhere.
    if (process.getuid?.() === 0) return expect(code).toBe(0);
    expect({ code, stderr }).toMatchObject({ code: 2, stderr: expect.stringContaining('cannot be written to (EACCES)') });
    expect(api.requests).toEqual([]);
  });

  onPosix('keeps a file’s mode, and follows a link', async () => {
    const [api, folder] = [await apiWith(2), newFolder()];
    const [file, link] = [join(folder, 'real.csv'), join(folder, 'link.csv')];
    writeFileSync(file, 'old', { mode: 0o600 });
    symlinkSync(file, link);
    expect((await run(['results', 'task-1', '-o', link], { api })).code).toBe(0);
    expect(read(file)).toMatch(/^id,/);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder)).toEqual(['link.csv', 'real.csv']);
  });

  it('says that the file could not be written, and leaves no part of it', async () => {
    const [api, folder] = [await startApi(), newFolder()];
    const path = join(folder, 'a.csv');
    // Somebody puts a folder in its place meanwhile.
    api.replies((request, response) => {
      mkdirSync(path);
      results(wireResults(1))(request, response);
    });
    expect(await run(['results', 'task-1', '-o', path], { api })).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringMatching(
        /^error: '.*a\.csv' could not be written \(E\w+\); check the disk, or set another --output\n$/,
      ),
    });
    expect(readdirSync(folder)).toEqual(['a.csv']);
  });

  it('has warnings, too, and one format', async () => {
    const [api, path] = [await apiWith(1, { ...ENDED.done, num_results: 5 }), join(newFolder(), 'a.csv')];
    expect((await run(['results', 'task-1', '-o', path], { api, clock: nappingClock() })).stderr).toMatch(
      /^warning: The results are incomplete: .*\n1 company, 1 of them high-fit, written to .*\n$/,
    );
    for (const flag of ['--csv', '--json', '--markdown']) {
      expect(await run(['results', 'task-1', '-o', path, flag], { api })).toMatchObject({ code: 2, stdout: '' });
    }
  });
});

describe('watch --output', () => {
  it('writes the companies of all tasks, and prints no more than without', async () => {
    const [api, path] = [await startApi(), join(newFolder(), 'a.ndjson')];
    for (const id of ['a', 'b']) api.repliesTo(id, task(ENDED.done));
    api.replies(results(wireResults(2), { status: 'done' }));
    const ran = await run(['watch', 'a', 'b', '-o', path], { api });
    expect(ran.code).toBe(0);
    expect(ran.stderr).toMatch(/\n4 companies of 2 tasks, 4 of them high-fit, written to .*\/a\.ndjson\n$/);
    expect(ran.stdout.split('\n')).toHaveLength(4);
    expect(
      read(path)
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line).task_id),
    ).toEqual(['a', 'a', 'b', 'b']);
  });

  it('prints them as well with --results, and puts them into the last line with --json', async () => {
    const [api, path] = [await startApi(), join(newFolder(), 'a.csv')];
    api.repliesTo('task-1', task(ENDED.done));
    api.replies(results(wireResults(2), ENDED.done));
    const both = await run(['watch', 'task-1', '-q', '--results', '-o', path], { api, clock: nappingClock() });
    expect(both.stdout).toContain('\nCompany 1 ');
    const lines = await run(['watch', 'task-1', '-q', '--json', '-o', path], { api, clock: nappingClock() });
    expect(lines.json.at(-1)).toMatchObject({ exit_code: 0, results: wireResults(2) });
  });

  it('goes with create --watch, and with nothing that does not watch', async () => {
    const [api, path] = [await startApi(), join(newFolder(), 'a.csv')];
    const ended = { ...wireTask({ id: 'new-1' }), ...ENDED.done, num_results: 1 };
    api.repliesTo('discovery_tasks', body(200, JSON.stringify(ended)));
    api.repliesTo('new-1', body(200, JSON.stringify(ended)));
    api.replies(results([wireResult(0)], ENDED.done));
    expect(await run(['create', 'x', '-o', path], { api })).toMatchObject({
      code: 2,
      stderr: 'error: --output requires --watch; add --watch\n',
    });
    await run(['create', 'x', '--watch', '-q', '-o', path], { api, clock: nappingClock() });
    expect(read(path)).toContain('\r\ncompany-0,');
  });

  it('exits 1 where the file could not be written, however well the task went', async () => {
    const [api, folder] = [await startApi(), newFolder()];
    const path = join(folder, 'a.csv');
    api.repliesTo('task-1', task(ENDED.exhausted));
    api.replies((request, response) => {
      mkdirSync(path, { recursive: true });
      results(wireResults(40), ENDED.exhausted)(request, response);
    });
    expect((await run(['watch', 'task-1', '-q', '-o', path], { api })).code).toBe(1);
  });

  it('writes nothing where no task’s companies came, and says so', async () => {
    const [api, folder] = [await startApi(), newFolder()];
    api.replies(error(404));
    expect((await run(['watch', 'task-1', '-q', '-o', join(folder, 'a.csv')], { api })).code).toBe(6);
    const ran = await run(['watch', 'a', 'b', '-q', '--for', '5s', '-o', join(folder, 'a.csv')], {
      api: await startApi(),
      clock: nappingClock(),
    });
    expect(ran).toMatchObject({ code: 8, stderr: `warning: ${folder}/a.csv was not written, because no task has ended\n` });
    for (const ids of [['a'], ['a', 'b'], ['a', 'gone']]) {
      const broken = await startApi();
      for (const id of ids) broken.repliesTo(id, id === 'gone' ? error(404) : task(ENDED.done));
      broken.replies(error(502));
      const { stderr } = await run(['watch', ...ids, '-q', '--retry-for', '0', '-o', join(folder, 'a.csv')], { api: broken });
      expect(stderr).toMatch(/^warning: \S+a\.csv was not written, because no results were read\nerror: .*502/);
    }
    expect(readdirSync(folder)).toEqual([]);
  });
});
