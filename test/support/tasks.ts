import { parseJson } from '../../src/api/mend-json.ts';
import { parseTask } from '../../src/api/task-schema.ts';
import type { TaskSnapshot } from '../../src/core/task.ts';
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

/** The same, as the core knows it. */
export function snapshot(changes: Readonly<Record<string, unknown>> = {}): TaskSnapshot {
  const json = parseJson(JSON.stringify(wireTask(changes)));
  const task = json && parseTask(json);
  if (!task) throw new Error('the test made a task that is none');
  return task;
}

/** Changes that end a task in each of its ways. */
export const ENDED = {
  done: { status: 'done', num_results: 50 },
  exhausted: { is_exhausted: true, num_results: 31 },
  failed: { status: 'failed', error: { code: 'boom', message: 'the sources broke' } },
} as const;
