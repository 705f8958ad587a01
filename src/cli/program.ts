import { Command, Help, Option as Known, Argument as Operand } from 'commander';
import { version } from '../version.ts';
import type { AnyCommand, Argument, Commands } from './command.ts';
import { HELP_FLAGS, VERSION_FLAGS } from './flags.ts';
import { folded, HELP_COLUMNS, helpAfter, indentUnder, mainHelp } from './help.ts';
import { helpOf, type Option } from './option.ts';

/** What the parser made of a command line: the command, and its arguments and options. */
export interface Parsed {
  readonly spec: AnyCommand;
  readonly args: readonly string[];
  /** What was given of an option: its text, its texts, or whether it was given; undefined where it was not. */
  given(known: Option<unknown>): unknown;
}

/** Where the parser's own words go: help that the user asked for, and errors in the command line. */
interface Sink {
  /** The width of the help, in columns. */
  readonly columns: number;
  writeOut(text: string): void;
  writeErr(text: string): void;
}

/** A sink for callers that only read the tree of commands. */
export const NOWHERE: Sink = { columns: HELP_COLUMNS, writeOut: () => {}, writeErr: () => {} };

/** The specs that a command line needs: the spec of its command, else all of them, by name and in order. */
export async function loadFor(argv: readonly string[], commands: Commands): Promise<ReadonlyMap<string, AnyCommand | null>> {
  const names = Object.keys(commands);
  const isNamed = (name: string) => argv.includes(name);
  const isWanted = argv[0]?.startsWith('-') || !names.some(isNamed) ? () => true : isNamed;
  const loaded = names.map(async (name) => [name, isWanted(name) ? ((await commands[name]?.()) ?? null) : null] as const);
  return new Map(await Promise.all(loaded));
}

/** What commander writes in front of the usage. */
const USAGE_HEAD = 'Usage: ';

/** Descriptions stand beside their terms where they have so many columns, else below them. */
const LEAST_COLUMNS = 20;

/**
 * The tree of commands. Parsing throws CommanderError on help, `--version` and a wrong command line, and never exits. A command
 * without its spec has only a name.
 */
export function createProgram(
  specs: ReadonlyMap<string, AnyCommand | null>,
  run: (parsed: Parsed) => Promise<void>,
  sink: Sink,
): Command {
  const program = new Command('extruct-task')
    .description('Creates, watches and reads Extruct Deep Search tasks.')
    .version(version, VERSION_FLAGS.join(', '), 'print the version')
    .helpOption(HELP_FLAGS.join(', '), 'print this help')
    .helpCommand('help [command]', 'print the help for a command')
    // An option of a command may have any value, -V as well.
    .enablePositionalOptions()
    .exitOverride()
    // Our own descriptions already contain the values and defaults that commander would add.
    .configureHelp({
      optionDescription: ({ description }) => description,
      argumentDescription: ({ description }) => description,
      commandUsage: (command) =>
        folded(USAGE_HEAD, Help.prototype.commandUsage.call(new Help(), command), sink.columns).slice(USAGE_HEAD.length),
      helpWidth: sink.columns,
      minWidthToWrap: LEAST_COLUMNS,
      formatItem: (term, termColumns, description, helper) =>
        description === '' || sink.columns - termColumns - 4 >= LEAST_COLUMNS
          ? Help.prototype.formatItem.call(helper, term, termColumns, description, helper)
          : `  ${term}\n${folded(indentUnder(sink.columns), description, sink.columns)}`,
    })
    .configureOutput({ ...sink, outputError: () => {} })
    .addHelpText('after', mainHelp(sink.columns));
  for (const [name, spec] of specs) addCommand(program, name, spec, run, sink.columns);
  return program;
}

function addCommand(
  program: Command,
  name: string,
  spec: AnyCommand | null,
  run: (parsed: Parsed) => Promise<void>,
  columns: number,
): void {
  const command = program.command(name, { hidden: name.startsWith('__') });
  if (!spec) return;
  command.version(version, VERSION_FLAGS.join(', '));
  command.options.at(-1)?.hideHelp();
  command.description(spec.summary).addHelpText('after', () => helpAfter(spec, columns));
  for (const argument of spec.args) addArgument(command, argument);
  const known = new Map(Object.values(spec.options).map((told) => [told, knownOption(told)] as const));
  for (const option of known.values()) command.addOption(option);
  command.action((...operands: unknown[]) => {
    const args = operands
      .slice(0, spec.args.length)
      .flat()
      .filter((operand) => typeof operand === 'string');
    const given = (told: Option<unknown>) => {
      const name = known.get(told)?.attributeName() ?? '';
      const value: unknown = command.getOptionValueSource(name) === 'cli' ? command.getOptionValue(name) : undefined;
      // `--color` and `--no-color` share a value.
      return value === told.flags.startsWith('--no-') ? undefined : value;
    };
    return run({ spec, args, given });
  });
}

function addArgument(command: Command, { term, help, values, default: value }: Argument): void {
  const known = new Operand(term, value === undefined ? help : `${help} (default: ${value})`);
  if (values) known.argChoices = [...values];
  if (value !== undefined) known.default(value);
  command.addArgument(known);
}

/**
 * Without commander's own check of choices: it would refuse other values in its words, not in ours. The choices only serve
 * completion.
 */
function knownOption(told: Option<unknown>): Known {
  const option = new Known(told.flags, helpOf(told)).hideHelp(told.isHidden === true);
  if (told.repeats) option.argParser(collect);
  if (told.values) option.argChoices = [...told.values];
  if (told.group !== undefined) option.helpGroup(told.group);
  return option.conflicts([...(told.conflicts ?? [])]);
}

/** Keeps every value of an option that can be repeated. Completion recognizes such an option by this function. */
export function collect(value: string, previous: readonly string[] | undefined): string[] {
  return [...(previous ?? []), value];
}

/** The values that an argument of a command can have. */
export function valuesOfArgument(spec: AnyCommand | null | undefined, name: string): readonly string[] {
  return spec?.args.find(({ term }) => term.replace(/[[\]<>.]/g, '') === name)?.values ?? [];
}
