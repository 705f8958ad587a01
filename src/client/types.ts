/*
 * The API's objects, by the API's own names. What the server sends is handed on as it came, so there may be more in them than is
 * written here; what an older answer lacks is missing.
 */

/** How a task stands, in the service's words. It may learn new ones: an unknown one counts as running. */
export type TaskStatus = 'created' | 'in_progress' | 'done' | 'failed' | (string & Record<never, never>);

/** What companies are scored against. */
export interface Criterion {
  /** A letter, then letters, digits or `_`. Scores are told apart by it. */
  readonly key: string;
  /** 1 to 100 characters. */
  readonly name: string;
  /** 10 to 500 characters. */
  readonly criterion: string;
}

/** A discovery task. `verdictOf` tells how it stands: `status` alone does not. */
export interface Task {
  readonly id: string;
  /** RFC 3339. Without a zone offset it is UTC. */
  readonly created_at: string;
  readonly status: TaskStatus;
  readonly query: string;
  /** The target for `num_results`. */
  readonly desired_num_results: number;
  /** Whether the pool of candidates is used up. Those that were found may still be being scored. */
  readonly is_exhausted: boolean;
  /** Candidates gathered from the data sources. */
  readonly num_results_discovered: number;
  /** Candidates that passed the pre-filter and got a profile. */
  readonly num_results_enriched: number;
  /** Candidates that were scored on all criteria. */
  readonly num_results_evaluated: number;
  /** Candidates that count as high-fit. */
  readonly num_results: number;
  readonly table_id: string | null;
  readonly auto_data_sources: boolean;
  readonly data_sources: readonly string[] | null;
  readonly criteria: readonly Criterion[] | null;
}

/** How a company meets one criterion. */
export interface Score {
  /** 1 to 5. */
  readonly grade: number | null;
  readonly explanation: string | null;
  /** URLs. */
  readonly sources: readonly string[] | null;
}

/** A company that a task found. `isHighFit` tells whether it counts into `num_results`. */
export interface Company {
  readonly id: string;
  readonly task_id: string;
  readonly created_at: string;
  readonly company_profile_id: string | null;
  readonly company_name: string | null;
  readonly company_website: string | null;
  readonly company_description: string | null;
  readonly company_full_description: string | null;
  /** 0 to 100. */
  readonly relevance: number | null;
  readonly source: string | null;
  readonly founding_year: number | null;
  /** A range, such as `11-50`. */
  readonly employee_count: string | null;
  readonly hq_country: string | null;
  readonly hq_state_province: string | null;
  readonly hq_city: string | null;
  /** By the criterion's key. */
  readonly scores: Readonly<Record<string, Score | null>> | null;
}

/** What a task is created from. It is checked against the documented limits before it is sent. */
export interface TaskRequest {
  readonly query: string;
  /** 1 to 250; 100, unless said otherwise. */
  readonly desired_num_results?: number | null | undefined;
  readonly criteria?: readonly Criterion[] | null | undefined;
  /** Whether the service chooses the data sources: true, unless said otherwise. */
  readonly auto_data_sources?: boolean | null | undefined;
  /** Needed where `auto_data_sources` is false. */
  readonly data_sources?: readonly ('web_search' | 'extruct_db' | 'linkedin' | 'maps')[] | null | undefined;
  readonly exclude_domains?: readonly string[] | null | undefined;
  /** At most 100, of tasks that are done. */
  readonly exclude_task_ids?: readonly string[] | null | undefined;
  readonly table?: TableRequest | null | undefined;
}

/** The table that a new task's companies go to. */
export interface TableRequest {
  readonly id: string;
  readonly run?: boolean | null | undefined;
  readonly auto_import?: boolean | null | undefined;
  readonly columns?: readonly unknown[] | null | undefined;
}
