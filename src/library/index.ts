/*
 * What `import … from 'extruct-task'` gives: docs/library.md.
 */

export { type Verdict, verdictOf } from '../core/outcome.ts';
export type { TaskSnapshot } from '../core/task.ts';
export { getTask } from './get-task.ts';
export type { CallOptions, WatchOptions } from './options.ts';
export type { Failure, Outcome, Result } from './outcome.ts';
export { type Watch, type WatchEvent, watchTask } from './watch-task.ts';
