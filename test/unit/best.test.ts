import { expect, it } from 'vitest';
import { watchBest } from '../../src/commands/watch/best.ts';
import type { Failure } from '../../src/core/failure.ts';
import { createGate } from '../../src/core/gate.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { FAILURE, progress } from '../support/progress.ts';
import { companies, snapshot, wireResults } from '../support/tasks.ts';
import { MINUTE } from '../support/watch-through.ts';

/** A watch's look for the best companies, with what it asked for and told. `failure` is what the requests come to. */
function lookout(rows = 24) {
  const clock = fakeClock();
  const asked: number[] = [];
  const told: string[][] = [];
  const state: { failure: Failure | null } = { failure: null };
  const fetchResults = async (_: string, { limit }: { readonly limit: number }) => {
    asked.push(clock.now());
    const startedAt = clock.now();
    if (state.failure) return { ok: false, failure: state.failure, startedAt } as const;
    const value = { task: snapshot(), items: companies(...wireResults(limit)), count: limit };
    return { ok: true, value, startedAt } as const;
  };
  const host = { clock, stderr: { rows } as never };
  const gate = createGate({ clock, random: () => 0 });
  const look = watchBest({ fetchResults }, host, gate, MINUTE, new AbortController().signal, (best) =>
    told.push(best.map(({ name }) => name)),
  );
  const answer = async (num_results: number, at: number) => {
    await clock.advanceTo(at);
    look(progress({ num_results }));
    await clock.advanceTo(at + 1);
  };
  return { asked, told, state, answer, gate };
}

it('the best companies are asked for when there are new high-fit results, never sooner than 15 s after the last time', async () => {
  const { asked, told, answer } = lookout();
  await answer(0, 1000);
  await answer(3, 2000);
  await answer(4, 10_000);
  await answer(4, 17_000);
  await answer(4, 60_000);
  await answer(5, 70_000);
  expect(asked).toEqual([2000, 17_000, 70_000]);
  expect(told).toEqual(Array.from({ length: 3 }, () => ['Company 0', 'Company 1', 'Company 2']));
});

it('the first time they are asked for once there are three, or 15 s after the first one', async () => {
  const [many, few] = [lookout(), lookout()];
  for (const [highFit, at] of [
    [1, 1000],
    [2, 5000],
    [3, 9000],
  ] as const)
    await many.answer(highFit, at);
  expect(many.asked).toEqual([9000]);
  for (const [highFit, at] of [
    [1, 1000],
    [2, 15_000],
    [2, 16_000],
  ] as const)
    await few.answer(highFit, at);
  expect(few.asked).toEqual([16_000]);
});

it('a failure there is not told, and the next answer after the pause asks again', async () => {
  const { asked, told, state, answer } = lookout();
  state.failure = FAILURE;
  await answer(5, 1000);
  state.failure = null;
  await answer(5, 2000);
  await answer(5, 16_000);
  expect(asked).toEqual([1000, 16_000]);
  expect(told).toHaveLength(1);
});

it('after a refusal for the rate there, all requests wait as long as the service says', async () => {
  const { state, answer, gate } = lookout();
  state.failure = { ...FAILURE, problem: 'rate_limit', retryAfterMs: 30_000 };
  await answer(5, 1000);
  expect(gate.nextAt()).toBe(31_000);
});

it('nothing is asked for where there is no room for it', async () => {
  const { asked, answer } = lookout(13);
  await answer(5, 1000);
  expect(asked).toEqual([]);
});
