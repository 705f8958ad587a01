import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { body, error, type Reply, raw, redirect, startApi, task } from '../support/api.ts';
import { expectCivil } from '../support/civil.ts';
import { nappingClock } from '../support/fake-clock.ts';
import { run, TOKEN } from '../support/run.ts';
import { ENDED, wireTask } from '../support/tasks.ts';

const done = task(ENDED.done);
const taskJson = JSON.stringify(wireTask(ENDED.done));
const unlike = (changes: Readonly<Record<string, unknown>>) => task({ ...ENDED.done, ...changes });
const spelled = (from: string, to: string) => body(200, taskJson.replace(from, to));
const page = { 'content-type': 'text/html' };
const MIB = 1024 * 1024;

/** What goes wrong, what the user reads, the outcome, the exit code. */
type Row = readonly [fault: string, reply: Reply, sees: string, outcome: string, code: number];

const NO_JSON = 'The API answered with something that is not JSON';
const NO_TASK = 'The API answered with something that is not a task';

describe('asked for again, and what it comes to when --retry-for is over:', () => {
  it.each<Row>([
    ['408', error(408), 'The API answered 408 Request Timeout: detail of 408', 'unreachable', 1],
    ['425', error(425), 'The API answered 425 Too Early', 'unreachable', 1],
    ['429', error(429), 'The API answered 429 Too Many Requests', 'unreachable', 1],
    ['500', error(500), 'The API answered 500 Internal Server Error', 'unreachable', 1],
    ['501', error(501), 'The API answered 501 Not Implemented', 'unreachable', 1],
    ['502', error(502), 'The API answered 502 Bad Gateway', 'unreachable', 1],
    ['502 with a page', body(502, '<h1>Bad Gateway</h1>', page), 'The API answered 502 Bad Gateway; check', 'unreachable', 1],
    ['503', error(503), 'The API answered 503 Service Unavailable', 'unreachable', 1],
    ['504', error(504), 'The API answered 504 Gateway Timeout', 'unreachable', 1],
    ['520, a number of Cloudflare’s', error(520), 'The API answered 520: detail of 520', 'unreachable', 1],
    ['524, another', error(524), 'The API answered 524', 'unreachable', 1],
    ['429, Retry-After: 0', error(429, { 'retry-after': '0' }), 'answered 429', 'unreachable', 1],
    ['429, Retry-After: -5', error(429, { 'retry-after': '-5' }), 'answered 429', 'unreachable', 1],
    ['429, Retry-After: soon', error(429, { 'retry-after': 'soon' }), 'answered 429', 'unreachable', 1],
    ['403 with Retry-After, a rate limit', error(403, { 'retry-after': '0' }), '403 Forbidden (rate limit)', 'unreachable', 1],
    ['503, Retry-After a date that is past', error(503, dated(-3600, 0)), 'answered 503', 'unreachable', 1],
    ['503, Retry-After an hour off, as is the Date', error(503, dated(3600, 3600)), 'answered 503', 'unreachable', 1],
    ['a page with 200', body(200, '<html>Log in to the Wi-Fi</html>', page), NO_JSON, 'invalid_response', 1],
    ['nothing, with 200', body(200, ''), NO_JSON, 'invalid_response', 1],
    ['204', body(204, ''), NO_JSON, 'invalid_response', 1],
    ['half of the JSON, whole by HTTP', body(200, taskJson.slice(0, 99)), NO_JSON, 'invalid_response', 1],
    ['two tasks, one behind the other', body(200, taskJson + taskJson), NO_JSON, 'invalid_response', 1],
    ['UTF-16', body(200, Buffer.from(`\uFEFF${taskJson}`, 'utf16le')), NO_JSON, 'invalid_response', 1],
    ['[]', body(200, '[]'), NO_TASK, 'invalid_response', 1],
    ['null', body(200, 'null'), NO_TASK, 'invalid_response', 1],
    ['an error with 200', body(200, '{"detail":"sorry"}'), NO_TASK, 'invalid_response', 1],
    ['10,000 levels of brackets', body(200, '['.repeat(1e4) + ']'.repeat(1e4)), NO_TASK, 'invalid_response', 1],
    ['a task without an id', unlike({ id: undefined }), NO_TASK, 'invalid_response', 1],
    ['a task without a status', unlike({ status: undefined }), NO_TASK, 'invalid_response', 1],
    ['a task without a target', unlike({ desired_num_results: null }), NO_TASK, 'invalid_response', 1],
    ['a status that is a number', unlike({ status: 3 }), NO_TASK, 'invalid_response', 1],
    ['a count that is a text', unlike({ num_results: '50' }), NO_TASK, 'invalid_response', 1],
    ['a count that is a list', unlike({ num_results_enriched: [] }), NO_TASK, 'invalid_response', 1],
    ['a count of 1e999', spelled('"num_results":50', '"num_results":1e999'), NO_TASK, 'invalid_response', 1],
    ['is_exhausted that is a text', unlike({ is_exhausted: 'true' }), NO_TASK, 'invalid_response', 1],
  ])('%s', async (_fault, reply, sees, outcome, code) => {
    const api = await startApi();
    api.replies(reply);
    const ran = await run(['watch', 'task-1', '--json', '--quiet', '--retry-for', '0'], { api });
    expect(ran).toMatchObject({ code, stderr: expect.stringMatching(/^error: [^\n]+\n$/) });
    expect(ran.stderr).toContain(sees);
    expect(ran.json).toEqual([expect.objectContaining({ id: 'task-1', outcome, exit_code: code, error: expect.anything() })]);
    expectCivil(ran);

    api.replies(reply, done);
    const healed = await run(['get', 'task-1', '--json'], { api, clock: nappingClock() });
    expect(healed).toMatchObject({
      code: 0,
      stderr: expect.stringMatching(/^[^\n]+; trying again in (?:0\.[01]|1\.0)s \(try 2\)\n$/),
    });
  });
});

describe('final at once:', () => {
  const notFollowed = 'which is not followed; check the API URL';
  it.each<Row>([
    ['301 to the same origin', redirect(301, '/v2/tasks'), `a redirect to another path (301), ${notFollowed}`, 'rejected', 1],
    [
      '302 to another',
      redirect(302, 'http://a.example/x'),
      `a redirect to http://a.example (302), ${notFollowed}`,
      'rejected',
      1,
    ],
    ['303 to nowhere', body(303, ''), `a redirect (303), ${notFollowed}`, 'rejected', 1],
    ['304, which was not asked for', body(304, ''), 'The API answered 304 Not Modified; check', 'rejected', 1],
    ['307 to http', redirect(307, 'http://a.example'), `a redirect to http://a.example (307)`, 'rejected', 1],
    [
      '302 to a host that spells the token',
      redirect(302, `https://${TOKEN.toUpperCase()}.example`),
      'https://[token].example',
      'rejected',
      1,
    ],
    [
      '302 to one that spells it in escapes',
      redirect(302, `https://${TOKEN.replace('o', '%6f')}.x`),
      'https://[token].x',
      'rejected',
      1,
    ],
    [
      '302 to an address without an origin',
      redirect(302, 'data:text/html,x'),
      'a redirect to a data: address (302)',
      'rejected',
      1,
    ],
    [
      '401 with a body that breaks off',
      raw('HTTP/1.1 401 No\r\ncontent-length: 99\r\n\r\n{'),
      'refused the token (401)',
      'unauthorized',
      4,
    ],
    ['404 with a body of 11 MiB', body(404, Buffer.alloc(11 * MIB, ' ')), 'Task task-1 was not found', 'not_found', 6],
    ['308', redirect(308, 'https://b.example'), `a redirect to https://b.example (308)`, 'rejected', 1],
    ['400', error(400), 'The API answered 400 Bad Request: detail of 400', 'rejected', 1],
    ['401', error(401), 'The API refused the token (401): detail of 401', 'unauthorized', 4],
    ['402', error(402), 'The API asks for payment (402): detail of 402', 'payment_required', 4],
    ['402 for the plan', unpaid('plan_required'), 'Deep Search needs a paid plan (402): Sorry; upgrade', 'payment_required', 4],
    ['402 for the payment', unpaid('payment_failed'), 'The last payment for this account failed (402)', 'payment_required', 4],
    ['402 for credits', unpaid('insufficient_credits'), 'not have enough credits (402): Sorry; top up', 'payment_required', 4],
    ['403', error(403), 'The token has no access to the task (403): detail of 403', 'unauthorized', 4],
    ['404', error(404), 'Task task-1 was not found in this workspace (404): detail of 404', 'not_found', 6],
    ['405', error(405), 'The API answered 405 Method Not Allowed', 'rejected', 1],
    ['409', error(409), 'The API answered 409 Conflict', 'rejected', 1],
    ['410', error(410), 'The API answered 410 Gone', 'rejected', 1],
    ['418', error(418), "The API answered 418 I'm a Teapot", 'rejected', 1],
    ['422, in FastAPI’s form', unprocessable(), 'The API answered 422 Unprocessable Entity: not a valid id', 'rejected', 1],
    ['451', error(451), 'The API answered 451 Unavailable For Legal Reasons', 'rejected', 1],
    ['a status of 999', raw('HTTP/1.1 999 Denied\r\ncontent-length: 0\r\n\r\n'), 'The API answered 999', 'rejected', 1],
    ['429, Retry-After of 10 digits', error(429, { 'retry-after': '9999999999' }), 'longer than --retry-for', 'unreachable', 1],
    ['403, Retry-After an hour off', error(403, { 'retry-after': '3600' }), 'asked us to wait 1h, longer', 'unreachable', 1],
    [
      '429, Retry-After with a fraction',
      error(429, { 'retry-after': '3599.2' }),
      'asked us to wait 1h, longer',
      'unreachable',
      1,
    ],
    ['429, several Retry-After', several('1', '3600', '5, 7'), 'asked us to wait 1h, longer', 'unreachable', 1],
    ['503, Retry-After a date far off', error(503, dated(7200, 0)), 'asked us to wait 2h, longer', 'unreachable', 1],
    ['another task’s id', task({ id: 'other' }), 'answered with task other instead of task-1', 'invalid_response', 1],
    ['headers of 32 KiB', headersOf(32_768), 'The headers that', 'invalid_response', 1],
    ['an answer of 11 MiB', body(200, Buffer.alloc(11 * MIB, ' ')), 'longer than 10 MiB', 'invalid_response', 1],
    ['3 million objects in an unknown field', full('{},'), 'holds too many values', 'invalid_response', 1],
    ['10 MiB of brackets that open', full('['), 'holds too many values', 'invalid_response', 1],
    ['5 million numbers', full('1,'), 'holds too many values', 'invalid_response', 1],
    ['10 MiB of raw control characters', full('"', '\u0001'), 'holds too many values', 'invalid_response', 1],
    ['422 with 3 million objects', full('{},', '{},', 422), 'The API answered 422 Unprocessable Entity; check', 'rejected', 1],
    ['300 MiB behind gzip', gzipped(Buffer.alloc(300 * MIB)), 'longer than 10 MiB', 'invalid_response', 1],
    ['an answer that never ends', endless, 'longer than 10 MiB', 'invalid_response', 1],
  ])('%s', async (_fault, reply, sees, outcome, code) => {
    const api = await startApi();
    api.replies(reply);
    const ran = await run(['watch', 'task-1', '--json', '--quiet'], { api });
    expect(ran).toMatchObject({ code, stderr: expect.stringMatching(/^error: [^\n]+\n$/) });
    expect(ran.stderr).toContain(sees);
    expect(ran.json).toEqual([expect.objectContaining({ id: 'task-1', outcome, exit_code: code, error: expect.anything() })]);
    expect(api.requests).toHaveLength(1);
    expectCivil(ran);
  });
});

describe('no fault at all, however odd:', () => {
  it.each<readonly [oddity: string, reply: Reply, outcome: string, code: number]>([
    ['a byte order mark', body(200, `\uFEFF${taskJson}`), 'done', 0],
    ['a wrong content type', body(200, taskJson, page), 'done', 0],
    ['no content type, and no length', raw(`HTTP/1.0 200 OK\r\n\r\n${taskJson}`), 'done', 0],
    ['early hints first', raw(`HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 200 OK\r\n\r\n${taskJson}`), 'done', 0],
    ['201', body(201, taskJson), 'done', 0],
    ['gzip', gzipped(Buffer.from(taskJson)), 'done', 0],
    ['raw control characters in a text', spelled('solar', 'so\n\u001b[2J\u0000lar'), 'done', 0],
    ['bidirectional controls and C1 in a text', spelled('solar', '\u202eralos\u009b2J\u2028'), 'done', 0],
    ['bytes that are not UTF-8', body(200, Buffer.from(taskJson.replace('solar', 'so\u00e9lar'), 'latin1')), 'done', 0],
    ['half of a surrogate pair', spelled('solar', '\\ud83d'), 'done', 0],
    ['a criterion of 150 KB', unlike({ criteria: [{ key: 'k', name: 'K', criterion: 'x'.repeat(150_000) }] }), 'done', 0],
    ['an unknown field 10,000 levels deep', spelled('{', `{"deep":${'['.repeat(1e4)}${']'.repeat(1e4)},`), 'done', 0],
    ['1e999 in an unknown field', spelled('{', '{"score":1e999,'), 'done', 0],
    ['a field named __proto__', spelled('{', '{"__proto__":{"status":"failed"},'), 'done', 0],
    ['counters that are missing or null', unlike({ num_results_enriched: undefined, num_results_evaluated: null }), 'done', 0],
    ['counters below zero', unlike({ num_results_discovered: -3, num_results_enriched: -1 }), 'done', 0],
    ['high-fit above the target', unlike({ num_results: 5000 }), 'done', 0],
    ['a target of 0', unlike({ desired_num_results: 0, num_results: 0, is_exhausted: true }), 'done', 0],
    ['unknown values of enums', unlike({ data_sources: ['extruct_db', 'moon'], auto_data_sources: 'maybe' }), 'done', 0],
    ['mistyped fields that are only shown', unlike({ query: 5, criteria: 'none', created_at: {}, data_sources: 1 }), 'done', 0],
    ['the id in upper case', unlike({ id: 'TASK-1' }), 'done', 0],
    ['done by is_exhausted, in progress by status', task({ ...ENDED.exhausted, num_results: 50 }), 'done', 0],
    ['done by status, short of the target', unlike({ num_results: 1 }), 'done', 0],
    ['exhausted by is_exhausted, done by status', unlike({ is_exhausted: true, num_results: 1 }), 'exhausted', 5],
    ['failed, and exhausted too', unlike({ status: 'failed', is_exhausted: true }), 'failed', 3],
  ])('%s', async (_oddity, reply, outcome, code) => {
    const api = await startApi();
    api.replies(reply);
    const ran = await run(['get', 'task-1', '--json'], { api });
    expect(ran.code).toBe(code);
    expect(ran.json).toEqual([expect.objectContaining({ outcome, exit_code: code })]);
    expect(ran.stderr).toBe('');
    expectCivil(ran);

    const table = await run(['get', 'task-1', '--no-color'], { api, stdoutColumns: 80 });
    expect(table.code).toBe(code);
    expect(table.stdout).not.toMatch(/NaN|undefined|Infinity|\[object/);
    expect(table.stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
  });

  it('an unknown status, which is running, with a warning', async () => {
    const api = await startApi();
    api.replies(task({ status: 'paused\u001b[31m' }));
    const ran = await run(['get', 'task-1', '--json'], { api });
    expect(ran).toMatchObject({ code: 8, stderr: expect.stringMatching(/^warning: [^\n]*paused[^\n]*\n$/) });
    expectCivil(ran);
  });
});

function dated(fromNowSeconds: number, clockOffSeconds: number): Record<string, string> {
  const at = (seconds: number) => new Date(Date.now() + seconds * 1000).toUTCString();
  return { 'retry-after': at(fromNowSeconds), date: at(clockOffSeconds) };
}

function unprocessable(): Reply {
  return body(422, JSON.stringify({ detail: [{ loc: ['path', 'task_id'], msg: 'not a valid id\u001b[2J', type: 'uuid' }] }));
}

/** A 402 in the API's own form (api.md, "Refusals for the account"). */
function unpaid(reason: string): Reply {
  return body(402, JSON.stringify({ detail: { error: reason, message: 'Sorry.' } }));
}

/** A 429 whose header comes in several lines, of which Node.js keeps the first alone in `headers`. */
function several(...values: readonly string[]): Reply {
  return (_request, response) => {
    const packed = gzipSync('{"detail":"Too Many Requests"}');
    response.setHeader('retry-after', values).writeHead(429, { 'content-encoding': 'gzip' }).end(packed);
  };
}

/** A small answer that unpacks to just under 10 MiB, with pieces in an unknown field. */
function full(piece: string, rest = piece, status = 200): Reply {
  const text = taskJson.replace('{', `{"x":[${piece}${rest.repeat((10 * MIB - 2000) / piece.length)}1],`);
  return body(status, gzipSync(text), { 'content-encoding': 'gzip' });
}

function headersOf(bytes: number): Reply {
  return raw(`HTTP/1.1 200 OK\r\nx: ${'x'.repeat(bytes)}\r\n\r\n`);
}

function gzipped(bytes: Buffer): Reply {
  return body(200, gzipSync(bytes), { 'content-encoding': 'gzip' });
}

function endless(...[_request, response]: Parameters<Reply>): void {
  const more = () => {
    while (!response.destroyed && response.write(Buffer.alloc(65_536, ' ')));
  };
  response.on('drain', more).writeHead(200);
  more();
}
