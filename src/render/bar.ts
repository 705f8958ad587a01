const LEVELS = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/** A thin bar of `columns` columns, filled by the part of `whole` that `part` is; never over its ends. */
export function bar(part: number, whole: number, columns: number): { filled: string; rest: string } {
  const filled = filledOf(part, whole, columns);
  if (filled === 0) return { filled: '', rest: '─'.repeat(columns) };
  const isFull = filled === columns;
  return { filled: `${'━'.repeat(filled - 1)}${isFull ? '━' : '╸'}`, rest: '─'.repeat(columns - filled) };
}

/** Low blocks, which leave air between two rows; `columns` of them are the whole. */
export function blocks(part: number, whole: number, columns: number): string {
  return '▆'.repeat(filledOf(part, whole, columns));
}

/** All columns only when all is there, and none only when nothing is. */
function filledOf(part: number, whole: number, columns: number): number {
  const share = whole > 0 ? Math.min(1, Math.max(0, part / whole)) : 0;
  if (share === 1) return columns;
  return share === 0 || columns < 2 ? 0 : Math.min(columns - 1, Math.max(1, Math.round(share * columns)));
}

/** A column for each value, its height by the largest. */
export function sparkline(values: readonly number[]): string {
  const largest = Math.max(...values);
  return values.map((value) => LEVELS[largest > 0 ? Math.round((value / largest) * (LEVELS.length - 1)) : 0]).join('');
}
