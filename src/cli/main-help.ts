import type { Commands } from './command.ts';
import { createProgram, loadFor, NOWHERE } from './program.ts';

/** What `--help` prints where no terminal has a width to say. */
export async function mainHelpOf(commands: Commands): Promise<string> {
  let text = '';
  const write = (part: string) => {
    text += part;
  };
  const specs = await loadFor([], commands);
  const program = createProgram(specs, async () => {}, { ...NOWHERE, writeOut: write });
  program.outputHelp();
  return text;
}
