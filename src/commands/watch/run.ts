import { nextWords } from '../../cli/advice.ts';
import type { Call, Context, Ending } from '../../cli/command.ts';
import { isBehindApp } from '../../client/api-url.ts';
import { yardsticksOf } from '../../core/company.ts';
import type { Deed } from '../../core/deed.ts';
import { endingOf, UNEXPECTED, worseOf } from '../../core/exit-code.ts';
import { listingOf } from '../../core/found.ts';
import { isUnderWay } from '../../core/outcome.ts';
import type { Progress } from '../../core/progress.ts';
import { taskPage } from '../../core/task-reference.ts';
import { forScreen } from '../../render/environment.ts';
import { jsonLines } from '../../render/json-lines.ts';
import { withLink } from '../../render/link.ts';
import { writeNote, writeWarning } from '../../render/messages.ts';
import { BELL, notification } from '../../render/notify.ts';
import { type Renderer, silent, together } from '../../render/renderer.ts';
import { effortWords, outcomeWords } from '../../render/words.ts';
import { outcomesOf, reportOutcomes } from '../session/report.ts';
import { columnsOf, drawn } from '../session/screen.ts';
import { type Afterwards, afterWatch } from '../session/stop.ts';
import type { Named } from '../tasks/last.ts';
import { withTasks } from '../tasks/open.ts';
import { commandAfter, tellsEnd, withoutCommand, writeEnd } from './end.ts';
import { follow } from './follow.ts';
import { tellGitHub } from './github.ts';
import { nextOf, tellLeft } from './left.ts';
import { toWatch, type WatchAccess } from './settings.ts';
import { options } from './spec.ts';

/** What is to be watched; `deed` is what this process has just asked the service to do to it. */
interface Watched extends Named {
  readonly deed?: Deed | null;
}

/** After Ctrl-C somebody wants the prompt back: a longer table would push all else off the screen. */
const MOST_ROWS_AT_STOP = 20;

/** `watch`. */
export function runWatch(call: Call<typeof options>): Promise<Ending> {
  const { values, context } = call;
  return withTasks({ command: 'watch', most: Number.POSITIVE_INFINITY, file: values.output }, call, (named, access) =>
    watch(named, afterWatch(named.ids, access.settings, call.asGiven(options)), toWatch(access, values, context.host), context),
  );
}

/** Polls every task until it has ended, showing how far each is; then the final table. */
export async function watch(
  { deed = null, ...named }: Watched,
  afterwards: Afterwards,
  access: WatchAccess,
  context: Context,
): Promise<Ending> {
  const { settings } = access;
  const renderers = [await progressRenderer(access, context)];
  if (settings.json) {
    const wish = {
      isFinal: settings.final,
      isRedacted: settings.redact,
      nextOf: (ended: Progress) => nextOf([ended], named.ids, access, afterwards),
    };
    renderers.push(jsonLines(context.stdout, context.host.clock, wish));
  }
  const following = { ...named, deed, withResults: settings.results, afterwards };
  const all = await follow(following, access, context, together(renderers));
  const outcomes = outcomesOf(all);
  const isInterrupted = outcomes.some(({ kind }) => kind === 'interrupted');
  // Of one task the last line says how far it was; of several only the table says which has ended how.
  const isPrinted = !isInterrupted || (all.length > 1 && all.length <= MOST_ROWS_AT_STOP);
  if (!settings.json && isPrinted) context.stdout.write(await finalTable(all, afterwards, access, context));
  if (!settings.json && !isInterrupted && settings.printsResults) await printResults(all, access, context);
  const isSaved = isInterrupted || (await saveResults(all, access, context));
  const hasEnd = tellsEnd(all, access, context);
  const command = hasEnd ? commandAfter(all, afterwards, access) : '';
  reportOutcomes(command === '' ? all : all.map(withoutCommand), access, context, !hasEnd);
  if (!hasEnd) tellLeft(all, access, afterwards, context);
  const ended = endingOf(outcomes, settings.exit);
  const ending = isSaved || typeof ended === 'string' ? ended : worseOf(ended, UNEXPECTED);
  await tellGitHub(all, ending, context);
  if (hasEnd) await writeEnd(all, command, afterwards, access, context);
  if (!isInterrupted) ring(all, access, context);
  return ending;
}

/** Calls the user back to the terminal, where there is one and it was asked for. */
function ring(all: readonly Progress[], { settings }: WatchAccess, { host, stderr }: Context): void {
  if (host.stderr.isTTY !== true) return;
  const [only] = all;
  const words = only && all.length === 1 ? `${only.id} ${outcomeWords(only)}` : `${all.length} tasks have ended`;
  if (settings.notify) stderr.write(notification(words, host.env));
  else if (settings.bell) stderr.write(BELL);
}

/** Each way of showing progress is loaded only where it is used. */
async function progressRenderer({ settings }: WatchAccess, { host, stderr }: Context): Promise<Renderer> {
  switch (settings.progress) {
    case 'none':
      return silent;
    case 'plain': {
      const { plainProgress } = await import('../../render/plain.ts');
      return plainProgress(stderr, host.clock, settings.heartbeatMs);
    }
    case 'spoken': {
      const { spokenProgress } = await import('../../render/spoken.ts');
      return spokenProgress(stderr, host.clock, settings);
    }
    case 'live': {
      const { liveProgress } = await import('../../render/live.ts');
      const { paintOf } = await import('../../render/paint.ts');
      const shared = host.stdout.isTTY === true ? [host.stderr, host.stdout] : [host.stderr];
      // Not with all that the host has: to copy standard input would open it.
      const { env, isForeground, onSuspend, quietKeys } = host;
      const terminal = { env, isForeground, onSuspend, quietKeys, stream: host.stderr, shared, unicode: settings.unicode };
      return liveProgress(terminal, host.clock, paintOf(settings.colored.stderr));
    }
  }
}

/** One task as `get` prints it, several as rows; nothing where nothing came to be known. */
async function finalTable(
  all: readonly Progress[],
  afterwards: Afterwards,
  access: WatchAccess,
  context: Context,
): Promise<string> {
  const { settings } = access;
  const { host } = context;
  const [only] = all;
  if (all.length > 1) {
    const { summaryTable } = await import('../../render/task-list.ts');
    return drawn(({ rowColumns, paint }) => summaryTable(all, rowColumns, paint), access, context);
  }
  if (!only?.task) return '';
  const { taskTable } = await import('../../render/table.ts');
  const { task } = only;
  const hasEnd = tellsEnd(all, access, context);
  const goOn = nextOf(all, [only.id], access, afterwards);
  const next = goOn === null ? nextWords(only, afterwards.isGone === true ? null : settings.way) : `run \`${goOn}\` to go on`;
  const extra = [
    ['Watched', effortWords(only, host.clock.now() - host.startedAt)],
    // The last line says what to do next, where there is one.
    ['Next', hasEnd ? '' : next],
    // Where they stand right below, nobody need ask for them.
    ['Results', hasEnd || settings.printsResults || !afterwards.results ? '' : `\`${afterwards.results}\``],
    ['Page', isBehindApp(settings.apiUrl) ? taskPage(only.id) : ''],
  ] as const;
  const table = await drawn(({ columns, paint }) => taskTable(only, task, columns, paint, extra), access, context);
  return host.stdout.isTTY === true ? withLink(table, taskPage(only.id), host.env) : table;
}

/** What each task has found, where that was asked for; of several tasks, under the name of each. */
async function printResults(all: readonly Progress[], access: WatchAccess, context: Context): Promise<void> {
  const { closingWords, companiesText } = await import('../companies/text.ts');
  const { taskNames } = await import('../../render/task-names.ts');
  const names = taskNames(all, columnsOf(context.host.stdout, context.host.env));
  const namesById = new Map(all.map(({ id }, index) => [id, names[index]]));
  for (const found of foundBy(all)) {
    const { id } = found.task;
    const listing = listingOf([found]);
    const called = forScreen(namesById.get(id) ?? id, access.settings);
    const [head, name] = all.length > 1 ? [`${called}\n`, `${id}: `] : ['', ''];
    const layout = { format: 'table', wide: false, explain: false } as const;
    context.stdout.write(`\n${head}${await companiesText(listing, layout, access, context)}`);
    if (!access.settings.quiet) writeNote(context.stderr, name + closingWords(listing, 0, false));
  }
}

/** Writes what the tasks have found to the file that was asked for, or says that there is nothing to write. Returns false if that failed. */
async function saveResults(all: readonly Progress[], access: WatchAccess, context: Context): Promise<boolean> {
  const { file, colored } = access.settings;
  const found = foundBy(all);
  if (file === null) return true;
  if (found.length === 0) {
    const none = all.length === 1 ? 'the task has not ended' : 'no task has ended';
    const why = all.every(isUnfinished) ? none : 'no results were read';
    writeWarning(context.stderr, colored.stderr, `${file.path} was not written, because ${why}`);
    return true;
  }
  const { saveCompanies } = await import('../companies/save.ts');
  return saveCompanies(listingOf(found), file, false, access, context);
}

/** Whether the watch has left the task before it ended, as far as is known. */
function isUnfinished({ outcome, task }: Progress): boolean {
  return outcome !== null && ['running', 'stalled', 'timed_out'].includes(outcome.kind) && (task === null || isUnderWay(task));
}

/** What was read of each task's companies. */
function foundBy(all: readonly Progress[]) {
  return all.flatMap(({ task, companies }) =>
    task && companies ? [{ task, companies, yardsticks: yardsticksOf(task.criteria, companies) }] : [],
  );
}
