/**
 * The task object as it travels, as the endpoint's page describes it. Types only: it is all that the client and the
 * simulated API share, so that a mistake in one cannot be hidden by the same mistake in the other.
 */
export interface WireTask {
  id: string;
  created_at: string;
  status: 'created' | 'in_progress' | 'done' | 'failed';
  query: string;
  desired_num_results: number;
  is_exhausted: boolean;
  num_results_discovered: number;
  num_results_enriched: number;
  num_results_evaluated: number;
  num_results: number;
  table_id: string | null;
  auto_data_sources: boolean;
  data_sources: string[] | null;
  criteria: { key: string; name: string; criterion: string }[] | null;
  /** Not on the page; the service answers it. */
  exclude_domains?: string[];
  /** Not on the page, which only says that a failed task returns "error details". */
  error?: { code: string; message: string };
}
