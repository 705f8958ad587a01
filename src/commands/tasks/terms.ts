import type { Argument } from '../../cli/command.ts';

/** A task, for commands that let a person at a terminal choose one. */
export const ONE_TASK: Argument = {
  term: '[task]',
  help: 'a task: its ID, its page in the app, or @last for the newest; none, on a terminal, to choose',
};

/** Tasks, for `watch`. */
export const TASKS: Argument = {
  term: '[task...]',
  help: 'tasks: IDs, their pages in the app, or @last; - reads one a line; none, on a terminal, to choose',
};

/** A task that must be named. */
export const NAMED_TASK: Argument = { term: '<task>', help: 'a task: its ID, its page in the app, or @last for the newest' };
