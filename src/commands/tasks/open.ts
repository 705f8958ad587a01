import type { Call, Context, Ending } from '../../cli/command.ts';
import { LAST } from '../../core/task-reference.ts';
import type { Host } from '../../host.ts';
import type { CompaniesFile } from '../options/companies-file.ts';
import { open } from '../session/open.ts';
import { isCi } from '../session/screen.ts';
import type { Access, AccessOptions } from '../session/settings.ts';
import { readTaskIds } from './arguments.ts';
import type { Named } from './last.ts';

/** Which tasks a command takes. */
interface Wanted {
  /** The command's name, for the prompt. */
  readonly command: string;
  /** The maximum number of tasks; `-` can bring more than that. */
  readonly most: number;
  /** Where it is to write companies. */
  readonly file?: CompaniesFile | null;
}

/** Runs a command on the given tasks; without any, a person at a terminal is asked. */
export async function withTasks(
  { command, most, file = null }: Wanted,
  call: Call<AccessOptions>,
  run: (named: Named, access: Access) => Promise<Ending>,
): Promise<Ending> {
  const { args, context } = call;
  const { host } = context;
  const asks = args.length === 0 && canChoose(host);
  const read = async () => (asks ? { ok: true as const, value: [] } : readTaskIds(args, host, most));
  const opened = await open(call, { fromStdin: args.includes('-') ? ['the tasks'] : [], read, file });
  if ('ending' in opened) return opened.ending;
  const { access, input } = opened;
  if (!asks) return run(await lookUp(input, access, context), access);
  const { pick } = await import('./pick.ts');
  const choice = await pick(command, access, context);
  return 'id' in choice ? run({ ids: [choice.id], unknown: [] }, access) : choice.ending;
}

/** The names as IDs. The code that looks them up is loaded only if there is something to look up. */
export async function lookUp(names: readonly string[], access: Access, context: Context): Promise<Named> {
  if (!names.includes(LAST)) return { ids: names, unknown: [] };
  const { nameTasks } = await import('./last.ts');
  return nameTasks(names, access, context);
}

/** Whether a person is there to choose a task. */
function canChoose({ env, stdin, stderr }: Host): boolean {
  return stdin.isTTY === true && stderr.isTTY === true && !isCi(env);
}
