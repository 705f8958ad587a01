import type { Answered } from './attempts.ts';

/** Part of a list, as it came. */
export interface Page<T> {
  readonly items: readonly T[];
  /** How many there were, including those that were not valid items. */
  readonly count: number;
}

/** What of a list is wanted, in its order. */
export interface Range<T> {
  /** How many to skip at the start. */
  readonly offset: number;
  /** The maximum number wanted; Infinity for all. */
  readonly limit: number;
  /** Which items count, for offset and limit too; null for all. */
  readonly matches: ((item: T) => boolean) | null;
}

/** How many tasks, and how many results, the API returns by default. */
export const TASKS_PER_PAGE = 20;
export const RESULTS_PER_PAGE = 50;

/** The page of a list from an offset on, with at most `limit` items. */
type AskPage<T> = (offset: number, limit: number) => Promise<Answered<Page<T>>>;

/** What identifies an item of a list: its ID, or its whole text if it has none. */
export function keyOf({ id, json }: { readonly id: string; readonly json: string }): string {
  return id || json;
}

/**
 * Asks for page after page of a list until there is what is wanted, or all there is: the last page is the one that holds fewer than
 * asked for (the results' own page). The list may change meanwhile, which moves items to a later page: none comes twice, and a page
 * that brings nothing new is the last as well. A page is asked for only when what came before it has been taken; a failure comes last.
 */
export async function* pagesOf<T extends { readonly id: string; readonly json: string }>(
  askPage: AskPage<T>,
  { offset, limit, matches }: Range<T>,
  pageSize: number,
): AsyncGenerator<Answered<readonly T[]>, void, void> {
  const seen = new Set<string>();
  let matching = 0;
  // Only the answer shows which items count, so with a filter the server cannot skip anything.
  const [from, skipped] = matches ? [0, offset] : [offset, 0];
  const isNew = (item: T) => seen.size < seen.add(keyOf(item)).size;
  for (let at = from, left = limit; left > 0; left = limit - Math.max(0, matching - skipped)) {
    const size = matches ? pageSize : Math.min(pageSize, left);
    const page = await askPage(at, size);
    if (!page.ok) return yield page;
    const fresh = page.value.items.filter(isNew);
    const wanted = fresh.filter((item) => matches?.(item) ?? true);
    yield { ok: true, value: wanted.slice(Math.max(0, skipped - matching), Math.max(0, skipped + limit - matching)) };
    matching += wanted.length;
    at += page.value.count;
    if (fresh.length === 0 || page.value.count < size) return;
  }
}

/** All that is wanted of a list, as `pagesOf` reads it. */
export async function readPages<T extends { readonly id: string; readonly json: string }>(
  askPage: AskPage<T>,
  range: Range<T>,
  pageSize: number,
): Promise<Answered<readonly T[]>> {
  const items: T[] = [];
  for await (const page of pagesOf(askPage, range, pageSize)) {
    if (!page.ok) return page;
    items.push(...page.value);
  }
  return { ok: true, value: items };
}
