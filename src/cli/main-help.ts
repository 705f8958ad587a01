import type { Commands } from './command.ts';
import { createProgram, loadFor, NOWHERE } from './program.ts';

/** The columns that help takes where it is not written to a terminal: commander's own number. */
const COLUMNS = 80;

/** What `--help` prints where no terminal has a width to say. */
export async function mainHelpOf(commands: Commands): Promise<string> {
  let text = '';
  const write = (part: string) => {
    text += part;
  };
  const specs = await loadFor([], commands);
  const program = createProgram(specs, async () => {}, { ...NOWHERE, writeOut: write });
  program.configureHelp({ ...program.configureHelp(), helpWidth: COLUMNS }).outputHelp();
  return text;
}
