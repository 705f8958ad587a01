import type { Call, Ending } from '../../cli/command.ts';
import { type Candidate, complete } from '../../cli/complete.ts';
import { COMPLETIONS, SHELLS } from '../../cli/completion-shells.ts';
import type { Options } from '../../cli/option.ts';
import { createProgram, loadFor, NOWHERE } from '../../cli/program.ts';

/**
 * What the scripts call on TAB: prints what can stand in place of the last word. It is silent on every failure, since whatever it
 * said would stand in the middle of the line that is being typed.
 */
export async function runComplete({ args: [name, ...words], commands, context }: Call<Options>): Promise<Ending> {
  const shell = COMPLETIONS[SHELLS.find((candidate) => candidate === name) ?? 'bash'];
  const read = shell.read(words);
  const program = createProgram(await loadFor(read, commands), async () => {}, NOWHERE);
  const wanted = complete(program, read);
  const lines = (candidates: readonly Candidate[]) => ['words', ...shell.write(candidates, words)];
  const answer = async () => {
    if (wanted.kind === 'files') return ['files'];
    if (wanted.kind === 'words') return lines(wanted.words);
    const { newestTasks } = await import('./newest.ts');
    const tasks = (await newestTasks(context)).filter(({ value }) => !wanted.named.includes(value));
    return lines(tasks.map(({ value, description }) => ({ value: wanted.prefix + value, description })));
  };
  context.stdout.write(`${(await answer()).join('\n')}\n`);
  return 0;
}
