import type { core } from 'zod/mini';

/** What is wrong with one part of a request: an entry in the `detail` of a 422, in FastAPI's words. */
export interface Problem {
  /** `query` or `body`, then the way to the part. */
  readonly loc: readonly PropertyKey[];
  readonly msg: string;
  readonly type: string;
}

/** What was read of a request, or all that is wrong with it. */
export type Checked<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problems: readonly Problem[] };

/** Less or more than a number may be. */
export function outOfRange(loc: readonly PropertyKey[], bound: 'least' | 'most', limit: number): Problem {
  const [type, words] = bound === 'least' ? ['greater_than_equal', 'greater'] : ['less_than_equal', 'less'];
  return { loc, type, msg: `Input should be ${words} than or equal to ${limit}` };
}

/** What zod found in a body. The issue must hold its input (`reportInput`). */
export function problemOf(issue: core.$ZodIssue): Problem {
  const loc = ['body', ...issue.path];
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined ? { loc, type: 'missing', msg: 'Field required' } : { loc, ...wrongType(issue.expected) };
    case 'not_multiple_of':
      return { loc, type: 'int_from_float', msg: 'Input should be a valid integer, got a number with a fractional part' };
    case 'invalid_value':
      return { loc, type: 'enum', msg: `Input should be ${oneOf(issue.values)}` };
    case 'invalid_format':
      return { loc, type: 'string_pattern_mismatch', msg: `String should match pattern '${issue.pattern?.slice(1, -1)}'` };
    case 'too_small':
      return issue.origin === 'string'
        ? { loc, type: 'string_too_short', msg: `String should have at least ${characters(issue.minimum)}` }
        : outOfRange(loc, 'least', Number(issue.minimum));
    case 'too_big':
      return tooBig(loc, issue);
    default:
      return { loc, type: 'value_error', msg: `Value error, ${issue.message}` };
  }
}

function tooBig(loc: readonly PropertyKey[], { origin, maximum, input }: core.$ZodIssueTooBig): Problem {
  if (origin === 'string') return { loc, type: 'string_too_long', msg: `String should have at most ${characters(maximum)}` };
  if (!Array.isArray(input)) return outOfRange(loc, 'most', Number(maximum));
  return { loc, type: 'too_long', msg: `List should have at most ${maximum} items after validation, not ${input.length}` };
}

function wrongType(expected: string): { type: string; msg: string } {
  switch (expected) {
    case 'string':
      return { type: 'string_type', msg: 'Input should be a valid string' };
    case 'number':
      return { type: 'int_type', msg: 'Input should be a valid integer' };
    case 'boolean':
      return { type: 'bool_type', msg: 'Input should be a valid boolean' };
    case 'array':
      return { type: 'list_type', msg: 'Input should be a valid list' };
    default:
      return { type: 'model_attributes_type', msg: 'Input should be a valid dictionary or object to extract fields from' };
  }
}

function characters(count: number | bigint): string {
  return count === 1 ? '1 character' : `${count} characters`;
}

/** `'a', 'b' or 'c'`. */
function oneOf(values: readonly unknown[]): string {
  return values
    .map((value) => `'${value}'`)
    .join(', ')
    .replace(/, (?=[^,]*$)/, ' or ');
}
