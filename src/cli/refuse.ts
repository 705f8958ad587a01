import { USAGE } from '../core/exit-code.ts';
import type { Reason } from '../core/failure.ts';
import { writeError } from '../render/messages.ts';
import { isColored } from './color.ts';
import type { Context } from './command.ts';

/** Tells the user what is wrong and what to do, a line for each. Returns the exit code. */
export function refuse(reasons: readonly Reason[], { host, stderr, hide }: Context): number {
  // The token may be in the wrong place by mistake: `--token=…`, `--token-file "$EXTRUCT_API_TOKEN"`.
  hide(host.env.EXTRUCT_API_TOKEN?.trim() ?? '');
  const colored = isColored(host.stderr, host);
  for (const reason of reasons) writeError(stderr, colored, reason, false);
  return USAGE;
}
