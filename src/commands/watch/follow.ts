import pLimit from 'p-limit';
import { reasonOf } from '../../cli/advice.ts';
import type { Context } from '../../cli/command.ts';
import type { Client } from '../../client/client.ts';
import { MOST_REQUESTS } from '../../client/send.ts';
import { budgetedPace, createBudget, spreadOf } from '../../core/budget.ts';
import type { Deed } from '../../core/deed.ts';
import { endedWell } from '../../core/exit-code.ts';
import type { Outcome } from '../../core/outcome.ts';
import { fixedPace, type Pacer, phaseOffset, SLOWEST_MS, slowed, withLastLook } from '../../core/pacing.ts';
import { type FetchTask, poll } from '../../core/poll.ts';
import { advance, begin, type Progress } from '../../core/progress.ts';
import type { Renderer } from '../../render/renderer.ts';
import { connect } from '../session/connect.ts';
import { askOf, type Session } from '../session/session.ts';
import { statusWarner } from '../session/status-warning.ts';
import { type Afterwards, listenForStop } from '../session/stop.ts';
import type { Named } from '../tasks/last.ts';
import type { WatchAccess } from './settings.ts';

/** From so many tasks on, memory counts more than time. */
const MANY_TASKS = 500;

/** Time between the first polls of two tasks, in milliseconds: nobody notices, and thousands do not come in one burst. */
const START_SPACING_MS = 1;

/** With `--interval auto`, the longest time between two polls in milliseconds where a person looks on. */
const SLOWEST_ON_TERMINAL_MS = 15_000;

/** Of more tasks none is looked at once more before `--timeout`: they would all be at the same moment. */
const MOST_LAST_LOOKS = 20;

/** What is followed, and how. */
interface Following extends Named {
  /** Fetch what each task has found, once it has ended. */
  readonly withResults: boolean;
  /** What this process has just asked for; null where it has not. */
  readonly deed: Deed | null;
  readonly afterwards: Afterwards;
}

/** Polls every task to its end, side by side, and tells the renderers. The result stands in the order of the ids. */
export async function follow(
  following: Following,
  access: WatchAccess,
  context: Context,
  renderers: readonly Renderer[],
): Promise<Progress[]> {
  const { settings } = access;
  const { clock, random } = context.host;
  const client = await connect(access, context);
  const fetchTask = limited(client);
  const stop = listenForStop(context, settings, following.afterwards);
  // It is asked once a task has ended, and so was answered.
  const session = { ask: askOf(client, stop.signal, access, context, true), signal: stop.signal };
  const isOnly = following.ids.length + following.unknown.length === 1;
  const warnOnce = statusWarner(access, context);
  const pacing = pacingOf(following.ids, access, context);
  if (following.ids.length >= MANY_TASKS) await context.host.saveMemory();

  const followOne = async (id: string, index: number): Promise<Progress> => {
    const policy = {
      pace: pacing.paceOf(id),
      phaseMs: phaseOffset(index, following.ids.length, pacing.spreadMs),
      retryForMs: settings.retryForMs,
      stallTimeoutMs: settings.stallTimeoutMs,
      settleMs: settings.settleMs,
      until: settings.until,
      deed: following.deed,
      deadline: settings.deadline,
    };
    let progress = begin(id, clock.now(), following.ids.length === 1);
    for (const renderer of renderers) renderer.update(progress);
    await clock.sleep(index * START_SPACING_MS, stop.signal);
    for await (const event of poll(id, policy, { fetchTask, clock, random, gate: access.gate, signal: stop.signal })) {
      progress = advance(progress, event);
      if (event.kind === 'settled') progress = endedAs(event.outcome, progress);
      if (event.kind === 'settled' && following.withResults && isComplete(event.outcome))
        progress = await withCompanies(progress, isOnly, session, access, context);
      if (event.kind === 'snapshot') await warnOnce(event.task);
      if (event.kind === 'settled') for (const renderer of renderers) renderer.finish(progress);
      // The answer that settles a task is told once, as its end.
      else if (event.kind === 'retrying' || !event.isLast) for (const renderer of renderers) renderer.update(progress);
    }
    pacing.release(id);
    stopAtFailure(progress);
    return progress;
  };
  const stopAtFailure = ({ outcome }: Progress) => {
    if (settings.failFast && outcome && !endedWell(outcome, settings.exit)) stop.end({ kind: 'running' });
  };
  for (const progress of following.unknown) {
    for (const renderer of renderers) renderer.finish(progress);
    stopAtFailure(progress);
  }
  try {
    return [...following.unknown, ...(await Promise.all(following.ids.map(followOne)))];
  } finally {
    stop.release();
    for (const renderer of renderers) renderer.close();
  }
}

/** How the tasks are paced, each by itself. */
interface Pacing {
  paceOf(id: string): Pacer;
  /** The time over which their later polls spread, in milliseconds. */
  readonly spreadMs: number;
  /** To be told of each task that has ended. */
  release(id: string): void;
}

/** A fixed interval is the user's own word and kept to; `auto` keeps all tasks together within one budget of requests. */
function pacingOf(ids: readonly string[], { settings, gate }: WatchAccess, { host }: Context): Pacing {
  const { intervalMs } = settings;
  if (intervalMs !== null) return { paceOf: () => slowed(fixedPace(intervalMs), gate), spreadMs: intervalMs, release: () => {} };
  const slowestMs = host.stderr.isTTY === true ? SLOWEST_ON_TERMINAL_MS : SLOWEST_MS;
  const budget = createBudget();
  return {
    paceOf(id) {
      const pace = slowed(budgetedPace(budget, id, slowestMs), gate);
      return ids.length <= MOST_LAST_LOOKS ? withLastLook(pace, settings.deadline) : pace;
    },
    spreadMs: Math.min(slowestMs, spreadOf(ids.length)),
    release: budget.release,
  };
}

/** Requests for tasks behind a gate, through which only so many go at a time. */
function limited({ fetchTask }: Client): FetchTask {
  const limit = pLimit(MOST_REQUESTS);
  return (id, signal) => limit(fetchTask, id, signal);
}

/** Whether the task has ended by its own account, or by what its user waited for: what it found is worth reading. */
function isComplete({ kind }: Outcome): boolean {
  return ['done', 'condition_met', 'exhausted', 'failed'].includes(kind);
}

/** The progress with what the task has found; where that cannot be had, this is how the task's watch ends. */
async function withCompanies(
  progress: Progress,
  isOnly: boolean,
  session: Session,
  access: WatchAccess,
  context: Context,
): Promise<Progress> {
  const { fetchFound, ALL_RESULTS, warnOfGaps } = await import('../results/companies.ts');
  const found = await fetchFound(progress.id, ALL_RESULTS, session, context);
  if (found.ok) {
    warnOfGaps(found.value, isOnly ? '' : `${progress.id}: `, access, context);
    return { ...progress, companies: found.value.companies };
  }
  const { outcome } = found;
  // Stopped because of another task (--fail-fast): this one has ended all the same.
  if (outcome.kind === 'running') return progress;
  const ended = endedAs(outcome, progress);
  // What --timeout says of the others is that they had not ended.
  if (outcome.kind !== 'timed_out' || ended.reason === null) return ended;
  const what = `The task ended as ${progress.outcome?.kind}, but its companies had not all come within --timeout`;
  return { ...ended, reason: { ...ended.reason, what } };
}

/** The progress of a task that has ended, with the words for it. */
function endedAs(outcome: Outcome, progress: Progress): Progress {
  return { ...progress, outcome, reason: reasonOf(outcome, { kind: 'task', id: progress.id }) };
}
