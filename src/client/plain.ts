import type { TaskSnapshot } from '../core/task.ts';
import type { Company, Task } from './types.ts';

/** A task as the server sent it. */
export function taskOf({ json }: Pick<TaskSnapshot, 'json'>): Task {
  return JSON.parse(json);
}

/** Companies as the server sent them, without what in a list of results is no company. */
export function companiesOf(results: readonly { readonly json: string }[]): Company[] {
  return results.map(({ json }): unknown => JSON.parse(json)).filter(isCompany);
}

/** Any object: what a company has in it is the server's word. */
function isCompany(value: unknown): value is Company {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
