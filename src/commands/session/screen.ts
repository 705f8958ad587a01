import type { ChalkInstance } from 'chalk';
import type { Context } from '../../cli/command.ts';
import type { Host, OutputStream } from '../../host.ts';
import { forScreen, isSet } from '../../render/environment.ts';
import type { Access } from './settings.ts';

/** The width of a table that is not printed on a terminal: a file or a log is read in a window of some width as well. */
const FILE_COLUMNS = 100;

/** The widest table: nobody has a wider window, and padding to a billion columns would use up all memory. */
const MOST_COLUMNS = 1000;

/** How many columns a table on the stream may take. `COLUMNS` applies if the stream is not a terminal, as with ls and gh. */
export function columnsOf(stream: OutputStream, env: Host['env']): number {
  return streamWidth(stream, env) ?? FILE_COLUMNS;
}

/** The same for rows. Without a set width nothing is cut, because grep and awk read the rows. */
function rowColumnsOf(stream: OutputStream, env: Host['env']): number {
  return streamWidth(stream, env) ?? Number.POSITIVE_INFINITY;
}

/** What a text on stdout is drawn with. */
interface Sheet {
  readonly columns: number;
  /** For rows: Infinity if nothing says how wide they may be. */
  readonly rowColumns: number;
  readonly paint: ChalkInstance;
}

/** A text for whoever reads stdout, as wide and as coloured as that is, in the signs that it can show. */
export async function drawn(
  draw: (sheet: Sheet) => string,
  { settings }: Pick<Access, 'settings'>,
  { host: { stdout, env } }: Context,
): Promise<string> {
  const { paintOf } = await import('../../render/paint.ts');
  const paint = paintOf(settings.colored.stdout);
  return forScreen(draw({ columns: columnsOf(stdout, env), rowColumns: rowColumnsOf(stdout, env), paint }), settings);
}

function streamWidth(stream: OutputStream, env: Host['env']): number | null {
  const asked = Number(env.COLUMNS);
  const width = stream.columns || (Number.isInteger(asked) && asked > 0 ? asked : null);
  return width === null ? null : Math.min(MOST_COLUMNS, width);
}

/** Whether a CI service runs the program: they all set CI. */
export function isCi({ CI }: Host['env']): boolean {
  return isSet(CI);
}
