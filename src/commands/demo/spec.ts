import { command } from '../../cli/command.ts';
import { flag } from '../../cli/option.ts';
import { SCENARIO_NAMES } from '../../sandbox/scenario.ts';
import { BAD_USAGE, DONE, EXHAUSTED, FAILED, LOST, REFUSED, RUNNING, STALLED, STOPPED, TIMED_OUT } from '../exits.ts';
import { limits, RETRY_WATCH } from '../options/access.ts';
import { json, redact } from '../options/json.ts';
import { output } from '../options/output.ts';
import { talk } from '../options/talk.ts';
import { until, watchingOne } from '../options/watching.ts';

/** The options of `demo`. */
export const options = {
  create: flag({ flags: '--create', help: 'first create the task; at the end, print the companies found' }),
  ...watchingOne({ interval: '1s', settle: '3s' }),
  ...until,
  ...json('print a line of JSON for each change'),
  ...redact,
  ...output,
  ...talk,
  // Some scenarios never end; the demo must.
  ...limits({ timeout: '20s', retryFor: RETRY_WATCH }),
};

export default command({
  summary: 'watch a simulated task, with no account',
  args: [{ term: '[scenario]', help: 'what happens to the task', values: SCENARIO_NAMES, default: 'done' }],
  options,
  examples: [
    ['extruct-task demo', 'a task that reaches its target'],
    ['extruct-task demo --create', 'create, watch and results in one'],
    ['extruct-task demo flaky', 'a task with 502s, a reset and a rate limit on the way'],
  ],
  notes: [`Scenarios: ${SCENARIO_NAMES.join(', ')}`],
  exits: [DONE, LOST, BAD_USAGE, FAILED, REFUSED, EXHAUSTED, STALLED, RUNNING, TIMED_OUT, STOPPED],
  run: async (call) => (await import('./run.ts')).runDemo(call),
});
