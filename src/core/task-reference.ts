/** What names a task, for error messages (contract, "Commands"). */
export const TASK_FORMS = 'a task ID (letters, digits, . _ ~ -) or the URL of its page, https://app.extruct.ai/tasks/<id>';

/** Stands for the workspace's newest task, wherever the command line takes a task. No ID contains an `@`. */
export const LAST = '@last';

/** What names a task on the command line, for error messages. */
export const TASK_NAMES =
  'a task ID (letters, digits, . _ ~ -), the URL of its page, https://app.extruct.ai/tasks/<id>, or @last for the newest task';

// As people copy it: also without its scheme, and with the port that some programs add.
const TASK_PAGE = /^(?:https?:\/\/)?app\.extruct\.ai(?::443)?\/tasks\/([^/?#]*)/i;

// With this charset an ID is a single path segment: nothing in it can be read as a path, a query or an escape.
const ID = /^[A-Za-z0-9._~-]{1,128}$/;

/** The task's page in the app. */
export function taskPage(id: string): string {
  return `https://app.extruct.ai/tasks/${id}`;
}

/** The ID in what a user typed: an ID, or the task's page with anything behind it; `@last` stays. Null for any other text. */
export function parseTaskName(text: string): string | null {
  return text === LAST ? text : parseTaskReference(text);
}

/** The ID in a text that is an ID, or the task's page with anything behind it and blanks around it. Null for any other text. */
export function parseTaskReference(text: string): string | null {
  const id = TASK_PAGE.exec(text.trim())?.[1] ?? text;
  return isTaskId(id) ? id : null;
}

/**
 * Whether this can be an ID. `.` and `..` are refused because URL parsers resolve them: the request would go to another endpoint.
 */
export function isTaskId(text: string): boolean {
  return ID.test(text) && text !== '.' && text !== '..';
}
