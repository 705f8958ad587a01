import { expect } from 'vitest';
import type { Reading } from '../../src/core/attempt.ts';
import type { Failure } from '../../src/core/failure.ts';
import { createGate } from '../../src/core/gate.ts';
import { fixedPace } from '../../src/core/pacing.ts';
import { type PollEvent, type PollPolicy, poll } from '../../src/core/poll.ts';
import type { TaskSnapshot } from '../../src/core/task.ts';
import { type FakeClock, fakeClock } from './fake-clock.ts';
import { ENDED, snapshot } from './tasks.ts';

export const MINUTE = 60_000;
/** How to poll: a fixed ten seconds, all else by the program's defaults. */
export const POLICY: PollPolicy = {
  once: false,
  pace: fixedPace(10_000),
  phaseMs: 0,
  retryForMs: 5 * MINUTE,
  stallTimeoutMs: Number.POSITIVE_INFINITY,
  settleMs: 2 * MINUTE,
  until: [],
  deed: null,
  deadline: Number.POSITIVE_INFINITY,
};
export const running: Reading<TaskSnapshot> = { ok: true, value: snapshot() };
export const done: Reading<TaskSnapshot> = { ok: true, value: snapshot(ENDED.done) };

/** A request that missed its answer. */
export function fails(changes: Partial<Failure> = {}): Reading<TaskSnapshot> {
  const failure: Failure = { kind: 'unreachable', problem: 'outage', transient: true, what: 'It answered 502', ...changes };
  return { ok: false, failure };
}

/** Polls through the scripted answers (the last one stays), each taking `tookMs`, or in turn those of a list; gives the events and when requests left. */
export async function watchThrough(
  answers: readonly Reading<TaskSnapshot>[],
  changes: Partial<PollPolicy> = {},
  setting: Partial<Setting> = {},
) {
  const { clock = fakeClock(), signal = new AbortController().signal, tookMs = 0, queuedMs = 0, random = () => 0.5 } = setting;
  const gate = createGate({ clock, random });
  const requests: number[] = [];
  let underWay = 0;
  const fetchTask = async () => {
    underWay += 1;
    expect(underWay).toBe(1);
    const answer = answers[Math.min(requests.length, answers.length - 1)] as Reading<TaskSnapshot>;
    await clock.sleep(queuedMs, signal);
    const startedAt = clock.now();
    requests.push(startedAt);
    await clock.sleep(typeof tookMs === 'number' ? tookMs : (tookMs[requests.length - 1] ?? 0), signal);
    underWay -= 1;
    return { ...answer, startedAt };
  };
  const events: PollEvent[] = [];
  for await (const event of poll('task-1', { ...POLICY, ...changes }, { fetchTask, clock, random, gate, signal }))
    events.push(event);
  const outcome = events.at(-1)?.kind === 'settled' ? (events.at(-1) as PollEvent & { kind: 'settled' }).outcome : undefined;
  return {
    events,
    kinds: events.map(({ kind }) => kind),
    requests,
    underWay: () => underWay,
    outcome,
    delays: events.flatMap((event) => (event.kind === 'retrying' ? event.delayMs : [])),
  };
}

interface Setting {
  clock: FakeClock;
  signal: AbortSignal;
  tookMs: number | readonly number[];
  queuedMs: number;
  random: () => number;
}
