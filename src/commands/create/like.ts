import { membersOf } from '../../core/json-text.ts';
import type { TaskSnapshot } from '../../core/task.ts';

/**
 * The body that creates a task like this one: its query, target, criteria, sources and excluded domains. It is not checked: the
 * service may have learnt words that the documented limits do not list.
 */
export function bodyLike({ json, query, target, criteria, sources }: TaskSnapshot): Readonly<Record<string, unknown>> {
  const members = membersOf(json);
  const domains: unknown = JSON.parse(members.get('exclude_domains') ?? 'null');
  return {
    ...(query ? { query } : {}),
    desired_num_results: target,
    ...(criteria.length > 0 ? { criteria } : {}),
    // Otherwise the service chose them, and is to choose again.
    ...(members.get('auto_data_sources') === 'false' && sources.length > 0
      ? { auto_data_sources: false, data_sources: sources }
      : {}),
    ...(Array.isArray(domains) && domains.length > 0 ? { exclude_domains: domains } : {}),
  };
}
