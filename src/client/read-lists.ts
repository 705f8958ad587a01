import { findCompanies } from '../core/found.ts';
import { type ListFilter, matchesOf } from '../core/list-filter.ts';
import { pagesOf, type Range, TASKS_PER_PAGE } from '../core/pages.ts';
import { type About, withCall } from './call.ts';
import type { Call } from './check.ts';
import { companiesOf, taskOf } from './plain.ts';
import type { Found, Results, TaskList } from './tasks.ts';
import type { Task } from './types.ts';

/** Which part of a list is wanted. */
type Part = Omit<Range<unknown>, 'matches'>;

/** The tasks that a filter lets through. */
export function listTasks(call: Call, part: Part, filter: ListFilter): TaskList {
  const matches = matchesOf(filter);
  const askPage = async (offset: number, limit: number) => {
    // What goes wrong is thrown, to whoever waits for the page.
    const value = await withCall(call, {}, (ask) => ask((client, signal) => client.fetchTasks({ offset, limit }, signal)));
    return { ok: true, value } as const;
  };
  async function* read(): AsyncGenerator<Task, void, void> {
    for await (const page of pagesOf(askPage, { ...part, matches }, TASKS_PER_PAGE)) {
      if (page.ok) yield* page.value.map(taskOf);
    }
  }
  return {
    [Symbol.asyncIterator]: read,
    async all() {
      const tasks: Task[] = [];
      for await (const task of read()) tasks.push(task);
      return tasks;
    },
  };
}

/** What a task has found; with `highFit` only what counts into `num_results`. */
export function readResults(id: string, call: Call, part: Part, highFit: boolean, about: About): Results {
  const matches = highFit ? (company: { readonly highFit: boolean }) => company.highFit : null;
  const all = async (): Promise<Found> => {
    const { companies, task, moved, missing } = await withCall(call, about, (ask, deps) =>
      findCompanies(
        (offset, limit) => ask((client, signal) => client.fetchResults(id, { offset, limit }, signal)),
        { ...part, matches },
        deps,
      ),
    );
    return { companies: companiesOf(companies), task: taskOf(task), moved, missing };
  };
  return {
    all,
    async *[Symbol.asyncIterator]() {
      yield* (await all()).companies;
    },
  };
}
