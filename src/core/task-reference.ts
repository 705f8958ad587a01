/** What names a task, for error messages (contract, "Commands"). */
export const TASK_FORMS = "a task's id (letters, digits, . _ ~ -) or its page, https://app.extruct.ai/tasks/<id>";

/** Stands for the workspace's newest task, wherever a task is named on the command line. No id begins so. */
export const LAST = '@last';

/** What names a task on the command line, for error messages. */
export const TASK_NAMES =
  "a task's id (letters, digits, . _ ~ -), its page, https://app.extruct.ai/tasks/<id>, or @last for the newest task";

const TASK_PAGE = /^https:\/\/app\.extruct\.ai\/tasks\/([^/?#]*)/i;

// The charset keeps an id a single path segment: nothing in it can be read as a path, a query or an escape.
const ID = /^[A-Za-z0-9._~-]{1,128}$/;

/** The task's page in the app. */
export function taskPage(id: string): string {
  return `https://app.extruct.ai/tasks/${id}`;
}

/** The id in what a user typed, an id or the task's page with anything behind it; `@last` stays. Null where it is neither. */
export function parseTaskName(text: string): string | null {
  return text === LAST ? text : parseTaskReference(text);
}

/** The id in a text that is an id, or the task's page with anything behind it. Null where it is neither. */
export function parseTaskReference(text: string): string | null {
  const id = TASK_PAGE.exec(text)?.[1] ?? text;
  return isTaskId(id) ? id : null;
}

/** Whether this may be an id. `.` and `..` are refused because URL parsers resolve them: the request would go to another endpoint. */
export function isTaskId(text: string): boolean {
  return ID.test(text) && text !== '.' && text !== '..';
}
