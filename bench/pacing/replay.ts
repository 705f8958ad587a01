import type { Clock } from '../../src/core/clock.ts';
import { SETTLE_MS } from '../../src/core/defaults.ts';
import { createGate } from '../../src/core/gate.ts';
import type { Pacer } from '../../src/core/pacing.ts';
import { type FetchTask, type PollEvent, poll } from '../../src/core/poll.ts';
import type { TaskSnapshot } from '../../src/core/task.ts';
import type { TaskHistory } from './history.ts';

/** What it took one pacer to see one task through. */
export interface Replay {
  readonly requests: number;
  /** From the task's end to the answer that tells it, in milliseconds; below 0 where the watch left before that. */
  readonly lateMs: number;
}

/** Is told an event of a watch, and when it came, on the clock. */
type Tell = (event: PollEvent, at: number) => void;

/** How long an answer takes, in milliseconds; it tells how the task stood half-way. */
const ANSWER_MS = 200;

/** A clock on which only one waits: time passes as soon as it is asked for. */
function virtualClock(): Clock & { pass(ms: number): void } {
  let now = 0;
  const pass = (ms: number) => {
    now += Math.max(0, ms);
  };
  return { now: () => now, wallTime: () => now, sleep: async (ms) => pass(ms), pass };
}

/** Watches a task's history with the program's own polling; tells what comes of it, and when, on the clock. */
export async function replay(history: TaskHistory, pace: Pacer, tell: Tell = () => undefined): Promise<Replay> {
  const clock = virtualClock();
  const stateAt = player(history);
  let requests = 0;
  const fetchTask: FetchTask = async () => {
    requests += 1;
    const startedAt = clock.now();
    clock.pass(ANSWER_MS);
    return { ok: true, value: stateAt((startedAt + ANSWER_MS / 2) / 1000), startedAt };
  };
  const never = Number.POSITIVE_INFINITY;
  const names = { timeout: '', retryFor: '', stallTimeout: '' };
  const policy = {
    pace,
    phaseMs: 0,
    retryForMs: 0,
    stallTimeoutMs: never,
    settleMs: SETTLE_MS,
    until: [],
    deed: null,
    deadline: never,
    names,
  };
  const gate = createGate({ clock, random: Math.random });
  const deps = { fetchTask, clock, random: Math.random, gate, signal: new AbortController().signal };
  for await (const event of poll('task', policy, deps)) tell(event, clock.now());
  return { requests, lateMs: clock.now() - history.end * 1000 };
}

/** The task as it stood at a time in seconds; to be asked with times that do not fall. */
function player({ target, end, outcome, exhaustedAt = end, points }: TaskHistory): (at: number) => TaskSnapshot {
  let index = -1;
  return (at) => {
    while (index + 1 < points.length && (points[index + 1]?.[0] ?? 0) <= at) index += 1;
    const [, discovered, enriched, evaluated, highFit] = points[index] ?? [0, 0, 0, 0, 0];
    const hasEnded = at >= end;
    return {
      ...NO_DETAILS,
      // An exhausted task is `done` by its status in the end.
      status: hasEnded ? (outcome === 'failed' ? 'failed' : 'done') : at > 0 ? 'in_progress' : 'created',
      isExhausted: outcome === 'exhausted' && at >= exhaustedAt,
      funnel: { discovered, enriched, evaluated, highFit },
      target,
    };
  };
}

const NO_DETAILS = { id: 'task', query: null, createdAt: null, sources: [], criteria: [], errorDetails: [], json: '{}' };
