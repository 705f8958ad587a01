/** What the benchmarks' servers say of a task that changes with none of them. */
export const TASK = {
  created_at: '2026-11-23T10:00:00Z',
  query: 'solar companies in Spain',
  is_exhausted: false,
  data_sources: ['web_search', 'maps'],
  criteria: [{ key: 'solar', name: 'Solar', criterion: 'Makes or sells solar panels' }],
};
