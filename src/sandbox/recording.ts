import type { LineMember } from '../core/wire-line.ts';
import type { WireResult } from '../core/wire-result.ts';
import type { WireTask } from '../core/wire-task.ts';
import type { Pace, RunningTask } from './running-task.ts';

/** What `watch --json` wrote of one task: what the service answered, and from when on. */
export interface Recording {
  readonly id: string;
  /** At least one; the times are milliseconds since the first, and never fall. */
  readonly answers: readonly { readonly atMs: number; readonly task: WireTask }[];
  /** The outcome in its last line; empty if it has none. */
  readonly outcome: string;
  /** The companies of its last line, where there were any. */
  readonly results: readonly WireResult[];
}

/** What the program puts into a line: it was no part of the answer. */
const OURS: Readonly<Record<LineMember, true>> = {
  outcome: true,
  observed_at: true,
  exit_code: true,
  next: true,
  results: true,
};

/** Outcomes with which an `error` is the service's own. */
const OF_SERVICE: readonly unknown[] = ['running', 'done', 'exhausted', 'failed', 'condition_met'];

/** A line of `watch --json`. */
interface Line extends Pick<Recording, 'id' | 'outcome' | 'results'> {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Null where the line tells only that there was no answer. */
  readonly task: WireTask | null;
}

/** Reads what `watch --json` wrote, of one task or several; or gives the number of the first line that it did not write, 0 for an empty file. */
export function readRecordings(text: string): readonly Recording[] | { readonly wrongLine: number } {
  const byId = new Map<string, { answers: Recording['answers'][number][]; since: number; last: Line }>();
  for (const [index, written] of text.split(/\r?\n/).entries()) {
    if (written.trim() === '') continue;
    const line = readLine(written);
    if (!line) return { wrongLine: index + 1 };
    if (!line.task) continue;
    const known = byId.get(line.id) ?? { answers: [], since: line.at, last: line };
    const atMs = Math.max(line.at - known.since, known.answers.at(-1)?.atMs ?? 0);
    known.answers.push({ atMs, task: line.task });
    byId.set(line.id, { ...known, last: line });
  }
  const recordings = [...byId].map(
    ([
      id,
      {
        answers,
        last: { outcome, results },
      },
    ]) => ({ id, answers, outcome, results }),
  );
  return recordings.length > 0 ? recordings : { wrongLine: 0 };
}

function readLine(text: string): Line | null {
  const value = parse(text);
  if (typeof value !== 'object' || value === null) return null;
  const members: Record<string, unknown> = { ...value };
  const { id, observed_at, outcome, status, results } = members;
  const at = typeof observed_at === 'string' ? Date.parse(observed_at) : Number.NaN;
  if (typeof id !== 'string' || Number.isNaN(at)) return null;
  const isAnswer = ([name]: [string, unknown]) =>
    !Object.hasOwn(OURS, name) && (name !== 'error' || OF_SERVICE.includes(outcome));
  const answer: unknown = Object.fromEntries(Object.entries(members).filter(isAnswer));
  // What the service gave is played back as it is, even if it is no task.
  const task = typeof status === 'string' ? (answer as WireTask) : null;
  return { id, at, task, outcome: String(outcome ?? ''), results: Array.isArray(results) ? (results as WireResult[]) : [] };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Plays a recording back, from the first request for the task on. In the end the task stays as it is; it cannot be resumed. */
export function playRecording({ answers, results }: Recording, { now, speed }: Pace): RunningTask {
  let startedAt: number | undefined;
  const last = answers.at(-1);
  const answerAt = (ms: number) => answers.findLast(({ atMs }) => atMs <= ms) ?? answers[0];
  const seen = () => {
    startedAt ??= now();
    return answerAt((now() - startedAt) * speed);
  };
  const taskOf = (answer: typeof last) => {
    if (!answer) throw new Error('a recording without answers');
    return answer.task;
  };
  return {
    state: () => taskOf(startedAt === undefined ? answers[0] : seen()),
    seen: () => taskOf(seen()),
    results() {
      const answer = seen();
      return { ...taskOf(answer), results: answer === last ? [...results] : [] };
    },
    resume: () => 'exhausted',
    admits: () => true,
    nextFault: () => undefined,
  };
}
