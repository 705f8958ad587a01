import type { Host, OutputStream } from '../../host.ts';
import { isSet } from '../../render/environment.ts';

/** The width of a table that is not printed on a terminal: a file or a log is read in a window of some width as well. */
const FILE_COLUMNS = 100;

/** The widest table: nobody has a wider window, and padding to a billion columns would use up all memory. */
const MOST_COLUMNS = 1000;

/** How many columns a table on the stream may take. `COLUMNS` applies if the stream is not a terminal, as with ls and gh. */
export function columnsOf(stream: OutputStream, env: Host['env']): number {
  return widthOf(stream, env) ?? FILE_COLUMNS;
}

/** The same for rows. Without a set width nothing is cut, because grep and awk read the rows. */
export function rowColumnsOf(stream: OutputStream, env: Host['env']): number {
  return widthOf(stream, env) ?? Number.POSITIVE_INFINITY;
}

function widthOf(stream: OutputStream, env: Host['env']): number | null {
  const asked = Number(env.COLUMNS);
  const width = stream.columns || (Number.isInteger(asked) && asked > 0 ? asked : null);
  return width === null ? null : Math.min(MOST_COLUMNS, width);
}

/** Whether a CI service runs the program: they all set CI. */
export function isCi({ CI }: Host['env']): boolean {
  return isSet(CI);
}
