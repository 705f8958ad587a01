import { USAGE } from '../core/exit-code.ts';
import type { Reason } from '../core/failure.ts';
import { redactor } from '../core/redact.ts';
import { writeError } from '../render/messages.ts';
import { isColored } from './color.ts';
import type { Context } from './command.ts';

/** Tells the user what is wrong and what to do, a line for each. Returns the exit code. */
export function refuse(reasons: readonly Reason[], { host, stderr }: Context): number {
  // The token may be in the wrong place by mistake: `--token=…`, `--token-file "$EXTRUCT_API_TOKEN"`.
  const redact = redactor(host.env.EXTRUCT_API_TOKEN?.trim() ?? '');
  const colored = isColored(host.stderr, host);
  for (const { what, fix } of reasons) writeError(stderr, colored, { what: redact(what), fix }, false);
  return USAGE;
}
