import type { Argument } from '../../cli/command.ts';

/** What is said of a workspace without any. */
export const NO_TASKS = 'There are no tasks in this workspace yet';

/** A task, for commands that let a person at a terminal choose one. */
export const ONE_TASK: Argument = {
  term: '[task]',
  help: 'a task ID, the URL of its page, or @last for the newest; on a terminal, leave it out to choose',
};

/** Tasks, for commands that take several. */
export const TASKS: Argument = {
  term: '[task...]',
  help: 'task IDs, URLs of their pages, or @last; - reads one per line; on a terminal, leave them out to choose',
};

/** A task that must be given. */
export const NAMED_TASK: Argument = { term: '<task>', help: 'a task ID, the URL of its page, or @last for the newest' };
