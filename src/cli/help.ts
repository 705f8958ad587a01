import { DURATION_FORMS } from '../core/duration.ts';
import { TOKENS_PAGE } from '../core/token.ts';
import { foldWords } from '../render/fold.ts';
import type { AnyCommand } from './command.ts';
import { placeholderOf } from './option.ts';

/** The width of help that is not written to a terminal, in columns. */
export const HELP_COLUMNS = 80;

/** What follows the options in a command's help: examples that can be pasted, and the command's exit codes. `columns` is the width. */
export function helpAfter({ options, examples, notes, exits }: AnyCommand, columns = HELP_COLUMNS): string {
  const takesDuration = Object.values(options).some((option) => placeholderOf(option) === 'duration');
  return [
    ...(takesDuration ? ['', folded('', `A duration is ${DURATION_FORMS}.`, columns)] : []),
    '',
    'Examples:',
    ...examples.map(([line, meaning]) => `${foldedCommand(line, columns)}\n${folded(indentUnder(columns), meaning, columns)}`),
    ...(notes.length > 0 ? ['', ...notes.map((note) => folded('', note, columns))] : []),
    '',
    'Exit codes:',
    ...exits.map(({ code, meaning }) => folded(`  ${String(code).padStart(3)}  `, meaning, columns)),
  ].join('\n');
}

/** A text behind what stands before it, folded at words and indented under itself. */
export function folded(before: string, text: string, columns: number): string {
  const room = columns - before.length;
  if (text.length <= room) return before + text;
  return before + foldWords(text, room, ({ length }) => length).join(`\n${' '.repeat(before.length)}`);
}

/** What stands under a command or a term is indented so; on a narrow screen a file's name needs the room. */
export function indentUnder(columns: number): string {
  return ' '.repeat(columns < NARROW_COLUMNS ? 4 : 6);
}

const NARROW_COLUMNS = 40;

/** A word of a command line; one in quotes is whole. */
const WORDS = /(?:'[^']*'|[^\s'])+/g;

/** A command on as many lines as it takes: each but the last ends in a backslash, so that they can be pasted together. */
function foldedCommand(command: string, columns: number): string {
  if (command.length + 2 <= columns) return `  ${command}`;
  const lines: string[] = [];
  let line = ' ';
  for (const [word] of command.matchAll(WORDS)) {
    const joined = `${line} ${word}`;
    const isFull = joined.length + ' \\'.length > columns && line.trim() !== '';
    if (isFull) lines.push(`${line} \\`);
    line = isFull ? `    ${word}` : joined;
  }
  return [...lines, line].join('\n');
}

/** What follows the list of commands. `columns` is the width. */
export function mainHelp(columns: number): string {
  const lines = [
    `Tokens come from ${TOKENS_PAGE.length > columns ? TOKENS_PAGE.replace('https://', '') : TOKENS_PAGE}`,
    'The token is read from EXTRUCT_API_TOKEN, or from a file: --token-file, or EXTRUCT_API_TOKEN_FILE.',
    'To try the program without a token: `extruct-task demo`',
    'Help for a command, with examples: `extruct-task <command> --help`',
  ];
  return ['', ...lines.map((line) => folded('', line, columns))].join('\n').replaceAll('`', '');
}
