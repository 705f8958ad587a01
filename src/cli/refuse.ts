import { redactor } from '../client/redact.ts';
import type { Context } from '../commands/context.ts';
import { USAGE } from '../core/exit-code.ts';
import type { Reason } from '../core/failure.ts';
import { writeError } from '../render/messages.ts';
import { isColored } from './color.ts';
import type { Flags } from './program.ts';

/** Tells the user what is wrong and what to do, a line for each. Returns the exit code. */
export function refuse(reasons: readonly Reason[], flags: Flags, { host, stderr }: Context): number {
  // A slip of the hand may have put the token where it does not belong: `--token=…`, `--token-file "$EXTRUCT_API_TOKEN"`.
  const redact = redactor(host.env.EXTRUCT_API_TOKEN?.trim() ?? '');
  const colored = isColored(host.stderr, flags.color, host.env);
  for (const { what, fix } of reasons) writeError(stderr, colored, { what: redact(what), fix }, false);
  return USAGE;
}
