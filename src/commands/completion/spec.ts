import { command } from '../../cli/command.ts';
import { COMPLETIONS, SHELLS } from '../../cli/completion-shells.ts';
import { refuse } from '../../cli/refuse.ts';
import { BAD_USAGE, CLOSED, PRINTED } from '../exits.ts';
import { colors } from '../options/talk.ts';

export default command({
  summary: 'print the completion script of a shell',
  args: [{ term: '<shell>', help: 'bash, zsh or fish', values: SHELLS }],
  options: colors,
  examples: [
    ['source <(extruct-task completion bash)', 'in ~/.bashrc'],
    ['source <(extruct-task completion zsh)', 'in ~/.zshrc, below compinit'],
    ['extruct-task completion fish | source', 'in ~/.config/fish/config.fish'],
  ],
  notes: [],
  exits: [PRINTED, BAD_USAGE, CLOSED],
  async run({ args, context }) {
    const shell = SHELLS.find((candidate) => candidate === args[0]);
    if (!shell) return refuse([{ what: `unknown shell '${args[0]}'`, fix: `set one of ${SHELLS.join(', ')}` }], context);
    context.stdout.write(COMPLETIONS[shell].script);
    return 0;
  },
});
