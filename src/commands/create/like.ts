import { membersOf } from '../../core/json-text.ts';
import type { TaskSnapshot } from '../../core/task.ts';

/**
 * The body that creates a task like this one: its query, target, criteria, sources and excluded domains. What of these is not as it
 * should be is in it as it came, for the check to find.
 */
export function bodyLike({ json, query, target, criteria }: TaskSnapshot): Readonly<Record<string, unknown>> {
  const members = membersOf(json);
  const valueIn = (name: string): unknown => JSON.parse(members.get(name) ?? 'null');
  const [given, domains] = [valueIn('criteria'), valueIn('exclude_domains')];
  return {
    ...(query?.trim() ? { query } : {}),
    desired_num_results: target,
    ...(isNothing(given) ? {} : { criteria: criteria.length > 0 ? criteria : given }),
    // Otherwise the service chose them, and is to choose again.
    ...(members.get('auto_data_sources') === 'false' ? { auto_data_sources: false, data_sources: valueIn('data_sources') } : {}),
    ...(isNothing(domains) ? {} : { exclude_domains: domains }),
  };
}

function isNothing(value: unknown): boolean {
  return value === null || (Array.isArray(value) && value.length === 0);
}
