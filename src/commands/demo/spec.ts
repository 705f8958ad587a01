import { command } from '../../cli/command.ts';
import { flag } from '../../cli/option.ts';
import { SCENARIO_NAMES } from '../../sandbox/scenario.ts';
import { BAD_USAGE, DONE, EXHAUSTED, FAILED, LOST, REFUSED, STALLED, STOPPED, TIMED_OUT } from '../exits.ts';
import { limits, RETRY_WATCH } from '../options/access.ts';
import { json } from '../options/json.ts';
import { output } from '../options/output.ts';
import { talk } from '../options/talk.ts';
import { until, watching } from '../options/watching.ts';

/** The options of `demo`. */
export const options = {
  create: flag({ flags: '--create', help: 'the whole way: create the task, watch it, print what it found' }),
  ...watching({ interval: '1s', settle: '3s' }),
  ...until,
  // A scenario may never end; the demo does.
  ...limits({ timeout: '20s', retryFor: RETRY_WATCH }),
  ...json('print a line of JSON for each change'),
  ...output,
  ...talk,
};

export default command({
  summary: 'watch a simulated task, with no account',
  args: [{ term: '[scenario]', help: 'how the task is to go', values: SCENARIO_NAMES, default: 'done' }],
  options,
  examples: [
    ['extruct-task demo', 'a task that reaches its target'],
    ['extruct-task demo --create', 'the whole way: create, watch, results'],
    ['extruct-task demo flaky', 'through 502s, a reset and a rate limit'],
  ],
  notes: [`Scenarios: ${SCENARIO_NAMES.join(', ')}`],
  exits: [DONE, LOST, BAD_USAGE, FAILED, REFUSED, EXHAUSTED, STALLED, TIMED_OUT, STOPPED],
  run: async (call) => (await import('./run.ts')).runDemo(call),
});
