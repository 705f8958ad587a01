import { command } from '../../cli/command.ts';
import {
  BAD_USAGE,
  CLOSED,
  DONE,
  EXHAUSTED,
  FAILED,
  LOST,
  MISSING,
  REFUSED,
  RUNNING,
  STALLED,
  STOPPED,
  TIMED_OUT,
} from '../exits.ts';
import { access, limits, RETRY_WATCH } from '../options/access.ts';
import { json, redact } from '../options/json.ts';
import { output } from '../options/output.ts';
import { talk } from '../options/talk.ts';
import { until, watching } from '../options/watching.ts';
import { problemsWith } from '../session/settings.ts';
import { TASKS } from '../tasks/terms.ts';

/** The options of `watch`. */
export const options = {
  ...watching(),
  ...until,
  ...json('print a line of JSON for each change'),
  ...redact,
  ...output,
  ...talk,
  ...limits({ retryFor: RETRY_WATCH }),
  ...access,
};

export default command({
  summary: 'poll tasks until each has ended',
  args: [TASKS],
  options,
  examples: [
    ['extruct-task watch <task>', 'watch it until it ends'],
    ['extruct-task watch <task> --timeout 30m -q && echo done', 'in a script'],
    ['extruct-task watch <task> --json | jq -r .outcome', 'a line for each change'],
    ['extruct-task watch <task> --for 9m --json --final', 'where a call may take only ten minutes: exit 8 means look again'],
    ['extruct-task watch - < ids.txt', 'many tasks, one per line'],
    ["extruct-task watch <task> --until 'num_results>=20'", 'stop as soon as twenty results are found'],
  ],
  notes: [],
  exits: [DONE, LOST, BAD_USAGE, FAILED, REFUSED, EXHAUSTED, MISSING, STALLED, RUNNING, TIMED_OUT, STOPPED, CLOSED],
  check: problemsWith,
  run: async (call) => (await import('./run.ts')).runWatch(call),
});
