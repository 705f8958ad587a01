import type { Argument } from '../../cli/command.ts';

/** What is said of a workspace without any. */
export const NO_TASKS = 'There are no tasks in this workspace yet';

/** A task, for commands that let a person at a terminal choose one. */
export const ONE_TASK: Argument = {
  term: '[task]',
  help: 'the ID of a task or the URL of its page, or @last for the newest task; on a terminal you can leave it out and choose one',
};

/** Tasks, for commands that take several. */
export const TASKS: Argument = {
  term: '[task...]',
  help: 'the IDs of tasks or the URLs of their pages, or @last for the newest task; use - to read them from standard input, one per line; on a terminal you can leave them out and choose one',
};

/** A task that must be given. */
export const NAMED_TASK: Argument = {
  term: '<task>',
  help: 'the ID of a task or the URL of its page, or @last for the newest task',
};
