import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { type Commands, command } from '../../src/cli/command.ts';
import { complete } from '../../src/cli/complete.ts';
import { withTables } from '../../src/cli/docs.ts';
import { mainHelpOf } from '../../src/cli/main-help.ts';
import { manPage } from '../../src/cli/man.ts';
import { duration, flag, option } from '../../src/cli/option.ts';
import { createProgram, loadFor, NOWHERE } from '../../src/cli/program.ts';
import { docsTables } from '../../src/commands/docs-tables.ts';
import { COMMANDS } from '../../src/commands/index.ts';
import { error, startApi, task } from '../support/api.ts';
import { nappingClock } from '../support/fake-clock.ts';
import { run } from '../support/run.ts';
import { ENDED } from '../support/tasks.ts';

/*
 * A fact is told once: what is changed in a spec, or in the table of exit codes, is changed in all that is made of it.
 */

const ROOT = resolve(import.meta.dirname, '../..');
const PAGES = ['README.md', 'docs/usage.md', 'docs/exit-codes.md', 'docs/sandbox.md'];
const read = (page: string) => readFileSync(resolve(ROOT, page), 'utf8');

async function made(commands: Commands) {
  const specs = await loadFor([], commands);
  const program = createProgram(specs, async () => {}, NOWHERE);
  return {
    help: (name: string) => program.commands.find((known) => known.name() === name)?.helpInformation() ?? '',
    man: manPage(specs),
    tables: docsTables(specs),
    offers: (line: string) => complete(program, line.split(' ')),
  };
}

describe.each(PAGES)('%s', (page) => {
  it('holds the tables that the specs make (npm run docs)', async () => {
    const { tables } = await made(COMMANDS);
    expect(read(page)).toContain('<!-- table: ');
    expect(withTables(read(page), tables)).toBe(read(page));
  });
});

it('every table of the specs stands in a page', async () => {
  const { tables } = await made(COMMANDS);
  const placed = PAGES.flatMap((page) => [...read(page).matchAll(/<!-- table: ([\w-]+) -->/g)].map(([, name]) => name));
  expect(placed.toSorted()).toEqual([...tables.keys()].filter((name) => name !== 'options-demo').toSorted());
});

describe('a default that is changed in a copy of a spec', () => {
  it('is changed in help, man page, docs and behaviour', async () => {
    const watch = await COMMANDS.watch?.();
    if (!watch) throw new Error('there is no watch');
    const retryFor = option({ flags: '--retry-for <duration>', help: 'keep retrying', default: '777ms' }, duration());
    const copy: Commands = { ...COMMANDS, watch: async () => ({ ...watch, options: { ...watch.options, retryFor } }) };
    const { help, man, tables } = await made(copy);
    expect(help('watch')).toContain('(default: 777ms)');
    expect(man).toContain('default: 777ms');
    expect(tables.get('options-watch')).toContain('| `777ms` |');
    const clock = nappingClock();
    const api = await startApi(clock);
    api.replies(error(502));
    const ran = await run(['watch', 'task-1', '-q'], { api, commands: copy, clock });
    expect(ran.code).toBe(1);
    expect(clock.now()).toBe(777);
    expect(api.requests.length).toBeGreaterThan(2);
  });
});

describe('an exit code that is changed in a copy of the table', () => {
  afterEach(() => {
    vi.doUnmock('../../src/core/exit-numbers.ts');
    vi.resetModules();
  });

  it('is changed in help, man page, docs and behaviour', async () => {
    const { BY_OUTCOME } = await import('../../src/core/exit-numbers.ts');
    vi.resetModules();
    vi.doMock('../../src/core/exit-numbers.ts', () => ({ BY_OUTCOME: { ...BY_OUTCOME, failed: 77 } }));
    const { COMMANDS: commands } = await import('../../src/commands/index.ts');
    const { docsTables: tablesOf } = await import('../../src/commands/docs-tables.ts');
    const { helpAfter } = await import('../../src/cli/help.ts');
    const specs = await loadFor([], commands);
    const watch = specs.get('watch');
    expect(watch && helpAfter(watch)).toContain('   77  the task failed');
    expect(manPage(specs)).toMatch(/^\\fB77\\fR\nthe task failed/m);
    expect(tablesOf(specs).get('exit-codes')).toContain('| 77 | `failed` |');
    const { run: runMocked } = await import('../support/run.ts');
    const api = await startApi();
    api.replies(task(ENDED.failed));
    expect((await runMocked(['watch', 'task-1', '--json', '-q'], { api })).json).toMatchObject([{ exit_code: 77 }]);
  });
});

describe('a command that is added by one line', () => {
  const hello = command({
    summary: 'say hello',
    args: [{ term: '<whom>', help: 'to whom', values: ['moon', 'sun'] }],
    options: { loud: flag({ flags: '--loud', help: 'in capitals' }) },
    examples: [['extruct-task hello moon', 'to the moon']],
    notes: [],
    exits: [{ code: 0, meaning: 'hello was said' }],
    async run({ args: [whom = ''], values, context }) {
      context.stdout.write(`${values.loud ? whom.toUpperCase() : whom}\n`);
      return 0;
    },
  });
  const commands: Commands = { ...COMMANDS, hello: async () => hello };

  it('runs, with its options read', async () => {
    expect(await run(['hello', 'moon', '--loud'], { commands })).toMatchObject({ code: 0, stdout: 'MOON\n', stderr: '' });
    expect(await run(['hello'], { commands })).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('set one of moon, sun'),
    });
  });

  it('is in the help, the man page and completion', async () => {
    const { help, man, offers } = await made(commands);
    expect(await mainHelpOf(commands)).toMatch(/^ {2}hello \[options\] <whom> +say hello$/m);
    expect(help('hello')).toContain('--loud');
    expect(man).toContain('to the moon');
    expect(man).toContain('hello was said (hello)');
    expect(offers('hello ')).toEqual({
      kind: 'words',
      words: ['moon', 'sun'].map((value) => ({ value, description: '' })),
    });
  });
});

it('a command loads its own spec, and no other', async () => {
  const loaded: string[] = [];
  const counted = Object.fromEntries(
    Object.entries(COMMANDS).map(([name, load]) => [
      name,
      () => {
        loaded.push(name);
        return load();
      },
    ]),
  );
  const api = await startApi();
  await run(['get', 'task-1', '-q'], { api, commands: counted });
  expect(loaded).toEqual(['get']);
});
