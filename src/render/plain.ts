import type { Clock } from '../core/clock.ts';
import type { Progress } from '../core/progress.ts';
import { cut } from './format.ts';
import type { Output, Renderer } from './renderer.ts';
import { settlingWords, standingWords, stateOf } from './words.ts';

/** Room for a query or a reason in a line, in columns. */
const TEXT_COLUMNS = 100;

/**
 * Progress for logs: a time-stamped line when something changed, and when nothing did, one every `heartbeatMs`, because
 * CI services kill a job that is silent. Words first, then `key=value`; no escape codes.
 */
export function plainProgress(stderr: Output, clock: Clock, heartbeatMs: number): Renderer {
  const tasks = new Map<string, Progress>();
  const closed = new AbortController();
  let lastLineAt = clock.now();

  const writeLine = (words: string) => {
    stderr.write(`${new Date(clock.wallTime()).toISOString().slice(0, 19)}Z ${words}\n`);
    lastLineAt = clock.now();
  };

  const beat = async () => {
    while (!closed.signal.aborted) {
      await clock.sleep(lastLineAt + heartbeatMs - clock.now(), closed.signal);
      const isDue = clock.now() - lastLineAt >= heartbeatMs;
      if (isDue && !closed.signal.aborted) writeLine(heartbeatLine([...tasks.values()], clock.now()));
    }
  };
  void beat();

  const tell = (progress: Progress) => {
    const words = changeLine(tasks.get(progress.id), progress, clock.now());
    tasks.set(progress.id, progress);
    if (words !== null) writeLine(words);
  };
  return {
    update: tell,
    finish(progress) {
      // An interruption is reported once, elsewhere; a closed pipe is not reported at all.
      if (progress.outcome?.kind !== 'interrupted') tell(progress);
    },
    close: () => closed.abort(),
  };
}

/** The line for what is new in `next`, or null where nothing that a reader of logs wants to know has changed. */
function changeLine(previous: Progress | undefined, next: Progress, now: number): string | null {
  const { outage, outcome, task } = next;
  if (outage) return outage === previous?.outage ? null : `${next.id} ${retryWords(outage, now)} ${elapsed(next, now)}`;
  if (!task && !outcome) return null;
  const words = wordsOf(next);
  // The end of an outage is news, also where nothing else is.
  if (previous && !previous.outage && wordsOf(previous) === words) return null;
  const query = task?.query && !previous?.task ? ` query=${JSON.stringify(cut(task.query, TEXT_COLUMNS))}` : '';
  return `${words} ${elapsed(next, now)}${query}`;
}

function retryWords({ failure, attempt, retryAt }: NonNullable<Progress['outage']>, now: number): string {
  const delay = Math.max(0, (retryAt - now) / 1000).toFixed(1);
  return `running: ${cut(failure.what, TEXT_COLUMNS)} attempt=${attempt} delay=${delay}s`;
}

function heartbeatLine(tasks: readonly Progress[], now: number): string {
  const [first] = tasks;
  if (!first || (tasks.length === 1 && !first.task && !first.outage)) return 'waiting for the first answer';
  if (tasks.length === 1) return `${wordsOf(first)} unchanged ${elapsed(first, now)}`;
  const ended = tasks.filter((task) => task.outcome).length;
  return `unchanged tasks=${tasks.length} ended=${ended} ${elapsed(first, now)}`;
}

/** How the task stands and why, and its counters: what a line is for, and what has changed when it has. */
function wordsOf(progress: Progress): string {
  const { id, task, outcome, reason } = progress;
  const because = outcome && reason && 'failure' in outcome ? `: ${cut(reason.what, TEXT_COLUMNS)}` : '';
  const [settling] = task && !outcome ? settlingWords(task) : [];
  const words = `${id} ${outcome ? standingWords(progress) : stateOf(progress)}${because}${settling === undefined ? '' : `: ${settling}`}`;
  if (!task) return words;
  const { discovered, enriched, evaluated, highFit } = task.funnel;
  return `${words} discovered=${discovered} enriched=${enriched} evaluated=${evaluated} high_fit=${highFit} target=${task.target}`;
}

function elapsed(progress: Progress, now: number): string {
  return `elapsed=${Math.round((now - progress.startedAt) / 1000)}s`;
}
