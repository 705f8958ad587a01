import { processExitCode } from '../core/exit-code.ts';
import type { Progress } from '../core/progress.ts';
import { jsonObject } from '../render/json-lines.ts';
import { writeNote } from '../render/messages.ts';
import { type Renderer, silent } from '../render/renderer.ts';
import type { Access, Context } from './context.ts';
import { follow, reportOutcomes } from './follow.ts';
import { columnsOf } from './screen.ts';

/** `get`: asks once for a task, through an outage if need be, and prints the answer. Returns the exit code. */
export async function get(id: string, access: Access, context: Context): Promise<number> {
  const { settings } = access;
  const afterwards = { meanwhile: 'the task goes on running on the server', fix: `run \`extruct-task get ${id}\` to ask again` };
  const following = { ids: [id], once: true, afterwards };
  const all = await follow(following, access, context, [settings.progress === 'none' ? silent : retryNotes(context)]);
  for (const progress of all) await print(progress, access, context);
  reportOutcomes(all, access, context);
  return processExitCode(
    all.flatMap(({ outcome }) => outcome ?? []),
    settings.exit,
  );
}

async function print(progress: Progress, { settings }: Access, { host, stdout }: Context): Promise<void> {
  if (settings.json) {
    stdout.write(`${jsonObject(progress, host.clock.wallTime(), host.stdout.isTTY === true)}\n`);
  } else if (progress.task) {
    const { taskTable } = await import('../render/table.ts');
    const { paintOf } = await import('../render/paint.ts');
    stdout.write(taskTable(progress, progress.task, columnsOf(host.stdout, host.env), paintOf(settings.colored.stdout)));
  }
}

/** A line for each retry, so that an outage does not look like a hang. */
function retryNotes({ host, stderr }: Context): Renderer {
  return {
    ...silent,
    update({ outage }) {
      if (!outage) return;
      const seconds = Math.max(0.1, (outage.retryAt - host.clock.now()) / 1000).toFixed(1);
      writeNote(stderr, `${outage.failure.what}; trying again in ${seconds}s (try ${outage.attempt + 1})`);
    },
  };
}
