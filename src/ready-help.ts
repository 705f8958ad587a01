import { mainHelpOf } from './cli/main-help.ts';
import { COMMANDS } from './commands/index.ts';

/** What `--help` prints where no terminal has a width to say. The build runs this file and puts the text in its place. */
export const mainHelp: string = await mainHelpOf(COMMANDS);
