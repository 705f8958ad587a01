import type { Call, Context, Ending } from '../../cli/command.ts';
import { type Candidate, complete } from '../../cli/complete.ts';
import { COMPLETIONS, SHELLS } from '../../cli/completion-shells.ts';
import type { Options } from '../../cli/option.ts';
import { createProgram, loadFor, NOWHERE } from '../../cli/program.ts';
import { LONGEST_TIMER_MS } from '../../core/clock.ts';
import { createGate } from '../../core/gate.ts';
import { LAST } from '../../core/task-reference.ts';

/** A line that is being typed has no say in where the token is sent. */
const BY_ENVIRONMENT = {
  tokenFile: null,
  apiUrl: null,
  insecureHttp: false,
  insecureDebug: false,
  timeout: null,
  requestTimeout: LONGEST_TIMER_MS,
  retryFor: 0,
  quiet: true,
  verbose: false,
  color: false,
  noColor: true,
  ascii: false,
};

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
    const tasks = (await newestTasks(context)).filter(({ value }) => !wanted.named.includes(value));
    return lines(tasks.map(({ value, description }) => ({ value: wanted.prefix + value, description })));
  };
  context.stdout.write(`${(await answer()).join('\n')}\n`);
  return 0;
}

/** The newest tasks, and what stands for the newest of them; none where a command would send nothing. */
async function newestTasks(context: Context): Promise<Candidate[]> {
  const { readToken } = await import('../session/token.ts');
  const { readSettings } = await import('../session/settings.ts');
  const token = await readToken(undefined, context.host, () => {});
  if (!token.ok || token.value === '') return [];
  const settings = readSettings(BY_ENVIRONMENT, context.host);
  if (!settings.ok) return [];
  const { fetchNewest } = await import('./newest.ts');
  const tasks = await fetchNewest({ settings: settings.value, token: token.value, gate: createGate(context.host) }, context);
  const newest = tasks.length > 0 ? [{ value: LAST, description: 'the newest task' }] : [];
  return [...newest, ...tasks.map(({ id, query }) => ({ value: id, description: query }))];
}
