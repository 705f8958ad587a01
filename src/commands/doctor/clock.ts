import { formatDuration } from '../../core/duration.ts';
import type { Check } from '../../render/checks.ts';

/** How far apart two clocks may be, in milliseconds: certificates and `--reuse` are judged by ours. */
const MOST_APART_MS = 60_000;

/** This machine's clock against the service's, which tells whole seconds. `wallTime` is when the answer came. */
export function checkClock({ date, wallTime, tookMs }: { date: string | undefined; wallTime: number; tookMs: number }): Check {
  const name = 'clock';
  const theirs = Date.parse(date ?? '');
  if (Number.isNaN(theirs)) return { name, state: 'skipped', what: 'The service does not tell the time' };
  const ahead = wallTime - tookMs / 2 - theirs;
  if (Math.abs(ahead) <= MOST_APART_MS) return { name, state: 'ok', what: "Agrees with the service's" };
  const apart = formatDuration(Math.round(Math.abs(ahead) / 1000) * 1000);
  const what = `It is ${apart} ${ahead > 0 ? 'ahead of' : 'behind'} the service's`;
  return { name, state: 'warning', what, fix: 'set the clock of this machine' };
}
