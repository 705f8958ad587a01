import { Command } from 'commander';
import { version } from '../version.ts';
import { HELP_FLAGS, VERSION_FLAGS } from './flags.ts';
import { type HelpTopic, helpAfter, MAIN_HELP } from './help.ts';
import { colors, optionsOf } from './options.ts';

/** The flags of a command as commander read them: unchecked. */
export type Flags = Readonly<Record<string, unknown>>;

/** What to do for each command. */
export interface Actions {
  get(tasks: string[], flags: Flags): Promise<void>;
  watch(tasks: string[], flags: Flags): Promise<void>;
  results(tasks: string[], flags: Flags): Promise<void>;
  list(flags: Flags): Promise<void>;
  create(query: string | undefined, flags: Flags): Promise<void>;
  resume(task: string, flags: Flags): Promise<void>;
  demo(scenario: string, flags: Flags): Promise<void>;
  sandbox(flags: Flags): Promise<void>;
  completion(shell: string, flags: Flags): Promise<void>;
  /** What the completion scripts call, with the words of a line. */
  complete(shell: string, words: readonly string[], program: Command): Promise<void>;
}

/** Where commander's own words go: help that was asked for, and what is wrong with the command line. */
interface ProgramOutput {
  writeOut(text: string): void;
  writeErr(text: string): void;
}

const ONE_TASK = 'a task: its id, its page in the app, or @last for the newest; none, on a terminal, to choose';

/**
 * The tree of commands, to parse `argv` with. Parsing throws CommanderError on help, `--version` and a wrong command line, and
 * never exits. A command that `argv` does not name is only listed, so most of its options are not made.
 */
export function createProgram(argv: readonly string[], actions: Actions, output: ProgramOutput): Command {
  const program = new Command('extruct-task')
    .description('Creates, watches and reads Extruct Deep Search tasks.')
    .version(version, VERSION_FLAGS.join(', '), 'print the version')
    .helpOption(HELP_FLAGS.join(', '), 'print this help')
    .helpCommand('help [command]', 'print the help of a command')
    .exitOverride()
    .configureOutput({ ...output, outputError: () => {} })
    .addHelpText('after', MAIN_HELP);

  const add = (name: HelpTopic, description: string) => addCommand(program, name, description, argv.includes(name));
  add('get', 'fetch a task once and print it')
    .argument('[task]', ONE_TASK)
    .action((task, flags) => actions.get(task === undefined ? [] : [task], flags));
  add('watch', 'poll tasks until each has ended')
    .argument('[task...]', 'tasks: ids, their pages in the app, or @last; - reads one a line; none, on a terminal, to choose')
    .action((tasks, flags) => actions.watch(tasks, flags));
  add('results', 'print the companies that a task has found')
    .argument('[task]', ONE_TASK)
    .action((task, flags) => actions.results(task === undefined ? [] : [task], flags));
  add('list', 'list tasks, newest first').action((flags) => actions.list(flags));
  add('create', 'start a task, which costs credits')
    .argument('[query]', 'what to search for, in plain words')
    .action((query, flags) => actions.create(query, flags));
  add('resume', 'have a task look for more, which costs credits')
    .argument('<task>', 'a task: its id, its page in the app, or @last for the newest')
    .action((task, flags) => actions.resume(task, flags));
  add('demo', 'watch a simulated task, with no account')
    .argument('[scenario]', 'how the task is to go', 'done')
    .action((scenario, flags) => actions.demo(scenario, flags));
  add('sandbox', 'serve the simulated API on this machine, for trying scripts').action((flags) => actions.sandbox(flags));
  add('completion', 'print the script with which a shell completes commands on TAB')
    .argument('<shell>', 'bash, zsh or fish')
    .action((shell, flags) => actions.completion(shell, flags));
  program
    .command('__complete', { hidden: true })
    .argument('[shell]')
    .argument('[word...]')
    .action((shell, words) => actions.complete(shell, words, program));
  return program;
}

function addCommand(program: Command, name: HelpTopic, description: string, isNamed: boolean): Command {
  const command = program
    .command(name)
    .description(description)
    .addHelpText('after', () => helpAfter(name));
  for (const option of isNamed ? optionsOf(name) : colors()) command.addOption(option);
  return command;
}
