import { command } from '../../cli/command.ts';
import { BAD_USAGE, CLOSED, DONE, EXHAUSTED, FAILED, LOST, MISSING, REFUSED, RUNNING, STOPPED, TIMED_OUT } from '../exits.ts';
import { access, limits, RETRY_ONCE } from '../options/access.ts';
import { hidden } from '../options/group.ts';
import { json, redact } from '../options/json.ts';
import { exitStatus, progress } from '../options/output.ts';
import { talk } from '../options/talk.ts';
import { until, watching } from '../options/watching.ts';
import { problemsWith } from '../session/settings.ts';
import { ONE_TASK } from '../tasks/terms.ts';

/** Those that ask for the companies would be missed in silence, since `get` reads none. */
const { results: _results, output: _output, ...withoutEffect } = watching();

/** `get`. It also accepts the other options of `watch` that do not affect it, so that a script can keep one set of flags. */
export const options = {
  ...hidden(withoutEffect),
  ...until,
  ...json('print the task as JSON'),
  ...redact,
  ...hidden(progress),
  ...talk,
  ...exitStatus,
  ...limits({ retryFor: RETRY_ONCE }),
  ...access,
};

export default command({
  summary: 'fetch a task once and print it',
  args: [ONE_TASK],
  options,
  examples: [
    ['extruct-task get <task>', 'the task as a table'],
    ['extruct-task get <task> --json | jq .num_results', 'one number for a script'],
    ['extruct-task get <task> --no-exit-status', 'exit 0 whatever state the task is in'],
  ],
  notes: [],
  exits: [DONE, LOST, BAD_USAGE, FAILED, REFUSED, EXHAUSTED, MISSING, RUNNING, TIMED_OUT, STOPPED, CLOSED],
  check: problemsWith,
  run: async (call) => (await import('./run.ts')).runGet(call),
});
