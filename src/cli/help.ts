import { DURATION_FORMS } from '../core/duration.ts';
import { SCENARIO_NAMES } from '../sandbox/scenario.ts';

/*
 * What stands below the options in each command's help: examples that can be pasted, and the exit codes that the command
 * can end with.
 */

const WATCHES = 'get watch create resume demo';
const ASKS = `${WATCHES} results list`;

/** What each exit code means, and for which commands. */
export const EXIT_CODES: readonly (readonly [code: number, meaning: string, commands: string])[] = [
  [0, 'done, or an --until condition holds', 'get watch demo'],
  [0, 'it was done; with --watch, what watch exits with', 'create resume'],
  [0, 'there is an answer, however many are in it', 'results list'],
  [1, 'could not find out: outage, no task in the answer, redirect', 'get watch results list demo'],
  [1, 'refused, or the answer was lost: it is not sent twice', 'create resume'],
  [1, 'the port cannot be used', 'sandbox'],
  [0, 'the script is printed', 'completion'],
  [2, 'usage: nothing was sent', `${ASKS} sandbox completion`],
  [3, 'the task failed', 'get watch demo'],
  [4, 'token missing or refused, or the plan or the credits are not enough', 'get watch results list create resume'],
  [5, 'exhausted: the sources ran dry short of the target', 'get watch demo'],
  [6, 'no such task', 'get watch results create resume'],
  [6, 'the address is not the API’s', 'list create'],
  [7, '--stall-timeout: nothing changed any more', 'watch demo'],
  [8, 'still running', 'get'],
  [124, '--timeout ran out', ASKS],
  [130, 'stopped by Ctrl-C (129 SIGHUP, 143 SIGTERM)', `${ASKS} sandbox`],
  [141, 'whoever read the output has gone', `${ASKS} completion`],
];

const EXAMPLES = {
  get: [
    ['extruct-task get <task>', 'the task as a table'],
    ['extruct-task get <task> --json | jq .num_results', 'one number for a script'],
    ['extruct-task get <task> --no-exit-status', 'exit 0 for whatever state the task is in'],
  ],
  watch: [
    ['extruct-task watch <task>', 'see it through to its end'],
    ['extruct-task watch <task> --timeout 30m -q && echo done', 'in a script'],
    ['extruct-task watch <task> --json | jq -r .outcome', 'a line for each change'],
    ['extruct-task watch - < ids.txt', 'many tasks, one a line'],
    ["extruct-task watch <task> --until 'num_results>=20'", 'no longer than it takes to find twenty'],
  ],
  results: [
    ['extruct-task results <task>', 'a table, fitted to the screen'],
    ['extruct-task results <task> --min-grade solar=4 --csv > solar.csv', 'some of them, for a spreadsheet'],
    ['extruct-task results <task> --json | jq -r .company_website', 'a line for each company'],
    ['extruct-task results @last --limit 5 --explain', 'the best of the newest task, and why'],
  ],
  list: [
    ['extruct-task list', 'the 20 newest tasks'],
    ['extruct-task list --all --json | jq -r .id', 'the id of every task'],
    ['extruct-task list --status running', 'what is under way'],
  ],
  create: [
    ["extruct-task create 'solar installers in Spain' --desired 50 --watch", 'start a task and see it through'],
    ["id=$(extruct-task create 'solar installers in Spain')", 'in a script: the id alone'],
    [
      "extruct-task create 'solar installers' --criterion 'spain=Based in Spain: has its headquarters in Spain'",
      'with a criterion',
    ],
    ['extruct-task create --body-file task.json --dry-run', 'check a request without sending it'],
  ],
  resume: [['extruct-task resume <task> --more 25 --watch', 'ask for 25 more and see it through']],
  demo: [
    ['extruct-task demo', 'a task that reaches its target'],
    ['extruct-task demo --create', 'the whole way: create, watch, results'],
    ['extruct-task demo flaky', 'through 502s, a reset and a rate limit'],
  ],
  sandbox: [
    ['extruct-task sandbox --port 8787 --speed 10', 'then paste its two lines into another shell'],
    ['extruct-task watch done --interval 1s', 'in that shell'],
  ],
  completion: [
    ['source <(extruct-task completion bash)', 'in ~/.bashrc'],
    ['source <(extruct-task completion zsh)', 'in ~/.zshrc, below compinit'],
    ['extruct-task completion fish | source', 'in ~/.config/fish/config.fish'],
  ],
} as const;

/** The commands that have such a help. */
export type HelpTopic = keyof typeof EXAMPLES;

/** Examples of a command, each with what it does; none for a command without. */
export function examplesOf(name: string): readonly (readonly [line: string, meaning: string])[] {
  return Object.entries(EXAMPLES).find(([topic]) => topic === name)?.[1] ?? [];
}

/** Examples and exit codes of a command, as text below its options. */
export function helpAfter(topic: HelpTopic): string {
  const codes = EXIT_CODES.filter(([, , commands]) => commands.split(' ').includes(topic));
  return [
    ...(topic === 'sandbox' || topic === 'completion' ? [] : ['', `A duration is ${DURATION_FORMS}.`]),
    '',
    'Examples:',
    ...EXAMPLES[topic].map(([command, meaning]) => `  ${command}\n      ${meaning}`),
    ...(topic === 'demo' || topic === 'sandbox' ? ['', `Scenarios: ${SCENARIO_NAMES.join(', ')}`] : []),
    '',
    'Exit codes:',
    ...codes.map(([code, meaning]) => `  ${String(code).padStart(3)}  ${meaning}`),
  ].join('\n');
}

/** What stands below the list of commands. */
export const MAIN_HELP = `
The token is read from EXTRUCT_API_TOKEN, or from a file with --token-file.
Try it without one: extruct-task demo
Help on a command, with examples: extruct-task <command> --help`;
