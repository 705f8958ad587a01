import type { Command, Option } from 'commander';
import { commandsOf, findOption, type Line, optionToFill, readLine } from './line.ts';
import { placeholderOf } from './option.ts';
import { collect } from './program.ts';

/** Something that can stand where the cursor is. */
export interface Candidate {
  readonly value: string;
  /** Empty for none. */
  readonly description: string;
}

/** What is wanted in place of a line's last word. */
type Wanted =
  | { readonly kind: 'words'; readonly words: readonly Candidate[] }
  | { readonly kind: 'files' }
  /** Tasks, each with `prefix` before it, without those that are `named` as arguments already. */
  | { readonly kind: 'tasks'; readonly prefix: string; readonly named: readonly string[] };

/**
 * With these, tasks are others than the environment leads to. None are offered then: to press TAB must not send the token to an
 * address that was only pasted.
 */
const LEADS_ELSEWHERE: readonly string[] = ['apiUrl', 'tokenFile'];

/**
 * What is wanted in place of the last of `words`, which are those behind the program's name. By commander's tree alone: no command
 * is known here.
 */
export function complete(program: Command, words: readonly string[]): Wanted {
  const line = readLine(program, words.slice(0, -1));
  const word = words.at(-1) ?? '';
  // One dash may become an option.
  const option = optionToFill(line, word === '-' ? '--' : word);
  if (option) return valuesOf(option, '', line);
  if (line.isLiteral || !word.startsWith('-')) return argumentOf(program, line);
  const [, name] = /^(--[^=]+)=/.exec(word) ?? [];
  const assigned = name === undefined ? undefined : findOption(line.command, name);
  return assigned ? valuesOf(assigned, `${name}=`, line) : ofWords(optionsOf(line));
}

function argumentOf(program: Command, line: Line): Wanted {
  const { command, operands } = line;
  if (command.commands.length > 0) return ofWords(operands.length === 0 ? commandsOf(command).map(ofCommand) : []);
  const { registeredArguments } = command;
  const last = registeredArguments.at(-1);
  const argument = registeredArguments[operands.length] ?? (last?.variadic ? last : undefined);
  // With nothing more to name there are still options.
  if (!argument) return ofWords(line.isLiteral ? [] : optionsOf(line));
  // As in `help [command]`.
  if (argument.name() === 'command') return ofWords(commandsOf(program).map(ofCommand));
  const wanted = valuesFor(argument.name(), argument.argChoices, '', line);
  return wanted.kind === 'tasks' ? { ...wanted, named: operands } : wanted;
}

function valuesOf(option: Option, prefix: string, line: Line): Wanted {
  return valuesFor(placeholderOf(option), option.argChoices, prefix, line);
}

/** What is wanted for an argument or a value, by what its placeholder calls it. */
function valuesFor(placeholder: string, choices: readonly string[] | undefined, prefix: string, line: Line): Wanted {
  if (['path', 'file'].includes(placeholder)) return { kind: 'files' };
  if (placeholder === 'task') {
    const isElsewhere = line.set.some((name) => LEADS_ELSEWHERE.includes(name));
    return isElsewhere ? ofWords([]) : { kind: 'tasks', prefix, named: [] };
  }
  const values = choices ?? [];
  return ofWords(values.map((value) => ({ value: prefix + value, description: '' })));
}

function optionsOf({ command, set }: Line): Candidate[] {
  return command
    .createHelp()
    .visibleOptions(command)
    .filter((option) => isRepeatable(option) || !set.includes(option.attributeName()))
    .flatMap(({ long, short, description }) => [long, short].flatMap((value) => (value ? [{ value, description }] : [])));
}

function isRepeatable({ variadic, parseArg }: Option): boolean {
  return variadic || parseArg === collect;
}

function ofCommand(command: Command): Candidate {
  return { value: command.name(), description: command.description() };
}

function ofWords(words: readonly Candidate[]): Wanted {
  return { kind: 'words', words };
}
