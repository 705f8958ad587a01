import { USAGE } from '../core/exit-code.ts';
import type { Reason } from '../core/failure.ts';
import { writeError, writeNote } from '../render/messages.ts';
import { isColored } from './color.ts';
import type { Context } from './command.ts';
import { tellOfErrors } from './workflow.ts';

/** Errors that are told; a file can have thousands. */
const MOST_TOLD = 10;

/** Tells the user what is wrong and what to do, a line for each. Returns the exit code. */
export async function refuse(reasons: readonly Reason[], context: Context): Promise<number> {
  const { host, stderr, hide } = context;
  // The token may be in the wrong place by mistake: `--token=…`, `--token-file "$EXTRUCT_API_TOKEN"`.
  hide(host.env.EXTRUCT_API_TOKEN?.trim() ?? '');
  const colored = isColored(host.stderr, host);
  // A line that says "1 more" takes as much room as the error itself.
  const told = reasons.length === MOST_TOLD + 1 ? reasons : reasons.slice(0, MOST_TOLD);
  for (const reason of told) writeError(stderr, colored, reason, false);
  if (told.length < reasons.length) writeNote(stderr, `and ${reasons.length - told.length} more errors`);
  await tellOfErrors(reasons, undefined, USAGE, context);
  return USAGE;
}
