import type { Call, Context, Ending } from '../../cli/command.ts';
import { refuse } from '../../cli/refuse.ts';
import type { Ask } from '../../client/ask.ts';
import { TASKS_PATH } from '../../client/client.ts';
import type { TaskRequest } from '../../client/types.ts';
import { formatDuration } from '../../core/duration.ts';
import { UNEXPECTED } from '../../core/exit-code.ts';
import { indentJson } from '../../core/json-text.ts';
import type { TaskSnapshot } from '../../core/task.ts';
import { LAST } from '../../core/task-reference.ts';
import { reasonsOf } from '../../core/usage.ts';
import { writeError, writeNote } from '../../render/messages.ts';
import { escapeInJson } from '../../render/sanitize.ts';
import { lackOfWatch, toOpen } from '../options/starting.ts';
import { open } from '../session/open.ts';
import { endWith } from '../session/report.ts';
import { withSession } from '../session/session.ts';
import type { Access } from '../session/settings.ts';
import { handOver, timeWords } from '../tasks/hand-over.ts';
import { options as watchOptions } from '../watch/spec.ts';
import { AFTERWARDS, completeBody } from './body.ts';
import { type Creation, lackOfReuse, needsOf } from './creation.ts';
import type { options } from './spec.ts';

/** With `--reuse-only`, why nothing was created. */
const NO_TWIN = {
  what: 'No task of this request was created recently enough, and --reuse-only says to create none',
  fix: 'run it without --reuse-only to create one (in the GitHub action, set create-on-rerun)',
};

/** With `--reuse`, why nothing was created. */
const UNSURE = {
  what: 'The list has a task that cannot be read, which may be one of this request: no task was created',
  fix: 'check the list in the app, or run it without --reuse to create one',
};

/** `create`: starts a task. The request is sent once. */
export async function runCreate(call: Call<typeof options>): Promise<Ending> {
  const { values, context } = call;
  const lacking = [...lackOfWatch(call), ...lackOfReuse(call)];
  const needs = needsOf(call);
  const read = async () => {
    const creation = await needs.read();
    return lacking.length === 0 ? creation : { ok: false as const, reasons: [...lacking, ...reasonsOf(creation)] };
  };
  const worksWithoutToken = ({ excluded, like }: Creation) =>
    values.dryRun && !values.reuse && like === null && !excluded.includes(LAST);
  const opened = await open(toOpen(call), { ...needs, read, worksWithoutToken, file: values.output });
  if ('ending' in opened) return opened.ending;
  const { access, input } = opened;
  const completed = await completeBody(input, access, context);
  if ('ending' in completed) return completed.ending;
  const { body } = completed;
  if (values.dryRun && !values.reuse) return showRequest(body, '', access, context);
  return withSession(AFTERWARDS, access, context, async ({ ask, signal }) => {
    const search = values.reuse ? await reusable(body, values.reuse, ask, context) : null;
    if (search && !search.ok) return endWith(search.outcome, { kind: 'list' }, access, context);
    if (search?.value.isUnsure) {
      writeError(context.stderr, access.settings.colored.stderr, UNSURE, false);
      return UNEXPECTED;
    }
    const reused = search?.value.twin ?? null;
    if (values.reuseOnly && !reused) return refuse([NO_TWIN], context);
    if (values.dryRun) return showRequest(body, wordsOnReuse(reused, values.reuse ?? 0), access, context);
    const verb = reused ? 'Reused' : 'Created';
    const task = reused ? { ok: true as const, value: reused } : await ask((client, stopped) => client.createTask(body, stopped));
    return handOver(
      task,
      { verb, values, options: call.asGiven(watchOptions), asked: { kind: 'create' } },
      signal,
      access,
      context,
    );
  });
}

/** Looks for a task of at most `ageMs` that can be taken in place of a new one. */
async function reusable(body: string, ageMs: number, ask: Ask, { host }: Context) {
  const { findTwin } = await import('./reuse.ts');
  return findTwin(JSON.parse(body) as TaskRequest, host.clock.wallTime() - ageMs, ask);
}

/** What a dry run says of `--reuse`. */
function wordsOnReuse(reused: TaskSnapshot | null, ageMs: number): string {
  return reused === null
    ? `; no task of this request was created within ${formatDuration(ageMs)} (--reuse)`
    : `; task ${reused.id}, created at ${timeWords(reused)}, would be taken in its place (--reuse)`;
}

/** The body alone on stdout, where `--body-file` can read it back. `more` is what else there is to say. */
function showRequest(body: string, more: string, { settings }: Access, { host, stdout, stderr }: Context): Ending {
  const url = `${settings.apiUrl.href.replace(/\/+$/, '')}${TASKS_PATH}`;
  if (!settings.quiet) writeNote(stderr, `Not sent: POST ${url}${more}`);
  stdout.write(`${escapeInJson(host.stdout.isTTY === true ? indentJson(body) : body)}\n`);
  return 0;
}
