import type { WireTask } from './wire-task.ts';

/**
 * A company that a task found, as it travels, with its score by criterion. Any of it may be null. Types only, as with the task:
 * client and simulated API share nothing else. Fields that may be missing altogether are optional.
 */
export interface WireResult {
  id: string;
  task_id?: string | null;
  /** RFC 3339. */
  created_at?: string | null;
  company_profile_id?: string | null;
  company_name: string | null;
  company_website: string | null;
  company_description: string | null;
  company_full_description?: string | null;
  /** 0 to 100; the API lists the highest first. */
  relevance: number | null;
  source: string | null;
  founding_year: number | null;
  /** A range, such as `11-50`. */
  employee_count: string | null;
  hq_country: string | null;
  hq_state_province?: string | null;
  hq_city: string | null;
  /** By the criterion's key. */
  scores: Record<string, WireScore | null> | null;
}

/** How a company meets one criterion. */
export interface WireScore {
  /** 1 to 5. */
  grade: number | null;
  explanation: string | null;
  /** URLs. */
  sources: string[] | null;
}

/** The answer of `GET /v1/discovery_tasks/{task_id}/results`: the task, and a page of what it found. */
export interface WireResults extends WireTask {
  results: WireResult[];
}
