import type { Command } from 'commander';
import type { Context } from '../commands/context.ts';
import { createGate } from '../core/gate.ts';
import { LAST } from '../core/task-reference.ts';
import { type Candidate, complete } from './complete.ts';
import { COMPLETIONS } from './completion-shells.ts';
import type { Flags } from './program.ts';
import { refuse } from './refuse.ts';
import { SHELLS } from './values.ts';

/** `completion`: prints the script for a shell. Returns the exit code. */
export function runCompletion(name: string, flags: Flags, context: Context): number {
  const shell = SHELLS.find((candidate) => candidate === name);
  if (!shell)
    return refuse([{ what: `There is no completion for '${name}'`, fix: `set one of ${SHELLS.join(', ')}` }], flags, context);
  context.stdout.write(COMPLETIONS[shell].script);
  return 0;
}

/**
 * What the scripts call on TAB: prints what can stand in place of the last word. It is silent on every failure, since whatever it
 * said would stand in the middle of the line that is being typed.
 */
export async function runComplete(name: string, words: readonly string[], program: Command, context: Context): Promise<void> {
  const shell = COMPLETIONS[SHELLS.find((candidate) => candidate === name) ?? 'bash'];
  const wanted = complete(program, shell.read(words));
  const lines = (candidates: readonly Candidate[]) => ['words', ...shell.write(candidates, words)];
  const answer = async () => {
    if (wanted.kind === 'files') return ['files'];
    if (wanted.kind === 'words') return lines(wanted.words);
    const tasks = (await newestTasks(context)).filter(({ value }) => !wanted.named.includes(value));
    return lines(tasks.map(({ value, description }) => ({ value: wanted.prefix + value, description })));
  };
  context.stdout.write(`${(await answer()).join('\n')}\n`);
}

/** The newest tasks, and what stands for the newest of them; none where a command would send nothing. */
async function newestTasks(context: Context): Promise<Candidate[]> {
  const { readToken } = await import('./token.ts');
  const { readSettings } = await import('./settings.ts');
  const token = await readToken(undefined, context.host, () => {});
  if (!token.ok || token.value === '') return [];
  const settings = readSettings({}, { retryFor: '0', interval: 'auto' }, context.host);
  if (!settings.ok) return [];
  const { fetchNewest } = await import('../commands/newest.ts');
  const tasks = await fetchNewest({ settings: settings.value, token: token.value, gate: createGate(context.host) }, context);
  const newest = tasks.length > 0 ? [{ value: LAST, description: 'the newest task' }] : [];
  return [...newest, ...tasks.map(({ id, query }) => ({ value: id, description: query }))];
}
