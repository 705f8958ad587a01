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
    // What can be pasted stays whole.
    ...examples.map(([line, meaning]) => `  ${line}\n${folded('      ', meaning, columns)}`),
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

/** What follows the list of commands. `columns` is the width. */
export function mainHelp(columns: number): string {
  const lines = [
    `Tokens come from ${TOKENS_PAGE}`,
    'The token is read from EXTRUCT_API_TOKEN, or from a file: --token-file, or EXTRUCT_API_TOKEN_FILE.',
    'To try the program without a token: `extruct-task demo`',
    'Help for a command, with examples: `extruct-task <command> --help`',
  ];
  return ['', ...lines.map((line) => folded('', line, columns))].join('\n').replaceAll('`', '');
}
