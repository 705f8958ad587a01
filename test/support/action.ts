import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parse } from 'yaml';
import * as z from 'zod';

export const ROOT = resolve(import.meta.dirname, '../..');

const described = { description: z.string().min(1) };

const step = z.strictObject({
  name: z.string(),
  id: z.optional(z.string()),
  shell: z.literal('bash'),
  env: z.record(z.string(), z.string()),
  run: z.string(),
});

/** The shape that GitHub asks of a composite action, and of it no more than this one needs: it uses no other action. */
const action = z.strictObject({
  name: z.string(),
  ...described,
  inputs: z.record(
    z.string(),
    z.strictObject({ ...described, required: z.optional(z.literal(true)), default: z.optional(z.string()) }),
  ),
  outputs: z.record(z.string(), z.strictObject({ ...described, value: z.string() })),
  runs: z.strictObject({ using: z.literal('composite'), steps: z.array(step) }),
});

export type Action = z.infer<typeof action>;
export type ActionStep = z.infer<typeof step>;

/** The action as action.yml describes it; throws where that has not the shape of one. */
export function readAction(): Action {
  return action.parse(parse(readFileSync(resolve(ROOT, 'action.yml'), 'utf8')));
}

/** A text with its `${{ inputs.… }}` or `${{ steps.….outputs.… }}` filled in, by what stands behind the last dot. */
export function fillIn(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(/\$\{\{ (?:inputs|steps\.\w+\.outputs)\.([\w-]+) \}\}/g, (_whole, name: string) => values[name] ?? '');
}
