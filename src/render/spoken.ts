import type { Clock } from '../core/clock.ts';
import { isSettling } from '../core/outcome.ts';
import type { Progress } from '../core/progress.ts';
import { toAscii } from './ascii.ts';
import { counted } from './counted.ts';
import { cut } from './format.ts';
import type { Output, Renderer } from './renderer.ts';
import { leftWords } from './time-left.ts';
import { countStates, settlingWords, stateOf } from './words.ts';

/** Room for a query or a reason in a line, in columns. */
const TEXT_COLUMNS = 100;

/** Between two lines there is so much time, in milliseconds, unless the state of a task changes. */
const LEAST_MS = 30_000;

/** How it is told: a line at least this often (milliseconds, at least LEAST_MS), and whether names may have more letters than ASCII has. */
interface Style {
  readonly heartbeatMs: number;
  readonly unicode: boolean;
}

/**
 * Progress for those who hear or feel it (a screen reader, a braille line): lines that are only ever added, at most two a minute
 * unless a task's state changes; the first answer is such a change. What matters comes first and the time last, in words, without
 * signs that would be read out.
 */
export function spokenProgress(stderr: Output, clock: Clock, { heartbeatMs, unicode }: Style): Renderer {
  const tasks = new Map<string, Progress>();
  const closed = new AbortController();
  let saidAt = clock.now();
  let isNews = false;
  /** Whether an answer of the API has been told. The first one is, whatever was said just before it. */
  let isTold = false;

  const say = (words: string) => {
    stderr.write(`${unicode ? words : toAscii(words)}\n`);
    saidAt = clock.now();
    isNews = false;
    isTold = [...tasks.values()].some(({ task }) => task);
  };
  const sayAll = () => say(summaryOf([...tasks.values()], clock.now(), !isTold));
  const remind = async () => {
    while (!closed.signal.aborted) {
      const ageMs = clock.now() - saidAt;
      const dueMs = ageMs < LEAST_MS ? LEAST_MS : Math.max(LEAST_MS, heartbeatMs);
      if (dueMs > ageMs) await clock.sleep(dueMs - ageMs, closed.signal);
      if (closed.signal.aborted) return;
      const silentMs = clock.now() - saidAt;
      if (silentMs >= Math.max(LEAST_MS, heartbeatMs) || (isNews && silentMs >= LEAST_MS)) sayAll();
    }
  };
  void remind();

  const tell = (progress: Progress) => {
    const previous = tasks.get(progress.id);
    tasks.set(progress.id, progress);
    if (conditionOf(progress) !== (previous ? conditionOf(previous) : 'running')) say(lineOf(progress, clock.now()));
    else if (progress.task && progress.task !== previous?.task) isNews = true;
    if (isNews && (!isTold || clock.now() - saidAt >= LEAST_MS)) sayAll();
  };
  return {
    update: tell,
    finish(progress) {
      // An interruption is told once, elsewhere.
      if (progress.outcome?.kind !== 'interrupted') tell(progress);
    },
    close: () => closed.abort(),
  };
}

/** What a line is due for at once if it changes. */
function conditionOf({ outcome, outage, task }: Progress): string {
  if (outcome) return outcome.kind;
  if (outage) return outage.failure.what;
  return task && isSettling(task) ? 'settling' : 'running';
}

/** One task: how it stands, its count, its name, the time. */
function lineOf(progress: Progress, now: number): string {
  const { task } = progress;
  const count = task && `${task.funnel.highFit} of ${task.target} high fit`;
  return joined([standing(progress), count, spokenName(progress), time(progress, now)]);
}

function spokenName({ task, id }: Progress): string {
  return cut(task?.query || id, TEXT_COLUMNS);
}

function standing(progress: Progress): string {
  const { outcome, outage, reason, task } = progress;
  if (outcome) return stateOf(progress) + (reason ? `, ${cut(reason.what, TEXT_COLUMNS)}` : '');
  if (outage) return `no answer, ${cut(outage.failure.what, TEXT_COLUMNS)}, trying again`;
  const [settling = 'running'] = task ? settlingWords(task) : [];
  return settling;
}

/** One task by its counters; of several, how many stand how. */
function summaryOf(all: readonly Progress[], now: number, isFirst: boolean): string {
  const [first] = all;
  const known = all.flatMap(({ task }) => task ?? []);
  if (!first || known.length === 0) return 'waiting for the first answer';
  if (all.length === 1 && first.task) {
    const { discovered, enriched, evaluated, highFit } = first.task.funnel;
    const steps = `${discovered} discovered, ${enriched} enriched, ${evaluated} evaluated`;
    const name = isFirst ? spokenName(first) : null;
    const left = leftWords(first)[0]?.replace(' min ', ' minutes ');
    return joined([`${highFit} of ${first.task.target} high fit`, standing(first), left, steps, name, time(first, now)]);
  }
  const found = known.reduce((sum, { funnel }) => sum + funnel.highFit, 0);
  const wanted = known.reduce((sum, { target }) => sum + target, 0);
  const states = [...countStates(all)].map(([state, count]) => `${count} ${state}`).join(', ');
  return joined([`${found} of ${wanted} high fit`, `${all.length} tasks`, states, time(first, now)]);
}

function joined(parts: readonly (string | null | undefined)[]): string {
  return parts.filter((part) => part).join(', ');
}

/** The time since the watch began, in words. */
function time({ startedAt }: Progress, now: number): string {
  const seconds = Math.floor((now - startedAt) / 1000);
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  if (seconds < 60) return `after ${counted(seconds, 'second')}`;
  if (hours === 0) return `after ${counted(minutes, 'minute')}`;
  return `after ${counted(hours, 'hour')}${minutes > 0 ? ` ${counted(minutes, 'minute')}` : ''}`;
}
