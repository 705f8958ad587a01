import { command } from '../../cli/command.ts';
import { flag, oneOf, option, optional, repeatable, text, wholeNumber } from '../../cli/option.ts';
import { LIST_STATUSES } from '../../core/list-filter.ts';
import { ANSWERED, BAD_USAGE, CLOSED, LOST, REFUSED, STOPPED, TIMED_OUT, WRONG_ADDRESS } from '../exits.ts';
import { access, limits, RETRY_ONCE } from '../options/access.ts';
import { json } from '../options/json.ts';
import { talk } from '../options/talk.ts';
import { problemsWith } from '../session/settings.ts';

/** The options of `list`. */
export const options = {
  limit: option(
    { flags: '--limit <number>', help: 'maximum number to print', default: '20', conflicts: ['all'] },
    wholeNumber(1),
  ),
  all: flag({ flags: '--all', help: 'print all tasks' }),
  status: repeatable(
    {
      flags: '--status <status>',
      help: 'only running, done, exhausted, failed, created or in_progress; repeat it for several',
      values: LIST_STATUSES,
      more: 'Other tasks do not count towards `--limit`.',
    },
    oneOf(LIST_STATUSES),
  ),
  search: optional(
    {
      flags: '--search <text>',
      help: 'only tasks whose query or ID holds this text, in any case',
      more: 'Other tasks do not count towards `--limit`.',
    },
    text,
  ),
  ...json('print a line of JSON for each task'),
  ...talk,
  ...limits({ retryFor: RETRY_ONCE }),
  ...access,
};

export default command({
  summary: 'list tasks, newest first',
  args: [],
  options,
  examples: [
    ['extruct-task list', 'the 20 newest tasks'],
    ['extruct-task list --all --json | jq -r .id', 'the ID of every task'],
    ['extruct-task list --status running', 'the tasks that are running'],
    ['extruct-task list --search solar', 'the tasks about solar'],
  ],
  notes: [],
  exits: [ANSWERED, LOST, BAD_USAGE, REFUSED, WRONG_ADDRESS, TIMED_OUT, STOPPED, CLOSED],
  check: problemsWith,
  run: async (call) => (await import('./run.ts')).runList(call),
});
