import { command } from '../../cli/command.ts';
import { option, optional, type Reader, text, wholeNumber } from '../../cli/option.ts';
import { SCENARIO_NAMES } from '../../sandbox/scenario.ts';
import { BAD_USAGE, NO_PORT, STOPPED } from '../exits.ts';
import { colors } from '../options/talk.ts';

const factor: Reader<number> = {
  wish: 'set a number above 0, such as 10',
  read(text) {
    const speed = /^\d+(?:\.\d+)?$/.test(text) ? Number(text) : 0;
    return speed > 0 ? speed : null;
  },
};

/** The options of `sandbox`. */
export const options = {
  port: option(
    { flags: '--port <number>', help: 'port to serve on, 0 for any free port', default: '8787' },
    wholeNumber(0, 65_535),
  ),
  speed: option(
    {
      flags: '--speed <factor>',
      help: 'how much faster than real time tasks run',
      default: '1',
      more: 'At 10, four minutes take 24 seconds.',
    },
    factor,
  ),
  replay: optional(
    {
      flags: '--replay <file>',
      help: 'also play back tasks that watch --json recorded, - for standard input',
      more: 'Each from its first request on, at the speed that `--speed` says. See [Playing back a recording](sandbox.md#playing-back-a-recording).',
    },
    text,
  ),
  ...colors,
};

export default command({
  summary: 'serve a simulated API on this machine, to test scripts with',
  args: [],
  options,
  examples: [
    ['extruct-task sandbox --port 8787 --speed 10', 'then paste the lines that it prints into another shell'],
    ['extruct-task watch done --interval 1s', 'in that shell'],
    ['extruct-task sandbox --replay watch.ndjson', 'play back what extruct-task watch --json wrote'],
  ],
  notes: [`Scenarios: ${SCENARIO_NAMES.join(', ')}`],
  exits: [NO_PORT, BAD_USAGE, STOPPED],
  run: async (call) => (await import('./run.ts')).runSandbox(call),
});
