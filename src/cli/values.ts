import type { Option } from 'commander';
import { DATA_SOURCES, LIST_STATUSES } from '../core/choices.ts';
import { SCENARIO_NAMES } from '../sandbox/scenario.ts';

/** The shells that there is a completion script for. */
export const SHELLS = ['bash', 'zsh', 'fish'] as const;

/** What `--progress` may be. */
export const PROGRESS_MODES = ['auto', 'live', 'plain', 'none'] as const;

/**
 * The values of an argument or an option, by what its placeholder calls them, where they are few. Not commander's own choices: it
 * would refuse others in its words, not in ours.
 */
export const VALUES: Readonly<Record<string, readonly string[]>> = {
  scenario: SCENARIO_NAMES,
  shell: SHELLS,
  mode: PROGRESS_MODES,
  status: LIST_STATUSES,
  source: DATA_SOURCES,
};

/** What an option calls its value: `path` in `--token-file <path>`; empty where it takes none. */
export function placeholderOf({ flags }: Option): string {
  return /[<[](.+?)(?:\.\.\.)?[>\]]/.exec(flags)?.[1] ?? '';
}
