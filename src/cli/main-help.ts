import { createProgram } from './program.ts';

/** The columns that help takes where it is not written to a terminal: commander's own number. */
const COLUMNS = 80;

/** What `--help` prints where no terminal has a width to say. The build runs this file and puts the text in its place. */
export const mainHelp: string = helpOf();

function helpOf(): string {
  let text = '';
  const nothing = async () => {};
  const actions = {
    get: nothing,
    watch: nothing,
    results: nothing,
    list: nothing,
    create: nothing,
    resume: nothing,
    demo: nothing,
    sandbox: nothing,
  };
  const write = (part: string) => {
    text += part;
  };
  createProgram([], actions, { writeOut: write, writeErr: write }).configureHelp({ helpWidth: COLUMNS }).outputHelp();
  return text;
}
