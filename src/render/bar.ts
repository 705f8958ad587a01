const LEVELS = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/** A bar of `columns` columns, filled by the part of `whole` that `part` is; never over its ends. */
export function bar(part: number, whole: number, columns: number): { filled: string; rest: string } {
  const share = whole > 0 ? Math.min(1, Math.max(0, part / whole)) : 0;
  // A bar is full only when all is there, and empty only when nothing is.
  const between = Math.min(columns - 1, Math.max(1, Math.round(share * columns)));
  const filled = share === 1 ? columns : share === 0 || columns < 2 ? 0 : between;
  return { filled: '█'.repeat(filled), rest: '░'.repeat(columns - filled) };
}

/** A column for each value, its height by the largest. */
export function sparkline(values: readonly number[]): string {
  const largest = Math.max(...values);
  return values.map((value) => LEVELS[largest > 0 ? Math.round((value / largest) * (LEVELS.length - 1)) : 0]).join('');
}
