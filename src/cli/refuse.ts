import type { Context } from '../commands/context.ts';
import { USAGE } from '../core/exit-code.ts';
import type { Reason } from '../core/failure.ts';
import { writeError } from '../render/messages.ts';
import { isColored } from './color.ts';
import type { Flags } from './program.ts';

/** Tells the user what is wrong and what to do. Returns the exit code. */
export function refuse(reason: Reason, flags: Flags, { host, stderr }: Context): number {
  writeError(stderr, isColored(host.stderr, flags.color, host.env), reason, false);
  return USAGE;
}
