import { beforeEach, describe, expect, it } from 'vitest';
import { body, error, type Reply, redirect, reset, silence, silenceFor, startApi, task } from '../support/api.ts';
import { expectCivil } from '../support/civil.ts';
import { nappingClock } from '../support/fake-clock.ts';
import { run } from '../support/run.ts';
import { ENDED } from '../support/tasks.ts';
import { stopTimers, tooLate } from '../support/time-limit.ts';

let clock = nappingClock();
beforeEach(() => {
  clock = nappingClock();
});

const silenceForLong: Reply = (request, response) => silenceFor(45_000, clock)(request, response);
const running = task();
const done = task(ENDED.done);
const failed = task(ENDED.failed);
const exhausted = task(ENDED.exhausted);

/** What the server answers to poll after poll, the last for good; the flags; what the user reads; the outcome; the exit code. */
type Row = readonly [story: string, replies: Reply[], flags: string, sees: string, outcome: string, code: number];

const WATCH = ['watch', 'task-1', '--json', '--quiet', '--interval', '10s'];

describe('while a task is watched,', () => {
  it.each<Row>([
    ['it is deleted', [running, error(404)], '', 'Task task-1 was not found in this workspace (404)', 'not_found', 6],
    ['the token is revoked', [running, error(401)], '', 'The API refused the token (401)', 'unauthorized', 4],
    ['it moves to another workspace', [running, error(403)], '', 'The token has no access', 'unauthorized', 4],
    ['the address moves', [running, redirect(308, 'https://b.example')], '', 'to https://b.example (308)', 'rejected', 1],
    ['a cache answers with another task', [running, task({ id: 'b' })], '', 'answered with task b', 'invalid_response', 1],
    ['the service goes down', [running, error(503)], '--retry-for 5s', '503 Service Unavailable', 'unreachable', 1],
    ['the network goes down', [running, reset], '--retry-for 0', 'closed the connection', 'unreachable', 1],
    ['a portal takes over', [running, body(200, '<html>')], '--retry-for 0', 'not JSON', 'invalid_response', 1],
    [
      'it falls silent',
      [running, tooLate(200, silence)],
      '--request-timeout 200ms --retry-for 0',
      'within 200ms',
      'unreachable',
      1,
    ],
    ['it is wedged', [running], '--stall-timeout 25s', 'Nothing has changed for', 'stalled', 7],
    ['time runs out between polls', [running], '--timeout 45s', 'did not end within 45s', 'timed_out', 124],
    ['time runs out in a poll', [running, silenceForLong], '--timeout 45s', 'did not end within 45s', 'timed_out', 124],
    ['time runs out in an outage', [running, error(503)], '--timeout 45s', 'did not end within 45s', 'timed_out', 124],
    ['an hour is asked for', [running, error(429, { 'retry-after': '3600' })], '', 'asked us to wait 1h', 'unreachable', 1],
  ])('%s', async (_story, replies, flags, sees, outcome, code) => {
    stopTimers();
    const api = await startApi();
    api.replies(...replies);
    const ran = await run([...WATCH, ...flags.split(' ').filter(Boolean)], { api, clock });
    expect(ran).toMatchObject({ code, stderr: expect.stringMatching(/^error: [^\n]+\n$/) });
    expect(ran.stderr).toContain(sees);
    // What was known of the task is told with its end.
    expect(ran.json.at(-1)).toMatchObject({ id: 'task-1', outcome, exit_code: code, num_results: 25, error: expect.anything() });
    expectCivil(ran);
  });

  it.each<Row>([
    ['counters fall', [running, task({ num_results: 3, num_results_discovered: 9 }), done], '', '', 'done', 0],
    ['the target is raised', [running, task({ desired_num_results: 90 }), done], '', '', 'done', 0],
    ['the target is raised past what was found', [running, task({ desired_num_results: 90 }), exhausted], '', '', 'exhausted', 5],
    ['it ends short of its target', [running, task({ status: 'done', num_results: 1 })], '', '', 'done', 0],
    ['one answer is nonsense', [running, body(200, '[]'), done], '', '', 'done', 0],
    ['the service restarts', [running, reset, error(502), error(503), done], '', '', 'done', 0],
    ['a rate limit is hit', [running, error(429, { 'retry-after': '0' }), done], '', '', 'done', 0],
    ['a condition comes to hold', [running, task({ num_results: 31 })], '--until num_results>=30', '', 'condition_met', 0],
    ['it fails out of the blue', [running, failed], '', '', 'failed', 3],
    ['its status is new to us', [task({ status: 'paused' }), task({ status: 'paused' }), done], '', 'warning: ', 'done', 0],
  ])('%s', async (_story, replies, flags, sees, outcome, code) => {
    stopTimers();
    const api = await startApi();
    api.replies(...replies);
    const ran = await run([...WATCH, ...flags.split(' ').filter(Boolean)], { api, clock });
    expect(ran).toMatchObject({ code, stderr: expect.stringMatching(sees === '' ? /^$/ : new RegExp(`^${sees}[^\\n]+\\n$`)) });
    expect(ran.json.at(-1)).toMatchObject({ id: 'task-1', outcome, exit_code: code });
    expect(api.requests).toHaveLength(replies.length);
    expectCivil(ran);
  });

  it('it ends, and runs again: each watch tells what it saw', async () => {
    const api = await startApi();
    api.replies(exhausted, task({ desired_num_results: 75 }), task({ ...ENDED.done, desired_num_results: 75 }));
    expect(await run(WATCH, { api, clock })).toMatchObject({ code: 5 });
    const again = await run(WATCH, { api, clock });
    expect(again.code).toBe(0);
    expect(again.json.map(({ outcome }) => outcome)).toEqual(['running', 'done']);
    expectCivil(again);
  });
});
