import { signalExitCode, USAGE } from '../core/exit-code.ts';
import { isUnderWay, type Outcome, verdictOf } from '../core/outcome.ts';
import type { TaskSnapshot } from '../core/task.ts';
import { isTaskId } from '../core/task-reference.ts';
import { type Column, fittedTable } from '../render/fitted-table.ts';
import { writeError } from '../render/messages.ts';
import { paintOf } from '../render/paint.ts';
import type { Access, Context } from './context.ts';
import { endWith } from './report.ts';
import { type Session, withSession } from './session.ts';

/** How many of the newest tasks are looked at. */
const RECENT = 20;

/** What the prompt puts before an option, in columns; it counts the codes of its colours too when it wraps. */
const FRAME = 16;

/** What came of the choice: a task's id, or the exit code where there was none. */
type Choice = { readonly id: string } | { readonly code: number };

/**
 * Lets a person at a terminal choose among the newest tasks, for a command: for `watch`, among those of them that run. The
 * prompt's library is loaded only here.
 */
export async function pick(command: string, access: Access, context: Context): Promise<Choice> {
  const fix = `run \`extruct-task ${command}\` to choose again`;
  const afterwards = { unfinished: 'No task had been chosen', meanwhile: 'the tasks go on running on the server', fix };
  return withSession(afterwards, access, context, (session) => choose(command, session, access, context));
}

async function choose(command: string, { ask, signal }: Session, access: Access, context: Context): Promise<Choice> {
  const { host, stderr } = context;
  const recent = await ask((client, stopped) => client.fetchTasks({ offset: 0, limit: RECENT }, stopped));
  if (!recent.ok) return { code: endWith(recent.outcome, { kind: 'list' }, access, context) };
  const isWanted = (task: TaskSnapshot) => command !== 'watch' || isUnderWay(task);
  // An id goes into a path: one that a user could not have typed is not taken from a server either.
  const tasks = recent.value.items.filter((task) => isWanted(task) && isTaskId(task.id));
  if (tasks.length === 0) {
    const what =
      command === 'watch' ? `None of the ${RECENT} newest tasks is running` : 'There are no tasks in this workspace yet';
    const fix = `run \`extruct-task ${command} <task>\` with the id of another, or \`extruct-task create <query>\``;
    writeError(stderr, access.settings.colored.stderr, { what, fix }, false);
    return { code: USAGE };
  }
  const chosen = await prompt(tasks, command, signal, host);
  if (signal.aborted) return { code: endWith(signal.reason as Outcome, { kind: 'list' }, access, context) };
  return chosen === null ? { code: signalExitCode('SIGINT') } : { id: chosen };
}

/**
 * The chosen task's id; null where the user left, or `signal` aborted. Ctrl-Z takes the prompt away and `fg` begins it anew: by itself
 * it would leave the cursor hidden, and read no more keys.
 */
async function prompt(
  tasks: readonly TaskSnapshot[],
  command: string,
  signal: AbortSignal,
  host: Context['host'],
): Promise<string | null> {
  const labels = labelsOf(tasks, command, (host.stderr.columns || 80) - FRAME);
  const { select, isCancel } = await import('@clack/prompts');
  const away = new AbortController();
  let comeBack = () => {};
  const back = new Promise<void>((resolve) => {
    comeBack = resolve;
  });
  const release = host.onSuspend(
    () => away.abort(),
    () => comeBack(),
  );
  const chosen = await select({
    message: 'Which task?',
    input: host.stdin,
    output: host.stderr,
    signal: AbortSignal.any([signal, away.signal]),
    options: tasks.map(({ id }, index) => ({ value: id, label: labels[index] ?? id })),
  });
  if (away.signal.aborted) await back;
  release();
  if (away.signal.aborted && !signal.aborted) return prompt(tasks, command, signal, host);
  return isCancel(chosen) ? null : chosen;
}

/** A line for each, with what tells one from another; all that `watch` offers run. */
function labelsOf(tasks: readonly TaskSnapshot[], command: string, columns: number): string[] {
  const state: Column = { head: '', values: tasks.map(verdictOf), least: 4, rank: 1 };
  const table: Column[] = [
    { head: '', values: tasks.map(({ id }) => id), least: 4, rank: 0 },
    ...(command === 'watch' ? [] : [state]),
    { head: '', values: tasks.map(({ funnel, target }) => `${funnel.highFit}/${target}`), align: 'right', least: 4, rank: 2 },
    { head: '', values: tasks.map(({ query }) => query ?? ''), least: 4, rank: 3 },
  ];
  return fittedTable(table, columns, paintOf(false)).split('\n').slice(1);
}
