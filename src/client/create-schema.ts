import * as z from 'zod/mini';
import { DATA_SOURCES } from '../core/choices.ts';

/** What is wrong with a part of the body that creates a task. */
export interface Problem {
  /** The part, as field names and places in lists. */
  readonly path: readonly PropertyKey[];
  /** What it should be, to stand after "set". */
  readonly wish: string;
}

const TARGET = { least: 1, most: 250 };
const MOST_EXCLUDED_TASKS = 100;

/** The longest list that is checked item by item; no request has one so long. */
const MOST_ITEMS = 10_000;
const LISTS = ['criteria', 'data_sources', 'exclude_domains', 'exclude_task_ids'] as const;

/** Text of `least` to `most` characters, counted as the service counts them: by code points. White space alone does not count. */
function textOf(least: number, most: number, wish: string) {
  const fits = (text: string) => [...text.trim()].length >= least && [...text].length <= most;
  return z.string(wish).check(z.refine(fits, wish));
}

/** Text of any length that is not empty. */
function filled(wish: string) {
  return textOf(1, Number.POSITIVE_INFINITY, wish);
}

const KEY_WISH = 'a letter, then letters, digits or _';

const criterion = z.looseObject(
  {
    key: z.string({ error: KEY_WISH }).check(z.regex(/^[A-Za-z]\w*$/, KEY_WISH)),
    name: textOf(1, 100, '1 to 100 characters'),
    criterion: textOf(10, 500, '10 to 500 characters'),
  },
  'an object with key, name and criterion',
);

const targetWish = `a whole number from ${TARGET.least} to ${TARGET.most}`;
const domainWish = 'a domain such as example.com';

/** The documented limits (the endpoint's page). An unknown field may be new: it is passed on. */
const createSchema = z.looseObject(
  {
    query: filled('text that says what to search for'),
    desired_num_results: z.nullish(z.int(targetWish).check(z.gte(TARGET.least, targetWish), z.lte(TARGET.most, targetWish))),
    criteria: z.nullish(z.array(criterion, 'a list of criteria').check(z.check(refuseTwins))),
    auto_data_sources: z.nullish(z.boolean('true or false')),
    data_sources: z.nullish(z.array(z.enum(DATA_SOURCES, `one of ${DATA_SOURCES.join(', ')}`), 'a list of data sources')),
    exclude_domains: z.nullish(
      z.array(z.string(domainWish).check(z.regex(/^[^\s/:@]+\.[^\s/:@]+$/, domainWish)), 'a list of domains'),
    ),
    exclude_task_ids: z.nullish(
      z
        .array(z.string('a task ID'), 'a list of task IDs')
        .check(z.maxLength(MOST_EXCLUDED_TASKS, `at most ${MOST_EXCLUDED_TASKS} tasks`)),
    ),
    table: z.nullish(z.looseObject({ id: filled('a table ID') }, 'an object with an id')),
  },
  'an object with at least a query',
);

type Payload<T> = z.core.ParsePayload<T>;

/** Refuses two criteria with the same key: the key identifies a criterion's scores. */
function refuseTwins({ value, issues }: Payload<{ key: string }[]>): void {
  const keys = new Set<string>();
  value.forEach(({ key }, index) => {
    if (keys.size === keys.add(key).size) {
      issues.push({ code: 'custom', path: [index, 'key'], message: 'a key that no other criterion has', input: key });
    }
  });
}

/** Everything that is wrong with a body, by the documented limits; nothing where it may be sent. */
export function checkCreateBody(body: unknown): Problem[] {
  const tooLong = LISTS.filter((name) => lengthOf(body, name) > MOST_ITEMS);
  if (tooLong.length > 0) return tooLong.map((name) => ({ path: [name], wish: `at most ${MOST_ITEMS} items` }));
  const { error } = createSchema.safeParse(body);
  const problems = (error?.issues ?? []).map(({ path, message }) => ({ path, wish: message }));
  return isWithoutSources(body)
    ? [...problems, { path: ['data_sources'], wish: 'at least one, because auto_data_sources is false' }]
    : problems;
}

function lengthOf(body: unknown, name: (typeof LISTS)[number]): number {
  const list = typeof body === 'object' && body !== null ? (body as Partial<Record<typeof name, unknown>>)[name] : undefined;
  return Array.isArray(list) ? list.length : 0;
}

function isWithoutSources(body: unknown): boolean {
  if (typeof body !== 'object' || body === null || !('auto_data_sources' in body) || body.auto_data_sources !== false)
    return false;
  return (
    !('data_sources' in body) || (Array.isArray(body.data_sources) ? body.data_sources.length === 0 : body.data_sources === null)
  );
}
