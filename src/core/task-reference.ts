/** What names a task, for error messages (contract, "Commands"). */
export const TASK_FORMS = "a task's id (letters, digits, . _ ~ -) or its page, https://app.extruct.ai/tasks/<id>";

const TASK_PAGE = /^https:\/\/app\.extruct\.ai\/tasks\/([^/?#]*)/i;

// The charset keeps an id a single path segment: nothing in it can be read as a path, a query or an escape.
const ID = /^[A-Za-z0-9._~-]{1,128}$/;

/** The task's page in the app. */
export function taskPage(id: string): string {
  return `https://app.extruct.ai/tasks/${id}`;
}

/**
 * The id in what a user typed: an id, or the task's page with anything behind it. Null where it is neither.
 * `.` and `..` are refused because URL parsers resolve them: the request would go to another endpoint.
 */
export function parseTaskReference(text: string): string | null {
  const id = TASK_PAGE.exec(text)?.[1] ?? text;
  return ID.test(id) && id !== '.' && id !== '..' ? id : null;
}
