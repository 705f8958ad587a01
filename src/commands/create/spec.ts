import { command } from '../../cli/command.ts';
import { duration, flag, optional, repeatable, text } from '../../cli/option.ts';
import { DATA_SOURCES, USUAL_TARGET } from '../../core/choices.ts';
import { BAD_USAGE, CLOSED, NOT_DONE, NOT_THERE, REFUSED, STARTED, STOPPED, TIMED_OUT } from '../exits.ts';
import { lackOfWatch, starting } from '../options/starting.ts';
import { problemsWith } from '../session/settings.ts';

// The values that make up the request are not checked here, but all together, against the API's limits.
const request = {
  desired: optional(
    {
      flags: '--desired <number>',
      help: 'number of high-fit results to find, 1 to 250',
      otherwise: `the API's, ${USUAL_TARGET}`,
    },
    text,
  ),
  criterion: repeatable(
    {
      flags: '--criterion <key=Name: text>',
      help: 'a criterion to score companies against; repeat it for several',
      more: 'The key is a letter, then letters, digits or `_`; the name has up to 100 characters, the text 10 to 500.',
    },
    text,
  ),
  criteriaFile: optional(
    {
      flags: '--criteria-file <path>',
      help: 'read criteria from JSON or YAML, - for standard input',
      more: 'A list of objects with `key`, `name` and `criterion`, or an object with that list under `criteria`: `[{"key": "spain", "name": "Based in Spain", "criterion": "has its headquarters in Spain"}]`. Criteria from `--criterion` follow.',
    },
    text,
  ),
  dataSource: repeatable(
    {
      flags: '--data-source <source>',
      help: 'search only web_search, extruct_db, linkedin or maps; repeat it for several',
      values: DATA_SOURCES,
      more: 'Without it the API chooses.',
    },
    text,
  ),
  excludeDomain: repeatable(
    { flags: '--exclude-domain <domain>', help: 'exclude the company with this domain; repeat it for several' },
    text,
  ),
  excludeTask: repeatable(
    { flags: '--exclude-task <task>', help: 'exclude what this task found; repeat it for up to 100 tasks' },
    text,
  ),
  like: optional(
    {
      flags: '--like <task>',
      help: 'take the query, target, criteria, sources and excluded domains of an earlier task',
      more: 'What else is on the command line replaces its part. A task ID, the URL of its page, or `@last` for the newest.',
    },
    text,
  ),
  table: optional({ flags: '--table <id>', help: 'the table in the app to add the results to' }, text),
  bodyFile: optional(
    {
      flags: '--body-file <path>',
      help: 'read the whole request from JSON, - for standard input',
      more: 'It is sent as it is, unknown fields included, and cannot be used with any of the flags above.',
    },
    text,
  ),
  reuse: optional(
    {
      flags: '--reuse <duration>',
      help: 'do not pay twice: take a task of the same request that was created within this time',
      otherwise: 'never',
      more: 'The same are query, target, criteria and sources; a failed task is not taken. If the list of tasks, or a task in it, cannot be read, nothing is created.',
    },
    duration(),
  ),
  reuseOnly: flag({
    flags: '--reuse-only',
    help: 'with --reuse: if there is no such task, create nothing and exit 2',
    more: 'For a step that is run again, where an earlier run has paid already.',
  }),
  dryRun: flag({
    flags: '--dry-run',
    help: 'check and print the request without sending it',
    more: 'With `--reuse` it looks for the earlier task, and says whether there is one. It needs a token only to look up a task: for `--reuse`, `--like`, and `--exclude-task @last`.',
  }),
};

/** The options of `create`. */
export const options = { ...request, ...starting };

export default command({
  summary: 'start a task, which costs credits',
  args: [{ term: '[query]', help: 'what to search for, in plain words and in quotes; use - to read it from standard input' }],
  options,
  examples: [
    ["extruct-task create 'wind farms in Spain' --desired 50 --watch", 'start a task and watch it until it ends'],
    ["id=$(extruct-task create 'wind farms in Spain')", 'in a script: the ID alone'],
    ["extruct-task create 'wind farms' --criterion 'spain=Spain: is in Spain'", 'with a criterion'],
    ["extruct-task create --like @last 'solar parks in Spain'", 'as the newest task, with another query'],
    ["extruct-task create 'wind farms in Spain' --reuse 24h", 'in a script that may run twice'],
    ['extruct-task create --body-file task.json --dry-run', 'check a request without sending it'],
  ],
  notes: [
    'A criteria file in YAML; JSON with the same fields works too:',
    '  - key: spain',
    '    name: Spain',
    '    criterion: is in Spain',
  ],
  exits: [STARTED, NOT_DONE, BAD_USAGE, REFUSED, NOT_THERE, TIMED_OUT, STOPPED, CLOSED],
  excessFix: 'put the query in quotes',
  async check(call) {
    const { lackOfReuse, needsOf } = await import('./creation.ts');
    const { alsoWrong } = await import('../session/open.ts');
    return [
      ...(await problemsWith(call)),
      ...lackOfWatch(call),
      ...lackOfReuse(call),
      ...(await alsoWrong(needsOf(call), call.context.host)),
    ];
  },
  run: async (call) => (await import('./run.ts')).runCreate(call),
});
