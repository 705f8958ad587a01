import { verdictOf } from '../core/outcome.ts';
import { readPages, TASKS_PER_PAGE } from '../core/pages.ts';
import type { TaskSnapshot } from '../core/task.ts';
import { taskLine } from '../render/json-lines.ts';
import { writeNote } from '../render/messages.ts';
import type { Access, Context } from './context.ts';
import { endWith } from './report.ts';
import { rowColumnsOf } from './screen.ts';
import { withSession } from './session.ts';

/** Which of the workspace's tasks are wanted. */
export interface ListWish {
  /** Infinity for all. */
  readonly limit: number;
  /** Outcomes or statuses, of which a task must have one; empty for any. */
  readonly statuses: readonly string[];
}

const AFTERWARDS = {
  unfinished: 'The list had not come',
  meanwhile: 'the tasks go on running on the server',
  fix: 'run `extruct-task list` to ask again',
};

/** `list`: the workspace's tasks, newest first. Returns the exit code. */
export async function list({ limit, statuses }: ListWish, access: Access, context: Context): Promise<number> {
  const { settings } = access;
  const matches = statuses.length > 0 ? (task: TaskSnapshot) => hasStatus(task, statuses) : null;
  const tasks = await withSession(AFTERWARDS, access, context, ({ ask }) =>
    readPages(
      (offset, most) => ask((client, signal) => client.fetchTasks({ offset, limit: most }, signal)),
      { offset: 0, limit, matches },
      TASKS_PER_PAGE,
    ),
  );
  if (!tasks.ok) return endWith(tasks.outcome, { kind: 'list' }, access, context);
  context.stdout.write(await listText(tasks.value, access, context));
  if (tasks.value.length === 0 && settings.progress !== 'none') {
    writeNote(context.stderr, matches ? 'No task is like that' : 'There are no tasks in this workspace yet');
  }
  return 0;
}

/** An exhausted task may say `done` or `in_progress`: it is neither in the table, and so not here. */
function hasStatus(task: TaskSnapshot, statuses: readonly string[]): boolean {
  const verdict = verdictOf(task);
  return statuses.includes(verdict) || (verdict === 'running' && statuses.includes(task.status));
}

async function listText(tasks: readonly TaskSnapshot[], { settings }: Access, { host }: Context): Promise<string> {
  const wallTime = host.clock.wallTime();
  if (settings.json) return tasks.map((task) => `${taskLine(task, wallTime)}\n`).join('');
  if (tasks.length === 0) return '';
  const { taskList } = await import('../render/task-list.ts');
  const { paintOf } = await import('../render/paint.ts');
  return taskList(tasks, wallTime, rowColumnsOf(host.stdout, host.env), paintOf(settings.colored.stdout));
}
