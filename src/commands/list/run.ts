import { commandOf } from '../../cli/advice.ts';
import type { Call, Context, Ending } from '../../cli/command.ts';
import type { Values } from '../../cli/option.ts';
import { shellWord } from '../../cli/shell-word.ts';
import { matchesOf } from '../../core/list-filter.ts';
import { readPages, TASKS_PER_PAGE } from '../../core/pages.ts';
import type { TaskSnapshot } from '../../core/task.ts';
import { taskLine } from '../../render/json-lines.ts';
import { writeNote } from '../../render/messages.ts';
import { open } from '../session/open.ts';
import { endWith } from '../session/report.ts';
import { drawn } from '../session/screen.ts';
import { withSession } from '../session/session.ts';
import type { Access } from '../session/settings.ts';
import { NO_TASKS } from '../tasks/terms.ts';
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
  const limit = values.all ? Number.POSITIVE_INFINITY : values.limit;
  const matches = matchesOf({ statuses: values.status, search: values.search ?? '' });
  const tasks = await withSession(afterwards, access, context, ({ ask, tell }) =>
    readPages(
      (offset, most) => {
        if (offset > 0) tell(`Read ${offset} tasks so far`);
        return ask((client, signal) => client.fetchTasks({ offset, limit: most }, signal));
      },
      { offset: 0, limit, matches },
      TASKS_PER_PAGE,
    ),
  );
  if (!tasks.ok) return endWith(tasks.outcome, { kind: 'list' }, access, context);
  context.stdout.write(await listText(tasks.value, values.json, access, context));
  if (values.quiet) return 0;
  if (tasks.value.length === 0) {
    writeNote(context.stderr, matches ? 'No task matches' : NO_TASKS);
  } else if (tasks.value.length === limit) {
    const all = commandOf(`list --all${filterOptions(values)}`, access.settings.way);
    writeNote(context.stderr, `There may be more than these ${limit}; run \`${all}\` to see all`);
  }
  return 0;
}

/** What narrows the list, as the user wrote it. */
function filterOptions({ status, search }: Values<typeof options>): string {
  return [...status.map((one) => ` --status ${one}`), ...(search ? [` --search ${shellWord(search)}`] : [])].join('');
}

async function listText(tasks: readonly TaskSnapshot[], asJson: boolean, access: Access, context: Context): Promise<string> {
  const wallTime = context.host.clock.wallTime();
  if (asJson) return tasks.map((task) => `${taskLine(task, wallTime)}\n`).join('');
  if (tasks.length === 0) return '';
  const { taskList } = await import('../../render/task-list.ts');
  return drawn(({ rowColumns, paint }) => taskList(tasks, wallTime, rowColumns, paint), access, context);
}
