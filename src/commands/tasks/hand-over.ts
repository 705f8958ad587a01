import { type Asked, commandOf, fixOf } from '../../cli/advice.ts';
import type { Context, Ending } from '../../cli/command.ts';
import type { Values } from '../../cli/option.ts';
import { isBehindApp } from '../../client/api-url.ts';
import type { Answered } from '../../core/attempts.ts';
import { createdDeed, type Deed, resumedDeed } from '../../core/deed.ts';
import { formatDuration } from '../../core/duration.ts';
import { indentJson } from '../../core/json-text.ts';
import { type Outcome, verdictOf } from '../../core/outcome.ts';
import { begin } from '../../core/progress.ts';
import type { TaskSnapshot } from '../../core/task.ts';
import { taskPage } from '../../core/task-reference.ts';
import { taskLine } from '../../render/json-lines.ts';
import { writeNote } from '../../render/messages.ts';
import type { starting } from '../options/starting.ts';
import { endWith } from '../session/report.ts';
import { drawn } from '../session/screen.ts';
import { signalsHeard } from '../session/session.ts';
import type { Access } from '../session/settings.ts';
import { type Afterwards, afterWatch } from '../session/stop.ts';
import { toWatch } from '../watch/settings.ts';

/** What was done to the task, as the first word of a sentence, and with which options. */
interface Done {
  /** `Reused`: nothing; the task was there already. */
  readonly verb: 'Created' | 'Resumed' | 'Reused';
  readonly values: Values<typeof starting>;
  /** The options of `watch` as they were given, each behind a blank. */
  readonly options: string;
  /** What was asked for. */
  readonly asked: Asked;
}

/**
 * Ends a command that started a task: watches the task, or prints it, for a person as a table and for a script as its ID. `signal` is
 * the session's. It stays active until the watch listens for itself: a user who stops the program in between still learns the ID.
 */
export async function handOver(
  answer: Answered<TaskSnapshot>,
  done: Done,
  signal: AbortSignal,
  access: Access,
  context: Context,
): Promise<Ending> {
  if (!answer.ok) return endWith(lostOf(answer, done.asked, access), done.asked, access, context);
  const task = answer.value;
  const told = `${done.verb} task ${task.id}`;
  const { values, verb } = done;
  const isQuiet = values.quiet || values.progress === 'none';
  if (verb === 'Reused' && !isQuiet) writeNote(context.stderr, `${told}, created at ${timeWords(task)}: no new task was created`);
  if (!values.watch) {
    context.stdout.write(await taskText(task, values.json, access, context));
    await context.stdout.flushed();
    if (context.stdout.broken.aborted && verb !== 'Reused') writeNote(context.stderr, told);
    return 0;
  }
  // For a new task even --quiet does not suppress this: if the watch fails, nothing else shows the ID of the task that was paid
  // for.
  if (verb === 'Created' || (verb === 'Resumed' && !isQuiet)) writeNote(context.stderr, told);
  const afterwards = afterWatch([task.id], access.settings, done.options);
  await signalsHeard();
  if (signal.aborted) return endWith(withReason(signal.reason as Outcome, afterwards), done.asked, access, context);
  const { watch } = await import('../watch/run.ts');
  const deed = deedOf(done, task, context.host.clock.now());
  return watch({ ids: [task.id], unknown: [], deed }, afterwards, toWatch(access, values, context.host), context);
}

function deedOf({ verb, asked }: Done, task: TaskSnapshot, now: number): Deed | null {
  if (asked.kind === 'resume') return resumedDeed(task, asked.more, now);
  return verb === 'Reused' ? null : createdDeed(task, now);
}

/** When a task was created, in UTC, to the second. */
export function timeWords({ createdAt }: TaskSnapshot): string {
  return createdAt === null ? 'an unknown time' : new Date(createdAt).toISOString().replace(/\.\d+/, '');
}

/** The outcome with a reason that says that the task was started, in place of one that says that nothing was done. */
function withReason(outcome: Outcome, { meanwhile, fix }: Afterwards): Outcome {
  return outcome.kind === 'interrupted' ? { ...outcome, reason: { what: `Stopped: ${meanwhile}`, fix } } : outcome;
}

/** A user who stops the program in the middle is told what is unknown. */
function lostOf(
  { outcome, failure }: Extract<Answered<TaskSnapshot>, { ok: false }>,
  asked: Asked,
  { settings }: Access,
): Outcome {
  if (failure?.lost === undefined || !('reason' in outcome)) return outcome;
  const late = `No answer came within ${formatDuration(settings.timeoutMs)} (--timeout)`;
  const what = `${outcome.kind === 'interrupted' ? 'Stopped before the answer came' : late}, and ${failure.lost}`;
  return { ...outcome, reason: { what, fix: fixOf(failure, asked, settings.way) } };
}

async function taskText(task: TaskSnapshot, asJson: boolean, access: Access, context: Context): Promise<string> {
  const { settings } = access;
  const { host } = context;
  const isTerminal = host.stdout.isTTY === true;
  if (asJson) {
    const line = taskLine(task, host.clock.wallTime());
    return `${isTerminal ? indentJson(line) : line}\n`;
  }
  if (!isTerminal) return `${task.id}\n`;
  const { taskTable } = await import('../../render/table.ts');
  const progress = { ...begin(task.id, host.clock.now()), task, outcome: { kind: verdictOf(task) } };
  const next = ['Next', `\`${commandOf(`watch ${task.id}`, settings.way)}\``] as const;
  const page = ['Page', isBehindApp(settings.apiUrl) ? taskPage(task.id) : ''] as const;
  return drawn(({ columns, paint }) => taskTable(progress, task, columns, paint, [next, page]), access, context);
}
