import type { ChalkInstance } from 'chalk';
import { formatDuration } from '../core/duration.ts';
import type { Output } from './renderer.ts';
import { escapeInJson, sanitize } from './sanitize.ts';

/** One thing that was checked. */
export interface Check {
  /** A word for it. */
  readonly name: string;
  /** `skipped`: there was nothing to check. */
  readonly state: 'ok' | 'warning' | 'failed' | 'skipped';
  /** What was found: a sentence without a full stop. */
  readonly what: string;
  /** What to do; starts with a verb. */
  readonly fix?: string;
  /** How long it took, in milliseconds. */
  readonly tookMs?: number;
}

/** A mark for each state, and one in ASCII. */
const MARKS = { ok: ['✓', '+'], warning: ['!', '!'], failed: ['✗', 'x'], skipped: ['·', '-'] } as const;

/** As outcomes are painted. */
const COLORS = { ok: 'green', warning: 'magenta', failed: 'red' } as const;

/** Writes the checks as lines: a mark, the name, what was found; below it what to do. */
export function writeChecks(stdout: Output, checks: readonly Check[], hasUnicode: boolean, paint: ChalkInstance): void {
  const width = Math.max(...checks.map(({ name }) => name.length));
  for (const { name, state, what, fix, tookMs } of checks) {
    const bare = MARKS[state][hasUnicode ? 0 : 1];
    const mark = state === 'skipped' ? bare : paint[COLORS[state]](bare);
    const took = tookMs === undefined ? '' : ` (${formatDuration(Math.round(tookMs))})`;
    stdout.write(`${mark} ${name.padEnd(width)}  ${sanitize(what)}${took}\n`);
    if (fix !== undefined) stdout.write(`${' '.repeat(width + 4)}${sanitize(fix)}\n`);
  }
}

/** The same as JSON, with `members` first: on one line, or indented for a person. */
export function checksJson(members: object, checks: readonly Check[], indented: boolean): string {
  const told = checks.map(({ tookMs, ...check }) => ({
    ...check,
    ...(tookMs === undefined ? {} : { took_ms: Math.round(tookMs) }),
  }));
  return `${escapeInJson(JSON.stringify({ ...members, checks: told }, null, indented ? 2 : 0))}\n`;
}
