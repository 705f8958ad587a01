import { DURATION_FORMS } from '../core/duration.ts';
import { TOKENS_PAGE } from '../core/token.ts';
import type { AnyCommand } from './command.ts';
import { placeholderOf } from './option.ts';

/** What follows the options in a command's help: examples that can be pasted, and the command's exit codes. */
export function helpAfter({ options, examples, notes, exits }: AnyCommand): string {
  const takesDuration = Object.values(options).some((option) => placeholderOf(option) === 'duration');
  return [
    ...(takesDuration ? ['', `A duration is ${DURATION_FORMS}.`] : []),
    '',
    'Examples:',
    ...examples.map(([line, meaning]) => `  ${line}\n      ${meaning}`),
    ...(notes.length > 0 ? ['', ...notes] : []),
    '',
    'Exit codes:',
    ...exits.map(({ code, meaning }) => `  ${String(code).padStart(3)}  ${meaning}`),
  ].join('\n');
}

/** What follows the list of commands. */
export const MAIN_HELP = `
Tokens come from ${TOKENS_PAGE}
The token is read from EXTRUCT_API_TOKEN, or from a file: --token-file, or EXTRUCT_API_TOKEN_FILE.
To try the program without a token: extruct-task demo
Help for a command, with examples: extruct-task <command> --help`;
