import { describe, expect, it } from 'vitest';
import { INPUTS, lineOf } from '../../src/action/inputs.ts';
import { stepOutputs } from '../../src/render/github.ts';
import { readAction } from '../support/action.ts';
import { ended } from '../support/progress.ts';
import { ENDED } from '../support/tasks.ts';

const action = readAction();

/** The command line that these inputs stand for, in the given attempt of the workflow's run. */
function line(inputs: Readonly<Record<string, string>>, attempt = '1') {
  const given = Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]);
  const read = lineOf({ GITHUB_RUN_ATTEMPT: attempt, ...Object.fromEntries(given) });
  if (!read.ok) throw new Error(JSON.stringify(read.reasons));
  return read.value;
}

describe('the action', () => {
  it('needs a token, and has a default for all else', () => {
    const required = Object.entries(action.inputs).filter(([, input]) => input.required);
    expect(required.map(([name]) => name)).toEqual(['token']);
    const optional = Object.values(action.inputs).filter((input) => !input.required);
    expect(optional.filter((input) => input.default === undefined)).toEqual([]);
  });

  it('reads each input that it has, and no other', () => {
    expect(INPUTS.toSorted()).toEqual(Object.keys(action.inputs).toSorted());
  });

  it('tells every output that the program writes, and those of its own', () => {
    const written = stepOutputs(ended({ kind: 'done' }, ENDED.done), 0).map((line) => line.replace(/=.*/, ''));
    const names = written.map((name) => (name === 'exit_code' ? 'exit-code' : name));
    expect(Object.keys(action.outputs).toSorted()).toEqual([...names, 'results-file'].toSorted());
  });
});

describe('the inputs', () => {
  it('of a task become `watch`, with the tasks on standard input', () => {
    expect(line({ task: ' a\n b ', timeout: '5m', until: 'num_results>=5\nnum_results_evaluated>=9' })).toEqual({
      argv: ['watch', '--timeout=5m', '--until=num_results>=5', '--until=num_results_evaluated>=9', '-'],
      stdin: 'a\nb',
    });
  });

  it('of a query become `create --watch`, with the query last, where it is no option', () => {
    expect(
      line({ query: '--help', desired: '5', criteria: '- key: a', 'results-file': 'a.csv', 'exit-status': 'false' }),
    ).toEqual({
      argv: ['create', '--output=a.csv', '--no-exit-status', '--watch', '--desired=5', '--criteria-file=-', '--', '--help'],
      stdin: '- key: a',
    });
  });

  it('of a query, in a later attempt, take the task of an earlier one, and create one only where they say so', () => {
    const reused = ['create', '--watch', '--reuse=24h'];
    expect(line({ query: 'q' }, '2').argv).toEqual([...reused, '--reuse-only', '--', 'q']);
    expect(line({ query: 'q', 'create-on-rerun': 'true' }, '2').argv).toEqual([...reused, '--', 'q']);
  });
});
