import type { Argument, Command, Option } from 'commander';
import { EXIT_CODES, examplesOf } from './help.ts';
import { commandsOf } from './line.ts';
import { DESCRIPTION, ENVIRONMENT, SEE_ALSO } from './man-words.ts';
import { bold, literal, prose, quoted, usage } from './roff.ts';
import { placeholderOf, VALUES } from './values.ts';

/** The man page of the tree of commands, in roff with the macros of man(7). The same tree makes the same page: it bears no date. */
export function manPage(program: Command): string {
  const name = program.name();
  const commands = commandsOf(program);
  const terms = commands.map((command) => `${name} ${program.createHelp().subcommandTerm(command)}`);
  const summary = program
    .description()
    .replace(/^[A-Z]/, (letter) => letter.toLowerCase())
    .replace(/\.$/, '');
  return [
    `.TH ${quoted(name.toUpperCase())} 1 "" ${quoted(`${name} ${program.version()}`)}`,
    // A word that is broken cannot be copied, nor one looked for that is spread over the line.
    '.nh',
    '.ad l',
    '.SH NAME',
    `${literal(name)} \\- ${prose(summary).join(' ')}`,
    '.SH SYNOPSIS',
    '.nf',
    ...terms.map(usage),
    '.fi',
    '.SH DESCRIPTION',
    ...paragraphs(DESCRIPTION),
    '.SH COMMANDS',
    ...commands.flatMap(commandLines),
    '.SH EXIT STATUS',
    ...EXIT_CODES.toSorted(([a], [b]) => a - b).flatMap(exitLines),
    '.SH ENVIRONMENT',
    ...ENVIRONMENT.flatMap(([names, meaning]) => tagged(bold(literal(names)), meaning)),
    '.SH SEE ALSO',
    ...SEE_ALSO.map((page, index) => `.BR ${page} (1)${index < SEE_ALSO.length - 1 ? ',' : ''}`),
    '',
  ].join('\n');
}

function commandLines(command: Command): string[] {
  const help = command.createHelp();
  const examples = examplesOf(command.name());
  return [
    `.SS ${quoted(help.subcommandTerm(command))}`,
    ...prose(sentence(command.description())),
    ...help.visibleArguments(command).flatMap(argumentLines),
    ...help.visibleOptions(command).flatMap(optionLines),
    ...(examples.length > 0 ? ['.PP', 'Examples:'] : []),
    ...examples.flatMap(([line, meaning]) => tagged(bold(literal(line)), meaning)),
  ];
}

function argumentLines(argument: Argument): string[] {
  const values = argument.argChoices ?? VALUES[argument.name()] ?? [];
  return tagged(`\\fI${literal(argument.name())}\\fR`, withValues(argument.description, values));
}

function optionLines(option: Option): string[] {
  const values = option.argChoices ?? VALUES[placeholderOf(option)] ?? [];
  return tagged(usage(option.flags), withValues(option.description, values));
}

function exitLines([code, meaning, commands]: (typeof EXIT_CODES)[number]): string[] {
  return tagged(bold(String(code)), `${meaning} (${commands.replaceAll(' ', ', ')})`);
}

/** Values that the description does not name itself are told behind it. */
function withValues(description: string, values: readonly string[]): string {
  return values.every((value) => description.includes(value)) ? description : `${description}: ${values.join(', ')}`;
}

function tagged(tag: string, text: string): string[] {
  return ['.TP', tag, ...prose(text)];
}

function paragraphs(texts: readonly string[]): string[] {
  return texts.flatMap((text, index) => [...(index > 0 ? ['.PP'] : []), ...prose(text)]);
}

function sentence(text: string): string {
  return `${text.replace(/^[a-z]/, (letter) => letter.toUpperCase())}.`;
}
