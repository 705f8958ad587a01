import * as z from 'zod/mini';
import type { Result } from '../core/usage.ts';
import type { Flags } from './program.ts';

/** A flag's text as `read` understands it; where that gives null, the flag is refused with a wish, which starts with a verb. */
export function flag<T>(read: (text: string) => T | null, wish: string) {
  return z.pipe(
    z.string(),
    z.transform((text, context) => {
      const value = read(text);
      if (value !== null) return value;
      context.issues.push({ code: 'custom', message: wish, input: text });
      return z.NEVER;
    }),
  );
}

/** A whole number between two bounds, both allowed. */
export function wholeNumber(least: number, most: number) {
  const wish = most < Number.MAX_SAFE_INTEGER ? `a number from ${least} to ${most}` : `a whole number of at least ${least}`;
  return flag((text) => {
    const value = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
    return value >= least && value <= most ? value : null;
  }, `set ${wish}`);
}

/** A flag that is given or not. */
export const off = z._default(z.boolean(), false);

/** Reads flags as a schema says; reports the values that are not allowed, by the flags' names. */
export function readFlags<T>(schema: z.ZodMiniType<T>, flags: Flags): Result<T> {
  const parsed = schema.safeParse(flags);
  if (parsed.success) return { ok: true, value: parsed.data };
  const reasons = parsed.error.issues.map(({ path, message }) => {
    const [name = '', index] = path.map(String);
    const flagName = `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
    const given = flags[name];
    return { what: `${flagName} cannot be '${Array.isArray(given) ? given[Number(index)] : given}'`, fix: message };
  });
  return { ok: false, reasons };
}
