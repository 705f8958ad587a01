import { type Company, type Yardstick, yardsticksOf } from './company.ts';
import { type Page, type Range, RESULTS_PER_PAGE, readPages } from './pages.ts';
import type { Answered } from './retry.ts';
import type { TaskSnapshot } from './task.ts';

/** A page of results, with the task that they are of. */
export interface ResultsPage extends Page<Company> {
  readonly task: TaskSnapshot;
}

/** What a task has found: the companies that were wanted, and what all are graded by. */
export interface Found {
  /** The task as it stood when the last of them came. */
  readonly task: TaskSnapshot;
  readonly companies: readonly Company[];
  readonly yardsticks: readonly Yardstick[];
}

/** Asks for all pages of what is wanted, of which there is one at least. */
export async function findCompanies(
  askPage: (offset: number, limit: number) => Promise<Answered<ResultsPage>>,
  range: Range<Company>,
): Promise<Answered<Found>> {
  const pages: ResultsPage[] = [];
  const keepPage = async (offset: number, limit: number) => {
    const page = await askPage(offset, limit);
    if (page.ok) pages.push(page.value);
    return page;
  };
  const companies = await readPages(keepPage, range, RESULTS_PER_PAGE);
  if (!companies.ok) return companies;
  const last = pages.at(-1);
  if (!last) throw new Error('no results were wanted');
  const seen = pages.flatMap(({ items }) => items);
  return { ok: true, value: { task: last.task, companies: companies.value, yardsticks: yardsticksOf(last.task.criteria, seen) } };
}
