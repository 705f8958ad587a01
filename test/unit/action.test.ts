import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { stepOutputs } from '../../src/render/github.ts';
import { ROOT, readAction } from '../support/action.ts';
import { ended } from '../support/progress.ts';
import { ENDED } from '../support/tasks.ts';

const action = readAction();
const variables = action.runs.steps.flatMap(({ env }) => Object.entries(env));
const scripts = [...action.runs.steps.map(({ run }) => run), readFileSync(resolve(ROOT, '.github/action/watch.sh'), 'utf8')];

describe('the action', () => {
  it('needs a task and a token, and nothing else', () => {
    const required = Object.entries(action.inputs).filter(([, input]) => input.required);
    expect(required.map(([name]) => name)).toEqual(['task', 'token']);
    const optional = Object.values(action.inputs).filter((input) => !input.required);
    expect(optional.filter((input) => input.default === undefined)).toEqual([]);
  });

  it('hands each input to a step in a variable, once', () => {
    const handed = variables.map(([, value]) => /^\$\{\{ inputs\.([\w-]+) \}\}$/.exec(value)?.[1]);
    expect(handed.toSorted()).toEqual(Object.keys(action.inputs).toSorted());
  });

  it('has no expression in a script, where an input would be read as code', () => {
    expect(scripts.join('\n')).not.toContain('${{');
  });

  it.each(variables)('uses the variable %s', (name) => {
    // The token's is the program's own.
    if (name !== 'EXTRUCT_API_TOKEN') expect(scripts.join('\n')).toMatch(new RegExp(`\\$\\{?${name}\\b`));
  });

  it('gives the token to the program alone', () => {
    const holders = variables.filter(([, value]) => value.includes('inputs.token')).map(([name]) => name);
    expect(holders).toEqual(['EXTRUCT_API_TOKEN']);
    expect(action.runs.steps.findIndex(({ env }) => 'EXTRUCT_API_TOKEN' in env)).toBe(1);
  });

  it('hands on every output that the program writes, and no other', () => {
    const written = stepOutputs(ended({ kind: 'done' }, ENDED.done), 0).matchAll(/^(\w+)=/gm);
    const expected = [...written].map(([, name = '']) => [
      name === 'exit_code' ? 'exit-code' : name,
      `\${{ steps.watch.outputs.${name} }}`,
    ]);
    expect(Object.entries(action.outputs).map(([name, { value }]) => [name, value])).toEqual(expected);
  });
});
