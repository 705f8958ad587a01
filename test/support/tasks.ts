import { parseJson } from '../../src/client/mend-json.ts';
import { parseResults } from '../../src/client/results-schema.ts';
import { parseTask } from '../../src/client/task-schema.ts';
import type { Company } from '../../src/core/company.ts';
import type { TaskSnapshot } from '../../src/core/task.ts';
import type { WireResult } from '../../src/core/wire-result.ts';
import type { WireTask } from '../../src/core/wire-task.ts';

/** A task object as the API sends it, running unless said otherwise; changes may be of any type, as the API's are. */
export function wireTask(changes: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  const task: WireTask = {
    id: 'task-1',
    created_at: '2026-11-23T10:00:00Z',
    status: 'in_progress',
    query: 'solar companies in Spain',
    desired_num_results: 50,
    is_exhausted: false,
    num_results_discovered: 400,
    num_results_enriched: 200,
    num_results_evaluated: 100,
    num_results: 25,
    table_id: null,
    auto_data_sources: true,
    data_sources: ['web_search', 'maps'],
    criteria: [{ key: 'solar', name: 'Solar', criterion: 'Makes or sells solar panels' }],
  };
  return { ...task, ...changes };
}

/** A company as the API sends it, by its number; changes may be of any type. */
export function wireResult(number: number, changes: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  const result: WireResult = {
    id: `company-${number}`,
    company_name: `Company ${number}`,
    company_website: `https://www.company-${number}.example/`,
    company_description: `Makes solar panels, in hall ${number}`,
    relevance: 100 - number,
    source: 'web_search',
    founding_year: 1990 + number,
    employee_count: '11-50',
    hq_country: 'Spain',
    hq_city: 'Sevilla',
    scores: { solar: { grade: 5, explanation: 'It makes panels', sources: [`https://company-${number}.example/about`] } },
  };
  return { ...result, ...changes };
}

/** So many companies, numbered from 0. */
export function wireResults(count: number): Record<string, unknown>[] {
  return Array.from({ length: count }, (_, number) => wireResult(number));
}

/** Companies as the core knows them. */
export function companies(...results: readonly Record<string, unknown>[]): readonly Company[] {
  const json = parseJson(JSON.stringify({ ...wireTask(), results }));
  const page = json && parseResults(json);
  if (!page) throw new Error('the test made results that are none');
  return page.items;
}

/** A task as the core knows it. */
export function snapshot(changes: Readonly<Record<string, unknown>> = {}): TaskSnapshot {
  const json = parseJson(JSON.stringify(wireTask(changes)));
  const task = json && parseTask(json);
  if (!task) throw new Error('the test made a task that is none');
  return task;
}

/** Changes that end a task in each of its ways. */
export const ENDED = {
  done: { status: 'done', num_results: 50 },
  exhausted: { is_exhausted: true, num_results_evaluated: 200, num_results: 31 },
  failed: { status: 'failed', error: { code: 'boom', message: 'the sources broke' } },
} as const;
