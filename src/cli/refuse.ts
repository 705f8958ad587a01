import { USAGE } from '../core/exit-code.ts';
import type { Reason } from '../core/failure.ts';
import { writeError, writeNote } from '../render/messages.ts';
import { isColored } from './color.ts';
import type { Context } from './command.ts';
import { tellOfErrors } from './workflow.ts';

/** Errors that are told; a file can have thousands. */
const MOST_TOLD = 10;

/** Tells the user what is wrong and what to do, a line for each. Returns the exit code. No line holds the token, wherever it was typed. */
export async function refuse(reasons: readonly Reason[], context: Context): Promise<number> {
  const { hideToken } = await import('./hide-token.ts');
  await hideToken(context);
  return tellRefused(reasons, context);
}

/** The same where the token is hidden already. */
export async function tellRefused(reasons: readonly Reason[], context: Context): Promise<number> {
  const { host, stderr, redact } = context;
  const colored = isColored(host.stderr, host);
  // A line that says "1 more" takes as much room as the error itself.
  const told = reasons.length === MOST_TOLD + 1 ? reasons : reasons.slice(0, MOST_TOLD);
  for (const { what, fix } of told) writeError(stderr, colored, { what: redact(what), fix: redact(fix) }, false);
  if (told.length < reasons.length) writeNote(stderr, `and ${reasons.length - told.length} more errors`);
  await tellOfErrors(reasons, undefined, USAGE, context);
  return USAGE;
}
