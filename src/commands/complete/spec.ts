import { command } from '../../cli/command.ts';

/** What the completion scripts call, with the words of a line. */
export default command({
  summary: '',
  args: [
    { term: '[shell]', help: '' },
    { term: '[word...]', help: '' },
  ],
  options: {},
  examples: [],
  notes: [],
  exits: [],
  run: async (call) => (await import('./run.ts')).runComplete(call),
});
