import type { Context } from '../commands/context.ts';
import { USAGE } from '../core/exit-code.ts';
import type { Reason } from '../core/failure.ts';
import { writeError } from '../render/messages.ts';
import { isColored } from './color.ts';
import type { Flags } from './program.ts';

/** Tells the user what is wrong, and behind a semicolon what to do. Returns the exit code. */
export function refuse(message: string, flags: Flags, { host, stderr }: Context): number {
  const [what = '', ...fix] = message.split('; ');
  const reason: Reason = { what, fix: fix.join('; ') };
  writeError(stderr, isColored(host.stderr, flags.color, host.env), reason, false);
  return USAGE;
}
