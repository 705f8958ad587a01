import { redactor } from '../api/redact.ts';
import type { Context } from '../commands/context.ts';
import { USAGE } from '../core/exit-code.ts';
import type { Reason } from '../core/failure.ts';
import { writeError } from '../render/messages.ts';
import { isColored } from './color.ts';
import type { Flags } from './program.ts';

/** Tells the user what is wrong and what to do. Returns the exit code. */
export function refuse({ what, fix }: Reason, flags: Flags, { host, stderr }: Context): number {
  // A slip of the hand may have put the token where it does not belong: `--token=…`, `--token-file "$EXTRUCT_API_TOKEN"`.
  const reason = { what: redactor(host.env.EXTRUCT_API_TOKEN?.trim() ?? '')(what), fix };
  writeError(stderr, isColored(host.stderr, flags.color, host.env), reason, false);
  return USAGE;
}
