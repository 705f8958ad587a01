/** What names a task, for error messages (contract, "Commands"). */
export const TASK_FORMS =
  "a task's id (letters, digits, . _ ~ -), its page, https://app.extruct.ai/tasks/<id>, or @last for the newest task";

/** Stands for the workspace's newest task, wherever a task is named. No id begins so. */
export const LAST = '@last';

const TASK_PAGE = /^https:\/\/app\.extruct\.ai\/tasks\/([^/?#]*)/i;

// The charset keeps an id a single path segment: nothing in it can be read as a path, a query or an escape.
const ID = /^[A-Za-z0-9._~-]{1,128}$/;

/** The task's page in the app. */
export function taskPage(id: string): string {
  return `https://app.extruct.ai/tasks/${id}`;
}

/** What a user typed, as an id: an id, the task's page with anything behind it, or `@last`, which stays. Null where it is none. */
export function parseTaskReference(text: string): string | null {
  const id = TASK_PAGE.exec(text)?.[1] ?? text;
  return isTaskId(id) || id === LAST ? id : null;
}

/** Whether this may be an id. `.` and `..` are refused because URL parsers resolve them: the request would go to another endpoint. */
export function isTaskId(text: string): boolean {
  return ID.test(text) && text !== '.' && text !== '..';
}
