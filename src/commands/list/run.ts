import { commandOf } from '../../cli/advice.ts';
import type { Call, Context, Ending } from '../../cli/command.ts';
import { hasStatus } from '../../core/list-status.ts';
import { readPages, TASKS_PER_PAGE } from '../../core/pages.ts';
import type { TaskSnapshot } from '../../core/task.ts';
import { taskLine } from '../../render/json-lines.ts';
import { writeNote } from '../../render/messages.ts';
import { open } from '../session/open.ts';
import { endWith } from '../session/report.ts';
import { rowColumnsOf } from '../session/screen.ts';
import { withSession } from '../session/session.ts';
import type { Access } from '../session/settings.ts';
import type { options } from './spec.ts';

/** `list`: the workspace's tasks, newest first. */
export async function runList(call: Call<typeof options>): Promise<Ending> {
  const { values, context } = call;
  const opened = await open(call, { fromStdin: [], read: async () => ({ ok: true, value: null }) });
  if ('ending' in opened) return opened.ending;
  const { access } = opened;
  const afterwards = {
    unfinished: 'The list did not arrive',
    meanwhile: 'the tasks go on running on the server',
    fix: `run \`${commandOf('list', access.settings.way)}\` to ask again`,
  };
  const statuses = values.status;
  const matches = statuses.length > 0 ? (task: TaskSnapshot) => hasStatus(task, statuses) : null;
  const tasks = await withSession(afterwards, access, context, ({ ask }) =>
    readPages(
      (offset, most) => ask((client, signal) => client.fetchTasks({ offset, limit: most }, signal)),
      { offset: 0, limit: values.all ? Number.POSITIVE_INFINITY : values.limit, matches },
      TASKS_PER_PAGE,
    ),
  );
  if (!tasks.ok) return endWith(tasks.outcome, { kind: 'list' }, access, context);
  context.stdout.write(await listText(tasks.value, values.json, access, context));
  if (tasks.value.length === 0 && !values.quiet) {
    writeNote(context.stderr, matches ? 'No task matches' : 'There are no tasks in this workspace yet');
  }
  return 0;
}

async function listText(
  tasks: readonly TaskSnapshot[],
  asJson: boolean,
  { settings }: Access,
  { host }: Context,
): Promise<string> {
  const wallTime = host.clock.wallTime();
  if (asJson) return tasks.map((task) => `${taskLine(task, wallTime)}\n`).join('');
  if (tasks.length === 0) return '';
  const { taskList } = await import('../../render/task-list.ts');
  const { paintOf } = await import('../../render/paint.ts');
  return taskList(tasks, wallTime, rowColumnsOf(host.stdout, host.env), paintOf(settings.colored.stdout));
}
