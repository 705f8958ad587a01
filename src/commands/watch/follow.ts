import { setMaxListeners } from 'node:events';
import { reasonOf } from '../../cli/advice.ts';
import type { Context } from '../../cli/command.ts';
import type { Client } from '../../client/client.ts';
import { budgetedPace, createBudget, spreadOf } from '../../core/budget.ts';
import type { Clock } from '../../core/clock.ts';
import type { Company } from '../../core/company.ts';
import type { Deed } from '../../core/deed.ts';
import { RETRY_ONCE_MS } from '../../core/defaults.ts';
import { endedWell } from '../../core/exit-code.ts';
import type { Outcome } from '../../core/outcome.ts';
import { fixedPace, type Pacer, phaseOffset, SLOWEST_MS, slowed, withLastLook } from '../../core/pacing.ts';
import { type PollPolicy, poll } from '../../core/poll.ts';
import { advance, begin, type Progress } from '../../core/progress.ts';
import type { Renderer } from '../../render/renderer.ts';
import { connect } from '../session/connect.ts';
import { askOf } from '../session/session.ts';
import { statusWarner } from '../session/status-warning.ts';
import { type Afterwards, listenForStop } from '../session/stop.ts';
import type { Named } from '../tasks/last.ts';
import { watchBest } from './best.ts';
import type { WatchAccess } from './settings.ts';

/** From this number of tasks on, memory matters more than time. */
const MANY_TASKS = 500;

/** Time between the first polls of two tasks, in milliseconds: nobody notices, and thousands do not come in one burst. */
const START_SPACING_MS = 1;

/** With `--interval auto`, the longest time between two polls while a person is watching, in milliseconds. */
const SLOWEST_ON_TERMINAL_MS = 15_000;

/** With more tasks than this, none gets a last poll before `--timeout`: those polls would all come at the same moment. */
const MOST_LAST_LOOKS = 20;

/** What is followed, and how. */
interface Following extends Named {
  /** Fetch what each task has found, once it has ended. */
  readonly withResults: boolean;
  /** What this process has just asked the service to do; null for nothing. */
  readonly deed: Deed | null;
  readonly afterwards: Afterwards;
}

/** What the tasks of a watch share. */
interface Shared {
  readonly client: Client;
  /** Aborts when the command is to stop. */
  readonly stopped: AbortSignal;
  /** Aborts when the polling is over. */
  readonly looking: AbortSignal;
  readonly renderer: Renderer;
  readonly warnOnce: ReturnType<typeof statusWarner>;
  readonly withResults: boolean;
  /** Whether there is one task, and no more. */
  readonly isOnly: boolean;
  /** For the rate that the live view draws; of many tasks they would take much memory. */
  readonly keepsSamples: boolean;
}

/** Polls every task to its end, all at once, and updates the renderer. The result is in the order of the IDs. */
export async function follow(
  { ids, unknown, deed, withResults, afterwards }: Following,
  access: WatchAccess,
  context: Context,
  renderer: Renderer,
): Promise<Progress[]> {
  const { settings } = access;
  const { clock } = context.host;
  const client = await connect(access, context);
  const running = new Set(ids);
  const afterStop = () => {
    const left = running.size === 0 ? ids : [...running];
    return afterwards.of?.(left, settings.file === null ? left : ids) ?? afterwards;
  };
  const stop = listenForStop(context, settings, afterStop);
  const shared = {
    client,
    stopped: stop.signal,
    looking: lookFor(settings, stop.signal, clock),
    renderer,
    warnOnce: statusWarner(access, context),
    withResults,
    isOnly: ids.length + unknown.length === 1,
    keepsSamples: settings.progress === 'live' && ids.length < MANY_TASKS,
  };
  const pacing = pacingOf(ids, access, context);
  if (ids.length >= MANY_TASKS) await context.host.saveMemory();
  const stopAtFailure = ({ outcome }: Progress) => {
    if (settings.failFast && outcome && !endedWell(outcome, settings.exit)) stop.end({ kind: 'running' });
  };
  const followOne = async (id: string, index: number): Promise<Progress> => {
    const { retryForMs, stallTimeoutMs, settleMs, until, deadline } = settings;
    const phaseMs = phaseOffset(index, ids.length, pacing.spreadMs);
    const policy = { pace: pacing.paceOf(id), phaseMs, retryForMs, stallTimeoutMs, settleMs, until, deed, deadline };
    const progress = await followTask(id, policy, index * START_SPACING_MS, shared, access, context);
    running.delete(id);
    pacing.release(id);
    stopAtFailure(progress);
    return progress;
  };
  for (const progress of unknown) {
    renderer.finish(progress);
    stopAtFailure(progress);
  }
  try {
    return [...unknown, ...(await Promise.all(ids.map(followOne)))];
  } finally {
    stop.release();
    renderer.close();
  }
}

/** Polls one task to its end, from `startMs` on. */
async function followTask(
  id: string,
  policy: PollPolicy,
  startMs: number,
  shared: Shared,
  access: WatchAccess,
  context: Context,
): Promise<Progress> {
  const { client, looking, renderer, warnOnce, withResults, isOnly, keepsSamples } = shared;
  const { settings, gate } = access;
  const { clock, random } = context.host;
  let progress = begin(id, clock.now(), keepsSamples);
  const tellBest = (best: readonly Company[]) => {
    progress = { ...progress, best };
    if (!progress.outcome) renderer.update(progress);
  };
  const lookForBest =
    withResults && isOnly && settings.progress === 'live'
      ? watchBest(client, context.host, gate, settings.retryForMs, looking, tellBest)
      : null;
  renderer.update(progress);
  await clock.sleep(startMs, looking);
  for await (const event of poll(id, policy, { fetchTask: client.fetchTask, clock, random, gate, signal: looking })) {
    progress = advance(progress, event);
    if (event.kind === 'settled') {
      progress = endedAs(event.outcome, progress, settings);
      if (withResults && isComplete(event.outcome)) progress = await withCompanies(progress, shared, access, context);
      renderer.finish(progress);
      continue;
    }
    if (event.kind === 'snapshot') await warnOnce(event.task);
    // The answer that settles a task is shown once, as its end.
    if (event.kind === 'snapshot' && event.isLast) continue;
    renderer.update(progress);
    if (event.kind === 'snapshot') lookForBest?.(progress);
  }
  return progress;
}

/** The signal that ends the polling: that of a stop, and of `--for`, which leaves the companies of ended tasks time to come. */
function lookFor({ lookMs, lookUntil }: WatchAccess['settings'], stopped: AbortSignal, clock: Clock): AbortSignal {
  if (lookMs === Number.POSITIVE_INFINITY) return stopped;
  const over = new AbortController();
  const outcome: Outcome = { kind: 'running', lookedMs: lookMs };
  void clock.sleep(lookUntil - clock.now(), stopped).then(() => over.abort(outcome));
  const either = AbortSignal.any([stopped, over.signal]);
  // Every task listens.
  setMaxListeners(0, either);
  return either;
}

/** How the tasks are paced, each by itself. */
interface Pacing {
  paceOf(id: string): Pacer;
  /** The time over which their later polls spread, in milliseconds. */
  readonly spreadMs: number;
  /** To be called for each task that has ended. */
  release(id: string): void;
}

/** A fixed interval is used as the user set it; `auto` keeps all tasks together within one budget of requests. */
function pacingOf(ids: readonly string[], { settings, gate }: WatchAccess, { host }: Context): Pacing {
  const { intervalMs } = settings;
  if (intervalMs !== null) return { paceOf: () => slowed(fixedPace(intervalMs), gate), spreadMs: intervalMs, release: () => {} };
  const slowestMs = host.stderr.isTTY === true ? SLOWEST_ON_TERMINAL_MS : SLOWEST_MS;
  const budget = createBudget();
  return {
    paceOf(id) {
      const pace = slowed(budgetedPace(budget, id, slowestMs), gate);
      return ids.length <= MOST_LAST_LOOKS ? withLastLook(pace, Math.min(settings.deadline, settings.lookUntil)) : pace;
    },
    spreadMs: Math.min(slowestMs, spreadOf(ids.length)),
    release: budget.release,
  };
}

/** Whether the task itself has ended, or what the user waited for has happened: its results are worth reading. */
function isComplete({ kind }: Outcome): boolean {
  return ['done', 'condition_met', 'exhausted', 'failed'].includes(kind);
}

/** The progress with the companies that the task found; if they cannot be fetched, that failure is how the watch ends. */
async function withCompanies(
  progress: Progress,
  { client, stopped, isOnly }: Shared,
  access: WatchAccess,
  context: Context,
): Promise<Progress> {
  const { settings } = access;
  // Once the time of `--for` is over, an outage is waited out no longer than where one answer is asked for.
  const leftMs = Math.max(RETRY_ONCE_MS, settings.lookUntil - context.host.clock.now());
  const patience = { ...access, settings: { ...settings, retryForMs: Math.min(settings.retryForMs, leftMs) } };
  // The service has answered before: the task has ended.
  const session = { ask: askOf(client, stopped, patience, context, true), signal: stopped, tell: () => {} };
  const { fetchFound, ALL_RESULTS, warnOfGaps } = await import('../companies/fetch.ts');
  const found = await fetchFound(progress.id, ALL_RESULTS, session, context);
  if (found.ok) {
    warnOfGaps(found.value, isOnly ? '' : `${progress.id}: `, access, context);
    return { ...progress, companies: found.value.companies };
  }
  const { outcome } = found;
  // Stopped because of another task (--fail-fast): this one has ended all the same.
  if (outcome.kind === 'running') return progress;
  const ended = endedAs(outcome, progress, settings);
  // The reason of --timeout says that the task did not end, which is wrong for this task.
  if (outcome.kind !== 'timed_out' || ended.reason === null) return ended;
  const what = `The task ended as ${progress.outcome?.kind}, but not all its companies arrived within --timeout`;
  return { ...ended, reason: { ...ended.reason, what } };
}

/** The progress of a task that has ended, with the words for it. */
function endedAs(outcome: Outcome, progress: Progress, { way }: WatchAccess['settings']): Progress {
  return { ...progress, outcome, reason: reasonOf(outcome, { kind: 'task', id: progress.id }, way) };
}
