import { commandOf } from '../../cli/advice.ts';
import type { Context, Ending } from '../../cli/command.ts';
import { USAGE } from '../../core/exit-code.ts';
import { isUnderWay, type Outcome } from '../../core/outcome.ts';
import type { TaskSnapshot } from '../../core/task.ts';
import { isTaskId } from '../../core/task-reference.ts';
import { inAscii } from '../../render/ascii.ts';
import { type Column, fittedTable } from '../../render/fitted-table.ts';
import { padEnd } from '../../render/format.ts';
import { writeError, writeNote } from '../../render/messages.ts';
import { paintOf } from '../../render/paint.ts';
import { taskNames } from '../../render/task-names.ts';
import { widthOf } from '../../render/width.ts';
import { listedState } from '../../render/words.ts';
import { endWith } from '../session/report.ts';
import { type Session, withSession } from '../session/session.ts';
import type { Access } from '../session/settings.ts';
import { NO_TASKS } from './terms.ts';

/** How many of the newest tasks are offered. */
const RECENT = 20;

/** What the prompt puts before an option, in columns; it counts the codes of its colours too when it wraps. */
const FRAME = 16;

const NO_CHOICE = 'No task was chosen';

/** The result of the choice: a task's ID, or how the program ends without one. */
type Choice = { readonly id: string } | { readonly ending: Ending };

/**
 * Lets a person at a terminal choose one of the newest tasks for a command; for `watch`, one of those that are running. The
 * prompt's library is loaded only here.
 */
export async function pick(command: string, access: Access, context: Context): Promise<Choice> {
  const fix = `run \`${commandOf(command, access.settings.way)}\` to choose again`;
  const afterwards = { unfinished: NO_CHOICE, meanwhile: 'the tasks go on running on the server', fix };
  return withSession(afterwards, access, context, (session) => choose(command, session, access, context));
}

async function choose(command: string, { ask, signal }: Session, access: Access, context: Context): Promise<Choice> {
  const { host, stderr } = context;
  const recent = await ask((client, stopped) => client.fetchTasks({ offset: 0, limit: RECENT }, stopped));
  if (!recent.ok) return { ending: await endWith(recent.outcome, { kind: 'list' }, access, context) };
  const isWanted = (task: TaskSnapshot) => command !== 'watch' || isUnderWay(task);
  // An ID becomes part of a path: one that a user could not type is not accepted from a server either.
  const tasks = recent.value.items.filter((task) => isWanted(task) && isTaskId(task.id));
  if (tasks.length === 0) {
    const what = command === 'watch' ? `None of the ${RECENT} newest tasks is running` : NO_TASKS;
    const fix = `run \`extruct-task ${command} <task>\` with another task ID, or \`extruct-task create <query>\``;
    writeError(stderr, access.settings.colored.stderr, { what, fix }, false);
    return { ending: USAGE };
  }
  const chosen = await prompt(tasks, command, access.settings.unicode, signal, host);
  if (signal.aborted) return { ending: await endWith(signal.reason as Outcome, { kind: 'list' }, access, context) };
  if (chosen !== null) return { id: chosen };
  // The prompt leaves the task that it pointed at on the screen, as if it had been chosen.
  if (!access.settings.quiet) writeNote(stderr, NO_CHOICE);
  return { ending: 'SIGINT' };
}

/** Ctrl-D, as a terminal sends it while the prompt reads keys. */
const END_OF_TRANSMISSION = 4;

/**
 * The chosen task's ID; null if the user left, or `signal` aborted. Ctrl-Z removes the prompt and `fg` starts it again: otherwise
 * it would leave the cursor hidden and stop reading keys.
 */
async function prompt(
  tasks: readonly TaskSnapshot[],
  command: string,
  unicode: boolean,
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
  // The prompt would stop reading on Ctrl-D and never end: the program would, as if all was well.
  const left = new AbortController();
  const leaveOnCtrlD = (keys: Buffer | string) => {
    if (Buffer.from(keys).includes(END_OF_TRANSMISSION)) left.abort();
  };
  host.stdin.on('data', leaveOnCtrlD);
  const chosen = await select({
    message: 'Which task?',
    input: host.stdin,
    output: unicode ? host.stderr : inAscii(host.stderr),
    signal: AbortSignal.any([signal, away.signal, left.signal]),
    options: tasks.map(({ id }, index) => ({ value: id, label: labels[index] ?? id })),
  });
  host.stdin.removeListener('data', leaveOnCtrlD);
  if (away.signal.aborted) await back;
  release();
  if (away.signal.aborted && !signal.aborted) return prompt(tasks, command, unicode, signal, host);
  return isCancel(chosen) ? null : chosen;
}

/** The least room for a name beside figures, in columns. */
const LEAST_NAME = 16;

/** Between a name and the figures. */
const GAP = '  ';

/** A line for each task: its name, and how it stands if there is room. The list for `watch` needs no state: all its tasks are running. */
function labelsOf(tasks: readonly TaskSnapshot[], command: string, columns: number): string[] {
  const whole = { head: '', least: Number.POSITIVE_INFINITY, rank: 0 };
  const figures: Column[] = [
    ...(command === 'watch' ? [] : [{ ...whole, values: tasks.map(listedState) }]),
    { ...whole, values: tasks.map(({ funnel, target }) => `${funnel.highFit}/${target}`), align: 'right' },
  ];
  const rows = fittedTable(figures, Number.POSITIVE_INFINITY, paintOf(false)).split('\n').slice(1, -1);
  const room = columns - GAP.length - Math.max(...rows.map(widthOf));
  const named = tasks.map((task) => ({ id: task.id, task }));
  if (room < LEAST_NAME) return taskNames(named, Math.max(1, columns));
  const names = taskNames(named, room);
  const width = Math.max(...names.map(widthOf));
  return names.map((name, index) => `${padEnd(name, width)}${GAP}${rows[index]}`);
}
