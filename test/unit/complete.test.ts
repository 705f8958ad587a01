import { Command, Option } from 'commander';
import { describe, expect, it } from 'vitest';
import { complete } from '../../src/cli/complete.ts';
import { collect, createProgram, loadFor, NOWHERE } from '../../src/cli/program.ts';
import { COMMANDS } from '../../src/commands/index.ts';
import { DATA_SOURCES } from '../../src/core/choices.ts';

/** Words by blanks; what stands behind the last blank is what is being typed. */
const split = (line: string) => line.split(' ');

async function wantedFor(line: string) {
  return complete(
    createProgram(await loadFor(split(line), COMMANDS), async () => {}, NOWHERE),
    split(line),
  );
}

async function offered(line: string): Promise<string[]> {
  const wanted = await wantedFor(line);
  return wanted.kind === 'words' ? wanted.words.map(({ value }) => value) : [`(${wanted.kind})`];
}

describe('commands', () => {
  it.each(['', 'w', 'help '])('are offered for "%s", with what they do', async (line) => {
    expect(await wantedFor(line)).toEqual({
      kind: 'words',
      words: expect.arrayContaining([
        { value: 'get', description: 'fetch a task once and print it' },
        { value: 'watch', description: 'poll tasks until each has ended' },
        { value: 'help', description: 'print the help for a command' },
      ]),
    });
  });

  it.each(['', '-', 'help ', 'get -'])('for "%s" hold nothing that is hidden', async (line) => {
    expect((await offered(line)).filter((value) => /^__|debug/.test(value))).toEqual([]);
  });

  it.each(['wacth ', 'help get ', 'wacth x '])('are not offered for "%s", nor is anything else', async (line) => {
    expect(await offered(line)).toEqual([]);
  });
});

describe('options', () => {
  it.each(['get -', 'get --', 'get task-1 --no', 'get task-1 ', 'sandbox ', 'get --until -1 -', 'get --timeout=1s --j'])(
    'are offered for "%s"',
    async (line) => {
      expect(await offered(line)).toEqual(expect.arrayContaining(['--color', '--no-color', '--help', '-h']));
    },
  );

  it('are those of the program where no command is named', async () => {
    expect(await offered('-')).toEqual(['--version', '-V', '--help', '-h']);
  });

  it('come with what they do', async () => {
    const wanted = await wantedFor('get -');
    expect(wanted).toMatchObject({ words: expect.arrayContaining([{ value: '--json', description: 'print the task as JSON' }]) });
  });

  it.each([
    ['get --json -', '--json'],
    ['get -q -', '--quiet'],
    ['get -vq -', '--quiet'],
    ['get -qv task-1 -', '--verbose'],
    ['get --timeout 5s -', '--timeout'],
    ['get --timeout=5s -', '--timeout'],
    ['get --no-exit-status -', '--no-exit-status'],
    ['get --color -', '--no-color'],
  ])('for "%s" hold no %s, which is given', async (line, given) => {
    expect(await offered(line)).toContain('--help');
    expect(await offered(line)).not.toContain(given);
  });

  it.each([
    ['get --until num_results>=5 -', '--until'],
    ['create --data-source maps -', '--data-source'],
    ['get --token-file --json -', '--json'],
    ['get -- --json -', '(tasks)'],
  ])('for "%s" hold %s, which may come', async (line, still) => {
    expect(await offered(line)).toEqual(still === '(tasks)' ? [] : expect.arrayContaining([still]));
  });

  it('stand nowhere behind --', async () => {
    expect(await offered('sandbox -- ')).toEqual([]);
    expect(await offered('get -- -')).toEqual(['(tasks)']);
  });
});

describe('values', () => {
  it.each([
    ['watch --progress ', ['auto', 'live', 'plain', 'none']],
    ['watch --progress=l', ['--progress=auto', '--progress=live', '--progress=plain', '--progress=none']],
    ['watch task-1 -q --progress -', ['auto', 'live', 'plain', 'none']],
    ['watch --timeout ', []],
    ['watch --timeout=', []],
    ['get --interval ', []],
    ['get --token-file ', ['(files)']],
    ['get --token-file=a', ['(files)']],
    ['get --token-file -', ['(files)']],
    ['list --status ', ['created', 'in_progress', 'running', 'done', 'exhausted', 'failed']],
    ['create --data-source maps --data-source ', DATA_SOURCES],
    ['create --criteria-file ', ['(files)']],
    ['create --body-file=', ['(files)']],
    ['create ', []],
    ['completion ', ['bash', 'zsh', 'fish']],
    ['completion --no-color ', ['bash', 'zsh', 'fish']],
    ['demo ', ['done', 'exhausted', 'unscored', 'failed', 'flaky', 'unpaid', 'limited', 'stalled', 'slow', 'instant']],
  ])('for "%s" are %j', async (line, values) => {
    expect(await offered(line)).toEqual(values);
  });
});

describe('tasks', () => {
  it.each([
    ['get ', []],
    ['get --json ', []],
    ['get --timeout 5s task', []],
    ['watch ', []],
    ['watch a b --json ', ['a', 'b']],
    ['watch -- a -', ['a']],
    ['watch - ', ['-']],
    ['results --csv ', []],
    ['resume --more 5 ', []],
    ['create query --exclude-task ', []],
  ])('are wanted for "%s", but for %j', async (line, named) => {
    expect(await wantedFor(line)).toEqual({ kind: 'tasks', prefix: '', named });
  });

  it.each(['get --api-url http://localhost:1 ', 'watch --token-file=other ', 'watch --token-file other a '])(
    'are not offered for "%s": the environment leads to others',
    async (line) => {
      expect(await offered(line)).toEqual([]);
    },
  );
});

describe('a command that is not known yet', () => {
  function tree(): Command {
    const program = new Command('program');
    program
      .command('create')
      .argument('<query>')
      .addOption(new Option('--source <source>').choices(['web', 'maps']))
      .addOption(new Option('--sort <key>').choices(['name', 'date']).argParser(collect))
      .addOption(new Option('--data-source <source...>').choices(['web', 'maps']))
      .addOption(new Option('--exclude <task>'))
      .addOption(new Option('--body-file <path>'))
      .addOption(new Option('-n, --limit <number>'))
      .addOption(new Option('--at [when]').choices(['once', 'later']))
      .addOption(new Option('--secret').hideHelp());
    return program;
  }

  it.each([
    ['create ', { kind: 'words', words: [] }],
    ['create --body-file ', { kind: 'files' }],
    ['create x --exclude ', { kind: 'tasks', prefix: '', named: [] }],
    ['create --exclude=', { kind: 'tasks', prefix: '--exclude=', named: [] }],
  ])('wants for "%s" what its placeholders say', (line, wanted) => {
    expect(complete(tree(), split(line))).toEqual(wanted);
  });

  it.each([
    ['create --source ', ['web', 'maps']],
    ['create --source=', ['--source=web', '--source=maps']],
    ['create --data-source web ', ['web', 'maps']],
    ['create --at ', ['once', 'later']],
  ])('offers for "%s" its choices: %j', (line, values) => {
    const wanted = complete(tree(), split(line));
    expect(wanted).toEqual({ kind: 'words', words: values.map((value) => ({ value, description: '' })) });
  });

  it.each([
    ['create --source web -', '--source', false],
    ['create --sort name -', '--sort', true],
    ['create --data-source web -', '--data-source', true],
    ['create -n 5 -', '--limit', false],
    ['create -n5 -', '--limit', false],
    ['create --at -', '--at', false],
    ['create -', '--secret', false],
  ])('offers for "%s" %s: %s', (line, option, isOffered) => {
    const wanted = complete(tree(), split(line));
    const values = wanted.kind === 'words' ? wanted.words.map(({ value }) => value) : [];
    expect(values).toContain('--help');
    expect(values.includes(option)).toBe(isOffered);
  });
});
