import { command } from '../../cli/command.ts';
import { option, wholeNumber } from '../../cli/option.ts';
import { MOST_MORE } from '../../core/choices.ts';
import { BAD_USAGE, CLOSED, MISSING, NOT_DONE, REFUSED, STARTED, STOPPED, TIMED_OUT } from '../exits.ts';
import { starting } from '../options/starting.ts';
import { problemsWith } from '../session/settings.ts';
import { NAMED_TASK } from '../tasks/terms.ts';

/** The options of `resume`. */
export const options = {
  // The number that the API gives as an example is the default.
  more: option(
    { flags: '--more <number>', help: `number of additional results, 0 to ${MOST_MORE}`, default: '25' },
    wholeNumber(0, MOST_MORE),
  ),
  ...starting,
};

export default command({
  summary: 'ask a task for more results, which costs credits',
  args: [NAMED_TASK],
  options,
  examples: [['extruct-task resume <task> --more 25 --watch', 'ask for 25 more, and watch the task until it ends']],
  notes: [],
  exits: [STARTED, NOT_DONE, BAD_USAGE, REFUSED, MISSING, TIMED_OUT, STOPPED, CLOSED],
  check: problemsWith,
  run: async (call) => (await import('./run.ts')).runResume(call),
});
