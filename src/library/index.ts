/*
 * What `import … from 'extruct-task'` gives: docs/library.md.
 */

export type { Company, Yardstick } from '../core/company.ts';
export type { Found } from '../core/found.ts';
export { type Verdict, verdictOf } from '../core/outcome.ts';
export type { TaskSnapshot } from '../core/task.ts';
export { createTask } from './create-task.ts';
export { getResults } from './get-results.ts';
export { getTask } from './get-task.ts';
export { listTasks } from './list-tasks.ts';
export type { CallOptions, ListOptions, TaskRequest, WatchOptions } from './options.ts';
export type { Failure, Outcome, Result } from './outcome.ts';
export { resumeTask } from './resume-task.ts';
export { type Watch, type WatchEvent, watchTask } from './watch-task.ts';
