import { Command, Option } from 'commander';
import { version } from '../version.ts';
import { HELP_FLAGS, VERSION_FLAGS } from './flags.ts';
import { type HelpTopic, helpAfter, MAIN_HELP } from './help.ts';

/** The flags of a command as commander read them: unchecked. */
export type Flags = Readonly<Record<string, unknown>>;

/** What to do for each command. */
export interface Actions {
  get(task: string, flags: Flags): Promise<void>;
  watch(tasks: string[], flags: Flags): Promise<void>;
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

/**
 * The tree of commands, to parse `argv` with. Parsing throws CommanderError on help, `--version` and a wrong command line, and
 * never exits. A command that `argv` does not name is only listed, so most of its options are not made.
 */
export function createProgram(argv: readonly string[], actions: Actions, output: ProgramOutput): Command {
  const program = new Command('extruct-task')
    .description('Fetches and watches Extruct Deep Search tasks.')
    .version(version, VERSION_FLAGS.join(', '), 'print the version')
    .helpOption(HELP_FLAGS.join(', '), 'print this help')
    .helpCommand('help [command]', 'print the help of a command')
    .exitOverride()
    .configureOutput({ ...output, outputError: () => {} })
    .addHelpText('after', MAIN_HELP);

  const add = (name: HelpTopic, description: string) => addCommand(program, name, description, argv.includes(name));
  add('get', 'fetch a task once and print it')
    .argument('<task>', 'a task: its id, or its page in the app')
    .action((task, flags) => actions.get(task, flags));
  add('watch', 'poll tasks until each has ended')
    .argument('[task...]', 'tasks: ids, or their pages in the app; - reads one a line; none, on a terminal, to choose')
    .action((tasks, flags) => actions.watch(tasks, flags));
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
  for (const option of isNamed ? optionsOf(name) : colorOptions()) command.addOption(option);
  return command;
}

function optionsOf(name: HelpTopic): Option[] {
  if (name === 'completion') return colorOptions();
  if (name === 'sandbox') return [...sandboxOptions(), ...colorOptions()];
  const access = name === 'demo' ? [] : accessOptions();
  return [...access, ...pollOptions(name), ...outputOptions(name), ...colorOptions()];
}

function sandboxOptions(): Option[] {
  return [
    new Option('--port <number>', 'the port to serve on, 0 for any that is free (default: 8787)'),
    new Option('--speed <factor>', 'how much faster than life the tasks go (default: 1)'),
  ];
}

function accessOptions(): Option[] {
  return [
    new Option('--token-file <path>', 'read the token from a file, - for standard input (else from EXTRUCT_API_TOKEN)'),
    new Option('--api-url <url>', 'where the API is (default: EXTRUCT_API_URL, else https://api.extruct.ai)'),
    new Option('--insecure-http', 'allow http: to other machines; the token travels unencrypted'),
    new Option('--insecure-debug', 'allow a NODE_DEBUG with which Node.js itself prints the token').hideHelp(),
  ];
}

function pollOptions(name: HelpTopic): Option[] {
  const isGet = name === 'get';
  return [
    // `get` takes the flags of `watch` that mean nothing to it, so that a script can keep one set of flags.
    new Option(
      '--interval <duration>',
      `time between two polls of a task; auto: by how near its end seems (default: ${name === 'demo' ? '1s' : 'auto'})`,
    ).hideHelp(isGet),
    new Option('--timeout <duration>', `give up after so long (default: ${name === 'demo' ? '20s' : 'never'})`),
    new Option('--stall-timeout <duration>', 'give up when nothing has changed for so long (default: never)').hideHelp(isGet),
    new Option('--until <condition>', 'also end well when it holds: num_results>=50; repeat it for any of several').argParser(
      collect,
    ),
    new Option('--fail-fast', 'several tasks: stop at the first that does not end well').hideHelp(isGet || name === 'demo'),
    new Option('--request-timeout <duration>', 'give one request so long (default: 30s)'),
    new Option('--retry-for <duration>', `put up with an outage for so long (default: ${isGet ? '30s' : '5m'})`),
  ];
}

function outputOptions(name: HelpTopic): Option[] {
  const isGet = name === 'get';
  return [
    new Option('--json', isGet ? 'print the task as JSON' : 'print a line of JSON for each change'),
    new Option('--progress <mode>', 'auto, live, plain or none (default: auto)').hideHelp(isGet),
    new Option('-q, --quiet', 'no progress: the same as --progress none'),
    new Option('--heartbeat <duration>', 'plain progress: a line at least this often (default: 60s)').hideHelp(isGet),
    new Option('--bell', 'ring the bell at the end, on a terminal').hideHelp(isGet),
    new Option('--notify', 'notify at the end where the terminal can, else ring the bell').hideHelp(isGet),
    new Option('--allow-exhausted', 'exit 0 for an exhausted task'),
    new Option('--no-exit-status', 'exit 0 however the task stands; errors keep their codes'),
    new Option('-v, --verbose', 'tell of each request on stderr (also: DEBUG=extruct-task)'),
  ];
}

function colorOptions(): Option[] {
  return [
    new Option('--color', 'use colours (default: on a terminal; FORCE_COLOR)'),
    new Option('--no-color', 'use no colours (also: NO_COLOR)'),
  ];
}

/** Keeps every value of a flag that may be repeated; by it one is known. */
export function collect(value: string, previous: readonly string[] | undefined): string[] {
  return [...(previous ?? []), value];
}
