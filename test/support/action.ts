import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parse } from 'yaml';
import * as z from 'zod';

export const ROOT = resolve(import.meta.dirname, '../..');

const described = { description: z.string().min(1) };

/** The shape that GitHub asks of a JavaScript action, and of it no more than this one needs. */
const action = z.strictObject({
  name: z.string(),
  ...described,
  inputs: z.record(
    z.string(),
    z.strictObject({ ...described, required: z.optional(z.literal(true)), default: z.optional(z.string()) }),
  ),
  outputs: z.record(z.string(), z.strictObject(described)),
  runs: z.strictObject({ using: z.literal('node24'), main: z.string() }),
});

export type Action = z.infer<typeof action>;

/** The action as action.yml describes it; throws where that has not the shape of one. */
export function readAction(): Action {
  return action.parse(parse(readFileSync(resolve(ROOT, 'action.yml'), 'utf8')));
}
