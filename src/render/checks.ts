import type { ChalkInstance } from 'chalk';
import { formatDuration } from '../core/duration.ts';
import { foldWords } from './fold.ts';
import type { Output } from './renderer.ts';
import { escapeInJson, sanitize } from './sanitize.ts';
import { widthOf } from './width.ts';

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

/** Below this width what was found stands under the name, in columns. */
const NARROW_COLUMNS = 50;

/** Writes the checks as lines: a mark, the name, what was found; below it what to do. On a terminal they fold at words. */
export function writeChecks(stdout: Output, checks: readonly Check[], hasUnicode: boolean, paint: ChalkInstance): void {
  const columns = stdout.columns ?? Number.POSITIVE_INFINITY;
  const isNarrow = columns < NARROW_COLUMNS;
  const width = isNarrow ? 0 : Math.max(...checks.map(({ name }) => name.length)) + 2;
  const indent = ' '.repeat(width + 2);
  const told = (text: string) => foldWords(sanitize(text), columns - indent.length, widthOf).join(`\n${indent}`);
  for (const { name, state, what, fix, tookMs } of checks) {
    const bare = MARKS[state][hasUnicode ? 0 : 1];
    const mark = state === 'skipped' ? bare : paint[COLORS[state]](bare);
    const took = tookMs === undefined ? '' : ` (${formatDuration(Math.round(tookMs))})`;
    stdout.write(`${mark} ${name.padEnd(width)}${isNarrow ? `\n${indent}` : ''}${told(what + took)}\n`);
    if (fix !== undefined) stdout.write(`${indent}${told(fix)}\n`);
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
