import * as z from 'zod/mini';
import type { Result } from '../core/usage.ts';
import { readFlags, wholeNumber } from './flag.ts';
import type { Flags } from './program.ts';

// The bounds are the API's; the number that it gives as an example is the default.
const resumeFlags = z.object({ more: z.prefault(wholeNumber(0, 250), '25') });

/** How many results more `resume` is to ask for. */
export function readMore(flags: Flags): Result<number> {
  const values = readFlags(resumeFlags, flags);
  return values.ok ? { ok: true, value: values.value.more } : values;
}
