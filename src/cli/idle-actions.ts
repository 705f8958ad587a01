import type { Actions } from './program.ts';

const nothing = async () => {};

/** Actions that do nothing, for whoever only reads the tree of commands. */
export const IDLE_ACTIONS: Actions = {
  get: nothing,
  watch: nothing,
  demo: nothing,
  sandbox: nothing,
  completion: nothing,
  complete: nothing,
};
