import { command } from '../../cli/command.ts';
import { BAD_USAGE, CLOSED, LOST, REFUSED, STOPPED, TIMED_OUT, WELL, WRONG_ADDRESS } from '../exits.ts';
import { access, limits } from '../options/access.ts';
import { hidden } from '../options/group.ts';
import { json } from '../options/json.ts';
import { talk } from '../options/talk.ts';

const { retryFor, ...others } = limits({ retryFor: '0s' });

/** The options of `doctor`. It repeats no request. */
export const options = { ...json('print the report as JSON'), ...talk, ...others, ...hidden({ retryFor }), ...access };

export default command({
  summary: 'check this machine, the token, the way to the API and the terminal',
  args: [],
  options,
  examples: [
    ['extruct-task doctor', 'what works, and what to mend'],
    ['extruct-task doctor --json', 'the same, for an issue or a script'],
  ],
  notes: ['The report never holds the token.'],
  exits: [WELL, LOST, BAD_USAGE, REFUSED, WRONG_ADDRESS, TIMED_OUT, STOPPED, CLOSED],
  run: async (call) => (await import('./run.ts')).runDoctor(call),
});
