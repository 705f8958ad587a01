import * as z from 'zod/mini';
import { compactJson, elementsOf, membersOf } from '../core/json-text.ts';
import type { Page } from '../core/pages.ts';
import type { TaskSnapshot } from '../core/task.ts';
import type { ParsedJson } from './mend-json.ts';
import { isFields, textIn, textsIn } from './shown.ts';

const someWords = z.string().check(z.minLength(1));

/** A field that older answers lack, or that has no value yet. */
function missingAs<T extends number | boolean>(schema: z.ZodMiniType<T>, fallback: T) {
  return z.pipe(
    z.nullish(schema),
    z.transform((value) => value ?? fallback),
  );
}

// The page gives 0 as the default of a counter.
const counter = missingAs(z.number(), 0);

/**
 * What of the task object decides the outcome, read strictly. Unknown fields and enum values are data; the page's own lists are behind
 * the service's.
 */
const taskSchema = z.object({
  id: someWords,
  status: someWords,
  desired_num_results: z.number(),
  is_exhausted: missingAs(z.boolean(), false),
  num_results_discovered: counter,
  num_results_enriched: counter,
  num_results_evaluated: counter,
  num_results: counter,
});

/** Reads a task from an answer's JSON; null where it is not a task. */
export function parseTask(json: ParsedJson): TaskSnapshot | null {
  const fields = json.value;
  const result = taskSchema.safeParse(fields);
  if (!result.success || !isFields(fields)) return null;
  const task = result.data;
  const text = compactJson(json.text);
  return {
    id: task.id,
    status: task.status,
    isExhausted: task.is_exhausted,
    funnel: {
      discovered: task.num_results_discovered,
      enriched: task.num_results_enriched,
      evaluated: task.num_results_evaluated,
      highFit: task.num_results,
    },
    target: task.desired_num_results,
    query: textIn(fields, 'query'),
    createdAt: parseTime(textIn(fields, 'created_at') ?? ''),
    sources: textsIn(fields, 'data_sources'),
    criteria: criteriaOf(fields.criteria),
    errorDetails: task.status === 'failed' ? errorDetailsOf(text) : [],
    json: text,
  };
}

function criteriaOf(value: unknown): TaskSnapshot['criteria'] {
  if (!Array.isArray(value) || !value.every(isFields)) return [];
  return value.map((item) => ({
    key: textIn(item, 'key') ?? '',
    name: textIn(item, 'name') ?? '',
    criterion: textIn(item, 'criterion') ?? '',
  }));
}

/**
 * Reads a list of tasks from an answer's JSON and skips items that are not tasks; null if it is not a list, or no item is a task.
 */
export function parseTasks({ text, value }: ParsedJson): Page<TaskSnapshot> | null {
  if (!Array.isArray(value)) return null;
  const texts = elementsOf(text);
  const items = value.flatMap((item, index) => parseTask({ value: item, text: texts[index] ?? '' }) ?? []);
  // Otherwise another service would look like an empty workspace, and its list would never end.
  return items.length === 0 && value.length > 0 ? null : { items, count: value.length };
}

/** An RFC 3339 time in milliseconds since 1970. Without a zone offset it is UTC, where Date.parse would take local time. */
function parseTime(time: string): number | null {
  const hasZone = /(?:z|[+-]\d\d:?\d\d)$/i.test(time);
  const ms = Date.parse(hasZone ? time : `${time}Z`);
  return Number.isNaN(ms) ? null : ms;
}

const MOST_DETAILS = 10;

/**
 * Fields named like an error's account, from the object's text: they may be nested to any depth. The page promises "error
 * details" on a failed task without naming the field.
 */
function errorDetailsOf(json: string): [string, string][] {
  return [...membersOf(json)]
    .filter(([name, value]) => /error|detail|reason|message|failure/i.test(name) && value !== 'null' && value !== '""')
    .slice(0, MOST_DETAILS)
    .map(([name, value]) => [name, value.startsWith('"') ? (JSON.parse(value) as string) : value]);
}
