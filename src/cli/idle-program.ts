import type { Command } from 'commander';
import { type Actions, createProgram } from './program.ts';

const nothing = async () => {};

/** Actions that do nothing, for whoever only reads the tree of commands. */
export const IDLE_ACTIONS: Actions = {
  get: nothing,
  watch: nothing,
  results: nothing,
  list: nothing,
  create: nothing,
  resume: nothing,
  demo: nothing,
  sandbox: nothing,
  completion: nothing,
  complete: nothing,
};

/** The tree with the options of every command; it does and prints nothing. */
export function wholeProgram(): Command {
  const output = { writeOut: () => {}, writeErr: () => {} };
  const names = createProgram([], IDLE_ACTIONS, output).commands.map((command) => command.name());
  return createProgram(names, IDLE_ACTIONS, output);
}
