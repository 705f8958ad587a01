import { IDLE_ACTIONS } from './idle-program.ts';
import { createProgram } from './program.ts';

/** The columns that help takes where it is not written to a terminal: commander's own number. */
const COLUMNS = 80;

/** What `--help` prints where no terminal has a width to say. The build runs this file and puts the text in its place. */
export const mainHelp: string = helpOf();

function helpOf(): string {
  let text = '';
  const write = (part: string) => {
    text += part;
  };
  createProgram([], IDLE_ACTIONS, { writeOut: write, writeErr: write }).configureHelp({ helpWidth: COLUMNS }).outputHelp();
  return text;
}
