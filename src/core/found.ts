import type { Answered, AskDeps } from './attempts.ts';
import { type Company, type Yardstick, yardsticksOf } from './company.ts';
import { keyOf, type Page, type Range, RESULTS_PER_PAGE, readPages } from './pages.ts';
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
  /** Whether the results changed between two pages, also when they were read once more: some of them may not have come. */
  readonly moved: boolean;
  /** How many companies fewer came, before any filter, than the task counts as high-fit; 0 where not all were wanted. */
  readonly missing: number;
}

/** What one task or several have found, as it is shown. */
export interface Listing {
  readonly tasks: readonly TaskSnapshot[];
  /** In the order of the tasks. */
  readonly companies: readonly Company[];
  /** What at least one of the tasks grades by; of several criteria with one key, the first. */
  readonly yardsticks: readonly Yardstick[];
}

/** What several tasks have found, together. */
export function listingOf(all: readonly Pick<Found, 'task' | 'companies' | 'yardsticks'>[]): Listing {
  const yardsticks = new Map<string, Yardstick>();
  for (const yardstick of all.flatMap((found) => found.yardsticks)) {
    if (!yardsticks.has(yardstick.key)) yardsticks.set(yardstick.key, yardstick);
  }
  return {
    tasks: all.map(({ task }) => task),
    companies: all.flatMap(({ companies }) => companies),
    yardsticks: [...yardsticks.values()],
  };
}

/** The page of the results from an offset on, with at most `limit` companies. */
type AskResults = (offset: number, limit: number) => Promise<Answered<ResultsPage>>;

/** Time for the results to catch up with the task's counters, in milliseconds; no page tells how long it takes. */
const LAG_MS = 1000;

/**
 * Asks for all pages of what is wanted, at least one. If something moved between two of them, or fewer came than
 * the task counts, they are all read once more (contract, "Results"), and what came then is taken, whatever it is.
 */
export async function findCompanies(
  askPage: AskResults,
  range: Range<Company>,
  { clock, signal }: Pick<AskDeps, 'clock' | 'signal'>,
): Promise<Answered<Found>> {
  const found = await readOnce(askPage, range);
  if (!found.ok || !(found.value.moved || found.value.missing > 0)) return found;
  if (found.value.missing > 0) await clock.sleep(LAG_MS, signal);
  const again = await readOnce(askPage, range);
  // An outage in the second reading does not lose the result of the first; a warning says that some may be missing.
  return again.ok || signal.aborted ? again : found;
}

async function readOnce(askPage: AskResults, range: Range<Company>): Promise<Answered<Found>> {
  const pages: ResultsPage[] = [];
  const keepPage = async (offset: number, limit: number) => {
    const page = await askPage(offset, limit);
    if (page.ok) pages.push(page.value);
    return page;
  };
  const wanted = await readPages(keepPage, range, RESULTS_PER_PAGE);
  if (!wanted.ok) return wanted;
  const last = pages.at(-1);
  if (!last) throw new Error('no results were wanted');
  const { task } = last;
  const companies = wanted.value;
  const seen = pages.flatMap(({ items }) => items);
  const isAll = range.offset === 0 && companies.length < range.limit;
  const missing = isAll ? Math.max(0, task.funnel.highFit - keysOf(seen).size) : 0;
  return { ok: true, value: { task, companies, yardsticks: yardsticksOf(task.criteria, seen), moved: hasMoved(pages), missing } };
}

/** Whether a company is on two pages, or the task of one counts otherwise than that of another. */
function hasMoved(pages: readonly ResultsPage[]): boolean {
  const counts = new Set(pages.map(({ task: { funnel } }) => `${funnel.evaluated} ${funnel.highFit}`));
  const keys = pages.flatMap(({ items }) => [...keysOf(items)]);
  return counts.size > 1 || new Set(keys).size < keys.length;
}

function keysOf(companies: readonly Company[]): Set<string> {
  return new Set(companies.map(keyOf));
}
