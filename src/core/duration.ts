const UNIT_MS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/** A hundred years, in milliseconds: more is a typing mistake, and sums of longer durations would lose their last digits. */
const LONGEST_MS = 100 * 365 * 24 * 3_600_000;

/** How a duration may be written, for error messages (contract, "Settings"). */
export const DURATION_FORMS = '500ms, 10s, 1.5m or 2h; a bare number is seconds, and the maximum is 876000h';

/** Reads `500ms`, `10s`, `1.5m`, `2h` or bare seconds as milliseconds; null for anything else. */
export function parseDuration(text: string): number | null {
  const match = /^(\d+(?:\.\d+)?|\.\d+)(ms|s|m|h)?$/.exec(text);
  if (!match) return null;
  const ms = Number(match[1]) * (UNIT_MS[match[2] ?? 's'] ?? Number.NaN);
  return ms <= LONGEST_MS ? ms : null;
}

/**
 * Writes milliseconds in the two largest units that matter: `2h 5m`, `2m 10s`, `7s`, `3.5s`, `350ms`.
 * Rounds down, as a clock does: a minute is over when it is over.
 */
export function formatDuration(ms: number): string {
  if (ms < 1000) return `${Math.max(0, Math.floor(ms))}ms`;
  const seconds = Math.floor(ms / 1000);
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  if (hours > 0) return twoUnits(hours, 'h', minutes % 60, 'm');
  if (minutes > 0) return twoUnits(minutes, 'm', seconds % 60, 's');
  return `${Math.floor(ms / 100) / 10}s`;
}

function twoUnits(large: number, largeUnit: string, small: number, smallUnit: string): string {
  return small === 0 ? `${large}${largeUnit}` : `${large}${largeUnit} ${small}${smallUnit}`;
}
