import * as z from 'zod/mini';
import type { ResumeWish } from '../commands/resume.ts';
import { MOST_MORE } from '../core/choices.ts';
import type { Result } from '../core/usage.ts';
import { readFlags, wholeNumber } from './flag.ts';
import { readGoesOn } from './goes-on.ts';
import type { Flags } from './program.ts';

// The number that the API gives as an example is the default.
const resumeFlags = z.object({ more: z.prefault(wholeNumber(0, MOST_MORE), '25') });

/** Reads the flags of `resume`; every default of that command lives here. */
export function readResumeWish(flags: Flags): Result<ResumeWish> {
  const values = readFlags(resumeFlags, flags);
  if (!values.ok) return values;
  const watch = readGoesOn(flags);
  return watch.ok ? { ok: true, value: { more: values.value.more, watch: watch.value } } : watch;
}
