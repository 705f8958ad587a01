import type { Command, Option } from 'commander';

/*
 * A command line that is still being typed, read as commander reads one: options after arguments as well, values of their own or
 * behind `=`, short options in one word, `--`. Commander itself only reads lines that are whole.
 */

/** What is known of a line, once some of its words are read. */
export interface Line {
  readonly command: Command;
  readonly operands: readonly string[];
  /** What the options so far have set, by commander's name for it: `exitStatus` for `--no-exit-status`. */
  readonly set: readonly string[];
  /** The option whose value the next word is: whatever the word is where one is due, else unless it is an option. */
  readonly taking: { readonly option: Option; readonly isDue: boolean } | null;
  /** Whether `--` was read: what follows are arguments. */
  readonly isLiteral: boolean;
}

/** Reads words, those behind the program's name. */
export function readLine(program: Command, words: readonly string[]): Line {
  const start: Line = { command: program, operands: [], set: [], taking: null, isLiteral: false };
  return words.reduce(readWord, start);
}

/** The option that the next word is a value of, if it is one. */
export function optionToFill({ taking }: Line, word: string): Option | null {
  return taking && (taking.isDue || !looksLikeOption(word)) ? taking.option : null;
}

/** The option of a command that has this name, long or short. */
export function findOption(command: Command, name: string): Option | undefined {
  return command.options.find(({ long, short }) => long === name || short === name);
}

/** The commands of a command that are not hidden, `help` among them. */
export function commandsOf(command: Command): Command[] {
  return command.createHelp().visibleCommands(command);
}

function readWord(line: Line, word: string): Line {
  const option = optionToFill(line, word);
  if (option) return { ...line, taking: option.variadic ? { option, isDue: false } : null };
  if (line.isLiteral) return { ...line, operands: [...line.operands, word] };
  if (word === '--') return { ...line, taking: null, isLiteral: true };
  return looksLikeOption(word) ? readOptions(line, word) : readOperand({ ...line, taking: null }, word);
}

/** `-` alone is an argument: standard input. */
function looksLikeOption(word: string): boolean {
  return word.length > 1 && word.startsWith('-');
}

function readOptions(line: Line, word: string): Line {
  const { options, isOpen } = optionsIn(line.command, word);
  const last = options.at(-1);
  return {
    ...line,
    set: [...line.set, ...options.map((option) => option.attributeName())],
    taking: last && isOpen && takesValue(last) ? { option: last, isDue: last.required } : null,
  };
}

/** The options in a word, a long one or some short ones; and whether the word ends with the last one's name, not with a value. */
function optionsIn(command: Command, word: string): { options: readonly Option[]; isOpen: boolean } {
  if (word.startsWith('--')) {
    const name = word.replace(/=.*/s, '');
    const option = findOption(command, name);
    return { options: option ? [option] : [], isOpen: name === word };
  }
  const options: Option[] = [];
  for (const letter of word.slice(1)) {
    const option = findOption(command, `-${letter}`);
    if (!option || options.some(takesValue)) return { options, isOpen: false };
    options.push(option);
  }
  return { options, isOpen: true };
}

function takesValue({ required, optional }: Option): boolean {
  return required || optional;
}

function readOperand(line: Line, word: string): Line {
  const command = line.operands.length === 0 ? commandsOf(line.command).find((child) => child.name() === word) : undefined;
  return command ? { ...line, command } : { ...line, operands: [...line.operands, word] };
}
