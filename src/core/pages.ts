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
 * that brings nothing new is the last as well.
 */
export async function readPages<T extends { readonly id: string; readonly json: string }>(
  askPage: AskPage<T>,
  { offset, limit, matches }: Range<T>,
  pageSize: number,
): Promise<Answered<readonly T[]>> {
  const items = new Map<string, T>();
  let matching = 0;
  // Only the answer shows which items count, so with a filter the server cannot skip anything.
  const [from, skipped] = matches ? [0, offset] : [offset, 0];
  const isMatching = (item: T) => matches?.(item) ?? true;
  const keep = (item: T) => {
    if (items.has(keyOf(item))) return;
    items.set(keyOf(item), item);
    if (isMatching(item)) matching += 1;
  };
  for (let at = from, left = limit; left > 0; left = limit - Math.max(0, matching - skipped)) {
    const size = matches ? pageSize : Math.min(pageSize, left);
    const page = await askPage(at, size);
    if (!page.ok) return page;
    const before = items.size;
    page.value.items.forEach(keep);
    at += page.value.count;
    if (items.size === before || page.value.count < size) break;
  }
  return { ok: true, value: [...items.values()].filter(isMatching).slice(skipped, skipped + limit) };
}
