import { TASKS_PATH } from '../client/client.ts';
import { indentJson } from '../core/json-text.ts';
import { writeNote } from '../render/messages.ts';
import { escapeInJson } from '../render/sanitize.ts';
import type { Access, Context } from './context.ts';
import { handOver } from './hand-over.ts';
import { withSession } from './session.ts';

/** What a task is to be created from. */
interface CreateWish {
  /** The request's body: valid JSON that has been checked. */
  readonly body: string;
  /** Only show the request. */
  readonly dryRun: boolean;
  /** Go on to watch the task. */
  readonly watch: boolean;
}

const AFTERWARDS = {
  unfinished: 'The task had not been created',
  meanwhile: 'no task was created',
  fix: 'run the command again',
};

/** `create`: starts a task. The request is sent once. Returns the exit code. */
export async function create({ body, dryRun, watch }: CreateWish, access: Access, context: Context): Promise<number> {
  if (dryRun) return showRequest(body, access, context);
  return withSession(AFTERWARDS, access, context, async ({ ask, signal }) => {
    const created = await ask((client, stopped) => client.createTask(body, stopped));
    return handOver(created, { verb: 'Created', watch, asked: { kind: 'create' } }, signal, access, context);
  });
}

/** The body alone on stdout, where `--body-file` can read it back. */
function showRequest(body: string, { settings }: Access, { host, stdout, stderr }: Context): number {
  writeNote(stderr, `Not sent: POST ${settings.apiUrl.href.replace(/\/+$/, '')}${TASKS_PATH}`);
  stdout.write(`${escapeInJson(host.stdout.isTTY === true ? indentJson(body) : body)}\n`);
  return 0;
}
