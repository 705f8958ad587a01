import { describe, expect, it } from 'vitest';
import type { Reading } from '../../src/core/attempt.ts';
import { parseCondition } from '../../src/core/condition.ts';
import type { Outcome } from '../../src/core/outcome.ts';
import { autoPace, fixedPace, withLastLook } from '../../src/core/pacing.ts';
import type { TaskSnapshot } from '../../src/core/task.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { snapshot } from '../support/tasks.ts';
import { done, fails, MINUTE, running, watchThrough } from '../support/watch-through.ts';

const INTERRUPTED: Outcome = { kind: 'interrupted', signal: 'SIGINT', reason: { what: 'Stopped', fix: 'run it again' } };

describe('polling', () => {
  it('asks at once, then every interval, until the task has ended', async () => {
    const { kinds, requests, outcome } = await watchThrough([running, running, done]);
    expect(requests).toEqual([0, 10_000, 20_000]);
    expect(kinds).toEqual(['snapshot', 'snapshot', 'snapshot', 'settled']);
    expect(outcome).toEqual({ kind: 'done' });
  });

  it('reports a task that has ended already after one request', async () => {
    const { requests, kinds } = await watchThrough([done]);
    expect(requests).toEqual([0]);
    expect(kinds).toEqual(['snapshot', 'settled']);
  });

  it('counts the interval from start to start, whatever an answer takes', async () => {
    const { requests } = await watchThrough([running, running, done], {}, { tookMs: 4000 });
    expect(requests).toEqual([0, 10_000, 20_000]);
  });

  it('asks again at once, and only once, after an answer that took longer than the interval', async () => {
    const { requests } = await watchThrough([running, running, done], {}, { tookMs: 35_000 });
    expect(requests).toEqual([0, 35_000, 70_000]);
  });

  it('counts the interval, and an outage, from when a request left its queue', async () => {
    const polled = await watchThrough([running, running, done], {}, { queuedMs: 3000 });
    expect(polled.requests).toEqual([3000, 16_000, 29_000]);
    const failed = await watchThrough([fails(), fails(), done], { retryForMs: 5000 }, { queuedMs: 4000 });
    expect(failed.outcome).toEqual({ kind: 'done' });
  });

  it('spreads again by its phase when the process was stopped for long, in place of a burst', async () => {
    const clock = fakeClock();
    const stopped = {
      ...clock,
      sleep: (ms: number, signal: AbortSignal) => clock.sleep(ms === 14_000 ? ms + 60_000 : ms, signal),
    };
    const { requests } = await watchThrough([running, done], { phaseMs: 4000 }, { clock: stopped });
    expect(requests).toEqual([0, 78_000]);
  });

  it('shifts the second poll and all later ones by the phase', async () => {
    const { requests } = await watchThrough([running, running, running, done], { phaseMs: 4000 });
    expect(requests).toEqual([0, 14_000, 24_000, 34_000]);
  });

  it('tells when the next poll is due', async () => {
    const { events } = await watchThrough([running, done], {}, { tookMs: 1000 });
    expect(events[0]).toMatchObject({ kind: 'snapshot', at: 1000, nextPollAt: 10_000 });
  });

  it('goes on with a task whose counters fall, and with one that was raised and runs again', async () => {
    const fallen: Reading<TaskSnapshot> = { ok: true, value: snapshot({ num_results_discovered: 1, num_results: 0 }) };
    const { outcome } = await watchThrough([running, fallen, running, done]);
    expect(outcome).toEqual({ kind: 'done' });
  });
});

describe('polling at its own pace', () => {
  const auto = { pace: autoPace(30_000) };
  const count = (num_results: number): Reading<TaskSnapshot> => ({ ok: true, value: snapshot({ num_results }) });

  it('asks at once, soon again, and then seldom while nothing moves', async () => {
    const answers = [...Array.from({ length: 8 }, () => running), done];
    const { events, requests } = await watchThrough(answers, auto);
    const delays = requests.slice(1).map((at, index) => at - (requests[index] ?? 0));
    expect(delays[0]).toBeLessThan(5000);
    expect(delays).toEqual(delays.toSorted((a, b) => a - b));
    expect(delays.at(-1)).toBeGreaterThan(12_000);
    expect(events.flatMap((event) => (event.kind === 'snapshot' ? event.nextPollAt : [])).slice(0, -1)).toEqual(
      requests.slice(1),
    );
  });

  it('takes a last look before the watch’s own end', async () => {
    const late = { pace: withLastLook(fixedPace(14_000), 26_000) };
    const { requests, outcome } = await watchThrough([running, running, done], late);
    expect(requests).toEqual([0, 14_000, 24_000]);
    expect(outcome).toEqual({ kind: 'done' });
    const { requests: after } = await watchThrough([...Array(4).fill(running), done], late);
    expect(after).toEqual([0, 14_000, 24_000, 38_000, 52_000]);
  });

  it('counts the time of a slow answer as part of the delay', async () => {
    const { requests } = await watchThrough([running, running, done], { pace: fixedPace(2000) }, { tookMs: 1500 });
    expect(requests.slice(0, 2)).toEqual([0, 2000]);
    const slow = await watchThrough([running, done], auto, { tookMs: 9000 });
    expect(slow.requests).toEqual([0, 9000]);
  });

  it('aims at what --until waits for', async () => {
    const until = [parseCondition('num_results>=30')].flatMap((condition) => condition ?? []);
    const evaluated = (num_results_evaluated: number, num_results: number): Reading<TaskSnapshot> => ({
      ok: true,
      value: snapshot({
        num_results_discovered: num_results_evaluated * 9,
        num_results_evaluated,
        num_results,
        desired_num_results: 250,
      }),
    });
    const answers = [evaluated(100, 25), evaluated(110, 28), evaluated(115, 29), count(30)];
    const [aimed, plain] = [await watchThrough(answers, { ...auto, until }), await watchThrough([...answers, done], auto)];
    expect(aimed.outcome).toMatchObject({ kind: 'condition_met' });
    const lastDelay = (requests: readonly number[]) => (requests[3] ?? 0) - (requests[2] ?? 0);
    expect(lastDelay(aimed.requests)).toBeLessThan(lastDelay(plain.requests) / 2);
  });
});

describe('an outage', () => {
  it('is retried with full jitter under doubling ceilings, and ended by a success', async () => {
    const { delays, kinds, outcome } = await watchThrough([fails(), fails(), fails(), running, fails(), done]);
    expect(delays).toEqual([500, 1000, 2000, 500]);
    expect(kinds).toEqual(['retrying', 'retrying', 'retrying', 'snapshot', 'retrying', 'snapshot', 'settled']);
    expect(outcome).toEqual({ kind: 'done' });
  });

  it('is put up with for as long as allowed, from the start of its first failed request, with a last try at the end', async () => {
    const { requests, outcome } = await watchThrough([fails()], { retryForMs: 6000 }, { tookMs: 1000 });
    expect(requests).toEqual([0, 1500, 3500, 6000]);
    expect(outcome).toMatchObject({
      kind: 'unreachable',
      failure: { what: 'It answered 502' },
      gaveUp: { attempts: 4, afterMs: 7000 },
    });
  });

  it('is not put up with at all where nothing is allowed for it', async () => {
    const { requests, outcome } = await watchThrough([fails()], { retryForMs: 0 });
    expect(requests).toEqual([0]);
    expect(outcome).toMatchObject({ kind: 'unreachable', failure: { what: 'It answered 502' } });
    expect(outcome).not.toHaveProperty('gaveUp');
  });

  it('starts its budget anew after a success', async () => {
    const { outcome } = await watchThrough([fails(), fails(), running, fails(), fails(), done], { retryForMs: 2000 });
    expect(outcome).toEqual({ kind: 'done' });
  });

  it('waits at least as long as the service asked for, and up to a quarter more', async () => {
    const asked = [fails({ retryAfterMs: 40_000 }), fails({ retryAfterMs: 0 }), done];
    const delays = async (random: number) => (await watchThrough(asked, {}, { random: () => random })).delays;
    expect(await delays(0)).toEqual([40_000, 100]);
    expect(await delays(0.5)).toEqual([45_000, 1000]);
    expect(await delays(1)).toEqual([50_000, 2000]);
  });

  it('waits no longer than is allowed for outages for the sake of that quarter', async () => {
    for (const problem of ['outage', 'rate_limit'] as const) {
      const { requests } = await watchThrough([fails({ retryAfterMs: 9500, problem }), done], { retryForMs: 10_000 });
      expect(requests).toEqual([0, 10_000]);
    }
    const { requests } = await watchThrough([fails({ retryAfterMs: 9000 }), done], { deadline: 10_000 });
    expect(requests).toEqual([0, 9000]);
  });

  it('ends at once when asked to wait past what is allowed for outages, and says so', async () => {
    const { requests, outcome } = await watchThrough([fails({ retryAfterMs: 6 * MINUTE })]);
    expect(requests).toEqual([0]);
    expect(outcome).toMatchObject({
      kind: 'unreachable',
      gaveUp: { askedMs: 6 * MINUTE, limit: 'retryFor' },
    });
  });

  it('ends at once as timed out when asked to wait past the deadline', async () => {
    const { requests, outcome } = await watchThrough([fails({ retryAfterMs: 2 * MINUTE })], { deadline: MINUTE });
    expect(requests).toEqual([0]);
    expect(outcome).toMatchObject({
      kind: 'timed_out',
      gaveUp: { askedMs: 2 * MINUTE, limit: 'timeout' },
    });
  });

  it('keeps the kind of the failure that it ended with', async () => {
    const { outcome } = await watchThrough([fails({ kind: 'invalid_response' })], { retryForMs: 0 });
    expect(outcome).toMatchObject({ kind: 'invalid_response' });
  });
});

describe('a final failure', () => {
  it.each(['rejected', 'invalid_response'] as const)('(%s) ends the task without a retry', async (kind) => {
    const { requests, outcome } = await watchThrough([running, fails({ kind, transient: false })]);
    expect(requests).toEqual([0, 10_000]);
    expect(outcome).toMatchObject({ kind });
  });
});

describe.each(['unauthorized', 'not_found'] as const)('a task that is denied (%s)', (kind) => {
  const denied = fails({ kind, transient: false });

  it('is asked for once more, a second later, where there was a good answer before', async () => {
    const { requests, kinds, outcome } = await watchThrough([running, denied, running, done]);
    expect(requests).toEqual([0, 10_000, 11_000, 21_000]);
    expect(kinds).toEqual(['snapshot', 'retrying', 'snapshot', 'snapshot', 'settled']);
    expect(outcome).toEqual({ kind: 'done' });
  });

  it('is believed the second time, also where another failure came between', async () => {
    const again = await watchThrough([running, denied], { retryForMs: 0 });
    expect(again.requests).toEqual([0, 10_000, 11_000]);
    expect(again.outcome).toMatchObject({ kind });
    const between = await watchThrough([running, denied, fails(), denied]);
    expect(between.requests).toEqual([0, 10_000, 11_000, 12_000]);
    expect(between.outcome).toMatchObject({ kind });
  });

  it('is doubted anew after the next good answer', async () => {
    const { outcome } = await watchThrough([running, denied, running, denied, done]);
    expect(outcome).toEqual({ kind: 'done' });
  });

  it('is believed at once where there was no answer before', async () => {
    const { requests, outcome } = await watchThrough([denied]);
    expect(requests).toEqual([0]);
    expect(outcome).toMatchObject({ kind });
  });
});

describe('a task that was just created', () => {
  const deed = { kind: 'created', target: 50, until: 30_000 } as const;
  const missing = fails({ kind: 'not_found', transient: false });

  it('may be missing for half a minute', async () => {
    const { outcome, kinds } = await watchThrough([missing, missing, missing, running, done], { deed });
    expect(kinds).toEqual(['retrying', 'retrying', 'retrying', 'snapshot', 'snapshot', 'settled']);
    expect(outcome).toEqual({ kind: 'done' });
  });

  it.each([5 * MINUTE, 10_000, 0])('is told as missing after that, with %i ms to retry for', async (retryForMs) => {
    const { requests, outcome } = await watchThrough([missing], { deed, retryForMs });
    expect(requests.at(-1)).toBeGreaterThanOrEqual(30_000);
    expect(requests.at(-1)).toBeLessThan(60_000);
    expect(outcome).toMatchObject({ kind: 'not_found' });
  });

  it('may have ended at once', async () => {
    const { requests, outcome } = await watchThrough([done], { deed });
    expect(requests).toEqual([0]);
    expect(outcome).toEqual({ kind: 'done' });
  });
});

describe('a task that was just resumed', () => {
  const deed = { kind: 'resumed', target: 75, until: 30_000 } as const;
  const resumed = (num_results: number, changes = {}): Reading<TaskSnapshot> => ({
    ok: true,
    value: snapshot({ num_results, desired_num_results: 75, ...changes }),
  });

  it('is not believed to have ended until it has been seen running', async () => {
    const { requests, outcome, kinds } = await watchThrough([done, done, resumed(60), done], { deed });
    expect(requests).toEqual([0, 10_000, 20_000, 30_000]);
    expect(kinds).toEqual(['snapshot', 'snapshot', 'snapshot', 'snapshot', 'settled']);
    expect(outcome).toEqual({ kind: 'done' });
  });

  it.each([
    ['failed', { status: 'failed' }],
    ['exhausted', { is_exhausted: true, num_results_evaluated: 200 }],
  ])('is not believed to have ended as %s either', async (kind, changes) => {
    const { requests, outcome } = await watchThrough([{ ok: true, value: snapshot(changes) }], { deed });
    expect(requests).toEqual([0, 10_000, 20_000, 30_000]);
    expect(outcome).toEqual({ kind });
  });

  it('has not run by an answer that has the old target', async () => {
    const { requests } = await watchThrough([running, done, resumed(60), done], { deed });
    expect(requests).toEqual([0, 10_000, 20_000, 30_000]);
  });

  it.each([0, 10_000, 2 * MINUTE])('is asked no more often where it looks exhausted, with --settle %i ms', async (settleMs) => {
    const dry: Reading<TaskSnapshot> = { ok: true, value: snapshot({ is_exhausted: true }) };
    const { requests } = await watchThrough([dry], { deed, settleMs, pace: fixedPace(15_000) }, { tookMs: 100 });
    expect(requests.slice(0, 3)).toEqual([0, 15_000, 30_000]);
  });

  it('has ended once the new target is reached', async () => {
    const { requests, outcome } = await watchThrough([done, resumed(75, { status: 'done' })], { deed });
    expect(requests).toEqual([0, 10_000]);
    expect(outcome).toEqual({ kind: 'done' });
  });

  it('has ended when half a minute is over, by an answer that is asked for then', async () => {
    const { requests, outcome } = await watchThrough([done], { deed, pace: fixedPace(60_000) });
    expect(requests).toEqual([0, 30_000]);
    expect(outcome).toEqual({ kind: 'done' });
  });

  it('ends well meanwhile where a condition holds', async () => {
    const until = [parseCondition('num_results>=40')].flatMap((condition) => condition ?? []);
    const { requests, outcome } = await watchThrough([done], { deed, until });
    expect(requests).toEqual([0]);
    expect(outcome).toMatchObject({ kind: 'condition_met' });
  });
});

describe('a task whose sources are exhausted', () => {
  const settling = (evaluated: number, num_results: number, changes = {}): Reading<TaskSnapshot> => ({
    ok: true,
    value: snapshot({
      is_exhausted: true,
      num_results_enriched: 123,
      num_results_evaluated: evaluated,
      num_results,
      ...changes,
    }),
  });

  it('is watched on while candidates are scored, to what it comes to in the end', async () => {
    const { requests, outcome, kinds } = await watchThrough([
      settling(60, 20),
      settling(80, 33),
      settling(110, 49),
      settling(121, 55, { status: 'done' }),
    ]);
    expect(requests).toEqual([0, 10_000, 20_000, 30_000]);
    expect(kinds).toEqual(['snapshot', 'snapshot', 'snapshot', 'snapshot', 'settled']);
    expect(outcome).toEqual({ kind: 'done', unscored: 2 });
  });

  it.each([
    ['exhausted', settling(123, 31)],
    ['exhausted', settling(130, 31)],
    ['exhausted', settling(123, 31, { status: 'done' })],
    ['done', settling(123, 50)],
    ['failed', settling(123, 31, { status: 'failed' })],
  ])('has ended as %s when all are scored or its status says so', async (kind, last) => {
    const { requests, outcome } = await watchThrough([settling(60, 20), last]);
    expect(requests).toEqual([0, 10_000]);
    expect(outcome).toEqual({ kind });
  });

  it('is watched on also where its target is reached: more may fit', async () => {
    const { outcome, requests } = await watchThrough([settling(60, 50), settling(123, 61)]);
    expect(requests).toEqual([0, 10_000]);
    expect(outcome).toEqual({ kind: 'done' });
  });

  it('has ended when no counter has changed for --settle, by an answer that is asked for then', async () => {
    const answers = [settling(60, 20), settling(60, 20), settling(70, 21)];
    const { requests, outcome } = await watchThrough(answers, { settleMs: 45_000, pace: fixedPace(30_000) });
    expect(requests).toEqual([0, 30_000, 45_000, 75_000, 90_000]);
    expect(outcome).toEqual({ kind: 'exhausted', unscored: 53 });
  });

  it('counts --settle from when its sources were seen to be exhausted', async () => {
    const still: Reading<TaskSnapshot> = { ok: true, value: snapshot({ num_results_enriched: 123, num_results_evaluated: 60 }) };
    const { requests, outcome } = await watchThrough([still, still, still, settling(60, 25)], { settleMs: 25_000 });
    expect(requests).toEqual([0, 10_000, 20_000, 30_000, 40_000, 50_000, 55_000]);
    expect(outcome).toEqual({ kind: 'exhausted', unscored: 63 });
  });

  it('is not judged by an answer that was asked for before --settle was over', async () => {
    const { requests } = await watchThrough([settling(60, 20)], { settleMs: 15_000 }, { tookMs: [0, 8000, 0] });
    expect(requests).toEqual([0, 10_000, 18_000]);
  });

  it('is not judged by silence: an outage is waited out', async () => {
    const { outcome } = await watchThrough([settling(60, 20), fails(), fails(), settling(123, 55)], { settleMs: 10_000 });
    expect(outcome).toEqual({ kind: 'done' });
  });

  it('ends at once with --settle 0', async () => {
    const { requests, outcome } = await watchThrough([settling(60, 20)], { settleMs: 0 });
    expect(requests).toEqual([0]);
    expect(outcome).toEqual({ kind: 'exhausted', unscored: 63 });
  });

  it('ends as before by a condition, or when it has stalled', async () => {
    const until = [parseCondition('num_results>=20')].flatMap((condition) => condition ?? []);
    expect((await watchThrough([settling(60, 20)], { until })).outcome).toMatchObject({ kind: 'condition_met' });
    const stalled = await watchThrough([settling(60, 20)], { stallTimeoutMs: 30_000, settleMs: 30_000 });
    expect(stalled.outcome).toMatchObject({ kind: 'stalled' });
    expect(stalled.requests).toEqual([0, 10_000, 20_000, 30_000]);
  });

  it('may run again', async () => {
    const { outcome, requests } = await watchThrough([settling(60, 20), running, running, done], { settleMs: 15_000 });
    expect(requests).toHaveLength(4);
    expect(outcome).toEqual({ kind: 'done' });
  });

  it('is asked for as what is left is scored, when it paces itself', async () => {
    const left = [120, 100, 80, 60, 40, 20, 10, 4, 1, 0];
    const answers = left.map((unscored) => settling(123 - unscored, 30));
    const { requests, outcome } = await watchThrough(answers, { pace: autoPace(30_000) });
    expect(outcome).toEqual({ kind: 'exhausted' });
    const gaps = requests.slice(2).map((at, index) => at - (requests[index + 1] ?? 0));
    expect(gaps.slice(3)).toEqual(gaps.slice(3).toSorted((a, b) => b - a));
    expect(gaps.at(-1)).toBeLessThan(2000);
  });

  it('is asked for closely as what --until waits for nears, also then', async () => {
    const until = [parseCondition('num_results>=30')].flatMap((condition) => condition ?? []);
    const near = [settling(20, 5), settling(40, 15), settling(60, 25), settling(70, 29), settling(80, 30)];
    const { requests, outcome } = await watchThrough(near, { pace: autoPace(30_000), until });
    expect(outcome).toMatchObject({ kind: 'condition_met' });
    expect((requests[4] ?? 0) - (requests[3] ?? 0)).toBeLessThan(3000);
  });
});

describe('a condition (--until)', () => {
  const until = [parseCondition('num_results>=30'), parseCondition('num_results_discovered<5')].flatMap(
    (condition) => condition ?? [],
  );
  const count = (changes: Record<string, unknown>): Reading<TaskSnapshot> => ({ ok: true, value: snapshot(changes) });

  it('ends the watch well as soon as one of them holds', async () => {
    const { requests, outcome } = await watchThrough([running, running, count({ num_results: 30 })], { until });
    expect(requests).toHaveLength(3);
    expect(outcome).toEqual({ kind: 'condition_met', condition: 'num_results>=30' });
  });

  it.each([
    ['done', { status: 'done', num_results: 50 }],
    ['failed', { status: 'failed', num_results: 50 }],
    ['condition_met', { is_exhausted: true, num_results: 40 }],
    ['exhausted', { is_exhausted: true, num_results: 29 }],
  ])('beside the task’s own end comes to %s for %j', async (kind, changes) => {
    const { outcome } = await watchThrough([count(changes)], { until });
    expect(outcome).toMatchObject({ kind });
  });
});

describe('a task that stands still (--stall-timeout)', () => {
  const at = (num_results: number, changes = {}): Reading<TaskSnapshot> => ({
    ok: true,
    value: snapshot({ num_results, ...changes }),
  });

  it('is given up when nothing has changed for so long', async () => {
    const { requests, outcome } = await watchThrough([at(1), at(2)], { stallTimeoutMs: 25_000 });
    // The last look comes when the time is over, and not with the next ordinary poll.
    expect(requests).toEqual([0, 10_000, 20_000, 30_000, 35_000]);
    expect(outcome).toMatchObject({ kind: 'stalled', unchangedMs: 25_000 });
  });

  it('is given up in time where the polls are farther apart than that', async () => {
    const { requests, outcome } = await watchThrough([at(1), at(2)], { pace: fixedPace(10 * MINUTE), stallTimeoutMs: MINUTE });
    expect(requests).toEqual([0, MINUTE, 2 * MINUTE]);
    expect(outcome).toMatchObject({ kind: 'stalled', unchangedMs: MINUTE });
  });

  it('is not asked for without a pause, however short the time', async () => {
    const moving = Array.from({ length: 5 }, (_, count) => at(count));
    const { requests } = await watchThrough([...moving, done], { stallTimeoutMs: 1 });
    expect(requests).toEqual([0, 100, 200, 300, 400, 500]);
  });

  it.each([
    ['a target', { desired_num_results: 60 }],
    ['a status', { status: 'created' }],
    ['a counter that fell', { num_results_discovered: 1 }],
  ])('is not one where %s has changed', async (_what, changes) => {
    const { outcome } = await watchThrough([at(1), at(1), at(1, changes), at(1, changes), done], { stallTimeoutMs: 25_000 });
    expect(outcome).toEqual({ kind: 'done' });
  });

  it('is not one where only another field has changed: nobody waits for that', async () => {
    const { outcome } = await watchThrough([at(1), at(1, { owner: 'a' }), at(1, { owner: 'b' }), done], {
      stallTimeoutMs: 20_000,
    });
    expect(outcome).toMatchObject({ kind: 'stalled' });
  });
});

describe('a stop from outside', () => {
  it.each([
    ['asleep', running, 0, 5000],
    ['backing off', fails({ retryAfterMs: 60_000 }), 0, 5000],
    ['waiting for an answer', fails(), 30_000, 5000],
  ])('while %s settles with the stop’s outcome, at once', async (_when, answer, tookMs, stopAt) => {
    const clock = fakeClock();
    const stop = new AbortController();
    void clock.advanceTo(stopAt).then(() => stop.abort(INTERRUPTED));
    const { requests, outcome } = await watchThrough([answer], {}, { clock, tookMs, signal: stop.signal });
    expect(outcome).toEqual(INTERRUPTED);
    expect(clock.now()).toBe(stopAt);
    expect(requests).toEqual([0]);
  });

  it('before the first request sends nothing', async () => {
    const { requests, kinds } = await watchThrough([running], {}, { signal: AbortSignal.abort(INTERRUPTED) });
    expect(requests).toEqual([]);
    expect(kinds).toEqual(['settled']);
  });
});
