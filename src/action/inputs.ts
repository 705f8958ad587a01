import { type Result, reasonsOf, usageError } from '../core/usage.ts';

/** What the runner gives to an action: its inputs and the workflow, as variables. */
type Variables = Readonly<Record<string, string | undefined>>;

/** A command line for the program. */
interface Line {
  readonly argv: readonly string[];
  /** What the program reads from its standard input. Text there cannot become a flag, whatever it begins with. */
  readonly stdin: string;
}

/** Inputs that are handed on as the flag of the same name. */
const AS_FLAGS = ['timeout', 'interval', 'stall-timeout', 'api-url'] as const;

/** Inputs that are on or off. */
const SWITCHES = ['allow-exhausted', 'exit-status', 'create-on-rerun'] as const;

/** All inputs of the action; action.yml says what each is. */
export const INPUTS = [
  'task',
  'query',
  'desired',
  'criteria',
  'token',
  'until',
  'results-file',
  ...AS_FLAGS,
  ...SWITCHES,
] as const;

/** How old the first attempt's task may be. A workflow may be run again for 30 days, but rarely is after the first. */
const REUSED_FOR = '24h';

/** An input's text, as GitHub names its variable: blanks become `_`, nothing else does. */
export function input(variables: Variables, name: (typeof INPUTS)[number]): string {
  return variables[`INPUT_${name.toUpperCase()}`]?.trim() ?? '';
}

/**
 * The command line that an action's inputs stand for: `watch` for a task, `create --watch` for a query. On a re-run of the workflow,
 * the task that the first attempt created is taken, so that nobody pays twice for a click on "Re-run".
 */
export function lineOf(variables: Variables): Result<Line> {
  const task = input(variables, 'task');
  const query = input(variables, 'query');
  if (task === '' && query === '') return usageError('The action has neither a task nor a query', 'set the input task or query');
  if (task !== '' && query !== '') return usageError('The action has both a task and a query', 'set only one of these inputs');
  const flags = flagsOf(variables);
  const first = task === '' ? creation(query, variables) : watching(task, variables);
  if (!flags.ok || !first.ok) return { ok: false, reasons: reasonsOf(first, flags) };
  const [command, ...rest] = first.value.argv;
  return { ok: true, value: { argv: [command ?? '', ...flags.value, ...rest], stdin: first.value.stdin } };
}

/** The flags that both commands take. */
function flagsOf(variables: Variables): Result<readonly string[]> {
  const excused = readSwitch(variables, 'allow-exhausted', false);
  const tells = readSwitch(variables, 'exit-status', true);
  if (!excused.ok || !tells.ok) return { ok: false, reasons: reasonsOf(excused, tells) };
  const file = input(variables, 'results-file');
  const value = [
    ...AS_FLAGS.flatMap((name) => flag(name, input(variables, name))),
    ...flag('output', file),
    ...linesOf(input(variables, 'until')).flatMap((condition) => flag('until', condition)),
    ...(excused.value ? ['--allow-exhausted'] : []),
    ...(tells.value ? [] : ['--no-exit-status']),
  ];
  return { ok: true, value };
}

function watching(task: string, variables: Variables): Result<Line> {
  const unused = (['desired', 'criteria'] as const).filter((name) => input(variables, name) !== '');
  if (unused.length > 0) return usageError(`The input ${unused.join(' and ')} requires a query`, 'set query in place of task');
  return { ok: true, value: { argv: ['watch', '-'], stdin: task.replace(/\s+/g, '\n') } };
}

function creation(query: string, variables: Variables): Result<Line> {
  const creates = readSwitch(variables, 'create-on-rerun', false);
  if (!creates.ok) return creates;
  const criteria = input(variables, 'criteria');
  const isRerun = Number(variables.GITHUB_RUN_ATTEMPT ?? 1) > 1;
  const argv = [
    'create',
    '--watch',
    ...flag('desired', input(variables, 'desired')),
    ...(criteria === '' ? [] : ['--criteria-file=-']),
    ...(isRerun ? [`--reuse=${REUSED_FOR}`, ...(creates.value ? [] : ['--reuse-only'])] : []),
    '--',
    query,
  ];
  return { ok: true, value: { argv, stdin: criteria } };
}

function flag(name: string, value: string): string[] {
  return value === '' ? [] : [`--${name}=${value}`];
}

function linesOf(text: string): string[] {
  return text.split('\n').flatMap((line) => line.trim() || []);
}

/** A switch that is neither true nor false is a slip; no guess would be safe. */
function readSwitch(variables: Variables, name: (typeof SWITCHES)[number], otherwise: boolean): Result<boolean> {
  const text = input(variables, name);
  if (!['', 'true', 'false'].includes(text)) return usageError(`The input ${name} is neither true nor false`, 'set one of them');
  return { ok: true, value: text === '' ? otherwise : text === 'true' };
}
