import { type Result, usageError } from '../core/usage.ts';
import type { Flags } from './program.ts';

/** What only a watch can do: whoever asks for it and gets none would wait for nothing. */
const WANTS_WATCH = { until: '--until', results: '--results', stallTimeout: '--stall-timeout', settle: '--settle' } as const;

/** Whether `create` and `resume` go on to watch the task. */
export function readGoesOn(flags: Flags): Result<boolean> {
  if (flags.watch === true) return { ok: true, value: true };
  const [, idle] = Object.entries(WANTS_WATCH).find(([name]) => flags[name] !== undefined) ?? [];
  return idle === undefined
    ? { ok: true, value: false }
    : usageError(`${idle} is of no use without --watch`, 'set --watch as well');
}
