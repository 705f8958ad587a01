import { CommanderError } from 'commander';
import { USAGE } from '../core/exit-code.ts';
import type { Reason } from '../core/failure.ts';
import type { AnyCommand, Commands, Context, Ending } from './command.ts';
import { HELP_COLUMNS } from './help.ts';
import { type Option, type Options, optionName } from './option.ts';
import { createProgram, loadFor, type Parsed, valuesOfArgument } from './program.ts';
import { refuse, tellRefused } from './refuse.ts';
import { shellWord } from './shell-word.ts';

const READ_HELP = 'run `extruct-task --help`';

/** Reads the command line and runs its command, or prints help. */
export async function runCommandLine(context: Context, commands: Commands): Promise<Ending> {
  const { host, stdout, stderr } = context;
  let ending: Ending = 0;
  const specs = await loadFor(host.argv, commands);
  const program = createProgram(
    specs,
    async (parsed) => {
      ending = await runCommand(parsed, commands, context);
    },
    { columns: stdout.columns ?? HELP_COLUMNS, writeOut: (text) => stdout.write(text), writeErr: (text) => stderr.write(text) },
  );
  try {
    await program.parseAsync(host.argv, { from: 'user' });
    return ending;
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return 0;
    // Without a command commander prints the help. For `help` of an unknown command it prints nothing else.
    if (error.code === 'commander.help') {
      return host.argv.length === 0
        ? USAGE
        : refuse([{ what: `'${host.argv.join(' ')}' asks for help on an unknown command`, fix: READ_HELP }], context);
    }
    // Before the message is cut: it may hold the token, and a piece of that would not be known for it.
    const { hideToken } = await import('./hide-token.ts');
    await hideToken(context);
    error.message = context.redact(error.message);
    const reason = reasonOf(error, nameIn(host.argv, specs), specs);
    const taker = error.code === 'commander.unknownOption' ? await takerOf(error.message, commands) : null;
    return tellRefused([taker === null ? reason : { ...reason, fix: taker }], context);
  }
}

type Specs = Awaited<ReturnType<typeof loadFor>>;

/** The command that the line names, if it names one. */
function nameIn(argv: readonly string[], specs: Specs): string | undefined {
  return argv.find((word) => specs.get(word));
}

/** What is wrong with the command line, in words of ours where commander's do not help. */
function reasonOf(error: CommanderError, name: string | undefined, specs: Specs): Reason {
  const spec = specs.get(name ?? '');
  const [, assigned] = (error.code === 'commander.unknownOption' && /'(--[^=']+)=/.exec(error.message)) || [];
  if (assigned !== undefined && Object.values(spec?.options ?? {}).some((option) => optionName(option) === assigned))
    return { what: `${assigned} takes no value`, fix: `set ${assigned} alone` };
  return { what: commanderMessage(error), fix: fixOf(error, name, spec) };
}

/** The most commands that are named as takers of an option: one that more take is in the command's help, or misspelt. */
const MOST_TAKERS = 3;

/** Which commands take the option that is unknown to this one, as what to do; null if none does, or too many. */
async function takerOf(message: string, commands: Commands): Promise<string | null> {
  const [, unknown] = /'(--[^'=]+)/.exec(message) ?? [];
  const takers = [...(await loadFor([], commands))].filter(
    ([name, spec]) =>
      !name.startsWith('__') && Object.values(spec?.options ?? {}).some((option) => optionName(option) === unknown),
  );
  const names = takers.map(([name]) => `\`extruct-task ${name}\``).join(' or ');
  return takers.length > 0 && takers.length <= MOST_TAKERS ? `run ${names}, which takes it` : null;
}

/** Reads the values of all options. All errors in them are reported together, with those that the command itself finds. */
async function runCommand({ spec, args, given }: Parsed, commands: Commands, context: Context): Promise<Ending> {
  const { values, reasons } = readAll(spec.options, given);
  const names = Object.values(spec.options).flatMap((option) => (given(option) === undefined ? [] : optionName(option)));
  const asGiven = (options: Options) =>
    Object.keys(options)
      .flatMap((key) => wordsOf(spec.options[key], given))
      .join('');
  const call = { args, values, given: names, asGiven, commands, context };
  reasons.push(...lacking(spec.options, names));
  if (reasons.length === 0) return spec.run(call);
  return refuse([...reasons, ...((await spec.check?.(call)) ?? [])], context);
}

/** An option as it was given: ` --until 'num_results>=5'`, once for each value. */
function wordsOf(option: Option<unknown> | undefined, given: Parsed['given']): string[] {
  const value = option && given(option);
  if (!option || value === undefined) return [];
  const values = Array.isArray(value) ? value : [value];
  return values.map((one) => (typeof one === 'string' ? ` ${optionName(option)} ${shellWord(one)}` : ` ${optionName(option)}`));
}

/** What is wrong where options were given without the one that they need. */
function lacking(options: Options, names: readonly string[]): Reason[] {
  return Object.values(options)
    .filter((option) => option.needs !== undefined && names.includes(optionName(option)) && !names.includes(option.needs))
    .map((option) => ({ what: `${optionName(option)} requires ${option.needs}`, fix: `add ${option.needs}` }));
}

function readAll(options: Options, given: (option: Option<unknown>) => unknown) {
  const values: Record<string, unknown> = {};
  const reasons: Reason[] = [];
  for (const [key, option] of Object.entries(options)) {
    const value = option.read(given(option));
    if (value.ok) values[key] = value.value;
    else reasons.push(...value.reasons);
  }
  return { values, reasons };
}

/** What to do. If the missing argument can have only a few values, they are listed. */
function fixOf({ code, message }: CommanderError, name: string | undefined, spec: AnyCommand | null | undefined): string {
  if (code === 'commander.excessArguments' && spec?.excessFix !== undefined) return spec.excessFix;
  const [, missing = ''] = (code === 'commander.missingArgument' && /'(.+)'$/.exec(message)) || [];
  const values = valuesOfArgument(spec, missing);
  return values.length > 0
    ? `set one of ${values.join(', ')}`
    : name === undefined
      ? READ_HELP
      : `run \`extruct-task ${name} --help\``;
}

/** commander's words without its own "error:", on one line. */
function commanderMessage(error: CommanderError): string {
  return (
    error.message
      .replace(/^error: /, '')
      // The text after `=` may be a secret: `--token=…`.
      .replace(/^(unknown option '[^=]*)=.*'/, "$1'")
      .replace(/\.?\n/g, ' ')
      .replace(/\.$/, '')
  );
}
