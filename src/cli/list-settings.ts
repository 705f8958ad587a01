import * as z from 'zod/mini';
import type { ListWish } from '../commands/list.ts';
import { LIST_STATUSES } from '../core/choices.ts';
import type { Result } from '../core/usage.ts';
import { flag, off, readFlags, wholeNumber } from './flag.ts';
import type { Flags } from './program.ts';

const status = flag((text) => (LIST_STATUSES.includes(text) ? text : null), `set one of ${LIST_STATUSES.join(', ')}`);

const listFlags = z.object({
  all: off,
  limit: z.prefault(wholeNumber(1, Number.MAX_SAFE_INTEGER), '20'),
  status: z._default(z.array(status), []),
});

/** Reads the flags of `list`; every default of that command lives here. */
export function readListWish(flags: Flags): Result<ListWish> {
  const values = readFlags(listFlags, flags);
  if (!values.ok) return values;
  const { all, limit, status } = values.value;
  return { ok: true, value: { limit: all ? Number.POSITIVE_INFINITY : limit, statuses: status } };
}
