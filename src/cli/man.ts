import type { Argument, Command } from 'commander';
import type { AnyCommand, Exit } from './command.ts';
import { commandsOf } from './line.ts';
import { DESCRIPTION, ENVIRONMENT, SEE_ALSO } from './man-words.ts';
import { helpOf, type Option } from './option.ts';
import { createProgram, NOWHERE } from './program.ts';
import { bold, literal, prose, quoted, usage } from './roff.ts';

/** The specs of the commands, by their names. */
type Specs = ReadonlyMap<string, AnyCommand | null>;

/** The man page of the commands, in roff with the macros of man(7). The same specs make the same page: it has no date. */
export function manPage(specs: Specs): string {
  const program = createProgram(specs, async () => {}, NOWHERE);
  const name = program.name();
  const commands = commandsOf(program);
  const terms = commands.map((command) => `${name} ${program.createHelp().subcommandTerm(command)}`);
  const summary = program
    .description()
    .replace(/^[A-Z]/, (letter) => letter.toLowerCase())
    .replace(/\.$/, '');
  return [
    `.TH ${quoted(name.toUpperCase())} 1 "" ${quoted(`${name} ${program.version()}`)}`,
    // A hyphenated word cannot be copied, and a justified line is hard to search.
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
    ...commands.flatMap((command) => commandLines(command, specs.get(command.name()))),
    '.SH EXIT STATUS',
    ...exitsOf(specs).flatMap(({ code, meaning, names }) => tagged(bold(String(code)), `${meaning} (${names.join(', ')})`)),
    '.SH ENVIRONMENT',
    ...ENVIRONMENT.flatMap(([names, meaning]) => tagged(bold(literal(names)), meaning)),
    '.SH SEE ALSO',
    ...SEE_ALSO.map((page, index) => `.BR ${page} (1)${index < SEE_ALSO.length - 1 ? ',' : ''}`),
    '',
  ].join('\n');
}

function commandLines(command: Command, spec: AnyCommand | null | undefined): string[] {
  const help = command.createHelp();
  const { options = {}, examples = [] } = spec ?? {};
  return [
    `.SS ${quoted(help.subcommandTerm(command))}`,
    ...prose(sentence(command.description())),
    ...help.visibleArguments(command).flatMap(argumentLines),
    ...Object.values(options).flatMap((option) => (option.isHidden ? [] : optionLines(option))),
    ...(spec ? tagged(usage('-h, --help'), 'print the help for the command') : []),
    ...(examples.length > 0 ? ['.PP', 'Examples:'] : []),
    ...examples.flatMap(([line, meaning]) => tagged(bold(literal(line)), meaning)),
  ];
}

function argumentLines(argument: Argument): string[] {
  return tagged(`\\fI${literal(argument.name())}\\fR`, withValues(argument.description, argument.argChoices ?? []));
}

function optionLines(option: Option<unknown>): string[] {
  const more = option.more === undefined ? '' : `. ${withoutMarks(option.more)}`;
  return tagged(usage(option.flags), withValues(helpOf(option), option.values ?? []) + more);
}

/** A sentence of the docs without what makes it code or a link. */
function withoutMarks(markdown: string): string {
  return markdown.replaceAll('`', '').replace(/\[([^\]]*)\]\([^)]*\)/g, '$1');
}

/** What each exit code means and for which commands, ordered by code. */
function exitsOf(specs: Specs): readonly (Exit & { readonly names: readonly string[] })[] {
  const rows = new Map<string, Exit & { names: string[] }>();
  for (const [name, spec] of specs) {
    for (const { code, meaning } of spec?.exits ?? []) {
      const row = rows.get(`${code} ${meaning}`) ?? { code, meaning, names: [] };
      rows.set(`${code} ${meaning}`, row);
      row.names.push(name);
    }
  }
  return [...rows.values()].toSorted((a, b) => a.code - b.code);
}

/** The description, followed by the values where it does not already contain them. */
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
