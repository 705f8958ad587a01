import type { Ask } from '../../client/ask.ts';
import type { TaskRequest } from '../../client/types.ts';
import type { Answered } from '../../core/attempts.ts';
import { USUAL_TARGET } from '../../core/choices.ts';
import { membersOf } from '../../core/json-text.ts';
import { verdictOf } from '../../core/outcome.ts';
import { pagesOf, TASKS_PER_PAGE } from '../../core/pages.ts';
import type { TaskSnapshot } from '../../core/task.ts';
import { isTaskId } from '../../core/task-reference.ts';

/** The task that was looked for, null if there is none; and whether the list had a task that may be it and cannot be read, or not used. */
interface Search {
  readonly twin: TaskSnapshot | null;
  readonly isUnsure: boolean;
}

/**
 * Looks for the newest task that was created for the same request since a time (ms since 1970) and has not failed. The list is newest
 * first, so it is read no further than to the first task that is older.
 */
export async function findTwin(request: TaskRequest, since: number, ask: Ask): Promise<Answered<Search>> {
  let isUnsure = false;
  const askPage = async (offset: number, limit: number) => {
    const page = await ask((client, signal) => client.fetchTasks({ offset, limit }, signal));
    if (page.ok && page.value.items.length < page.value.count) isUnsure = true;
    return page;
  };
  const all = { offset: 0, limit: Number.POSITIVE_INFINITY, matches: null };
  for await (const page of pagesOf(askPage, all, TASKS_PER_PAGE)) {
    if (!page.ok) return page;
    // A task that does not tell its age does not end the search.
    const isOld = ({ createdAt }: TaskSnapshot) => createdAt !== null && createdAt < since;
    const likely = page.value.filter((task) => !isOld(task) && mayBeFor(task, request));
    const twin = likely.find(({ id, query, createdAt }) => isTaskId(id) && query !== null && createdAt !== null);
    if (twin) return { ok: true, value: { twin, isUnsure: false } };
    if (likely.length > 0) isUnsure = true;
    if (page.value.some(isOld)) break;
  }
  return { ok: true, value: { twin: null, isUnsure } };
}

/**
 * Whether a task was created for the same query, target, criteria and sources (contract, "Results, lists, new tasks"), and has not failed.
 * One that does not tell its query may be.
 */
function mayBeFor(task: TaskSnapshot, { query, desired_num_results: target, criteria, ...sources }: TaskRequest): boolean {
  return (
    verdictOf(task) !== 'failed' &&
    (task.query === null || task.query.trim() === query.trim()) &&
    task.target === (target ?? USUAL_TARGET) &&
    // Where a request has none, the service may choose some.
    (!criteria?.length || isSame(criteria.map(criterionText), task.criteria.map(criterionText))) &&
    isFromSame(sources, task)
  );
}

/** Sources that the service chose are not those of a request: it only counts that it chose. */
function isFromSame({ auto_data_sources: isAuto, data_sources: sources }: Partial<TaskRequest>, task: TaskSnapshot): boolean {
  const isTaskAuto = membersOf(task.json).get('auto_data_sources') !== 'false';
  return isAuto === false ? !isTaskAuto && isSame(sources ?? [], task.sources) : isTaskAuto;
}

function criterionText({ key, name, criterion }: TaskSnapshot['criteria'][number]): string {
  return JSON.stringify([key, name, criterion].map((text) => text.trim()));
}

/** Whether two lists have the same texts, in any order. */
function isSame(one: readonly string[], other: readonly string[]): boolean {
  const [ours, theirs] = [new Set(one), new Set(other)];
  return ours.size === theirs.size && [...ours].every((text) => theirs.has(text));
}
