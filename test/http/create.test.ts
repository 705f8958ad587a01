import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { body, list, slowly, startApi, task } from '../support/api.ts';
import { standingClock } from '../support/fake-clock.ts';
import { onPosix } from '../support/platform.ts';
import { BINARY, run, runBinary, type Setting, TOKEN } from '../support/run.ts';
import { ENDED, wireTask } from '../support/tasks.ts';

const QUERY = 'solar installers in Spain';
const created = body(200, JSON.stringify(wireTask({ id: 'new-1', status: 'created', query: QUERY })));

function file(name: string, text: string | Buffer): string {
  const folder = mkdtempSync(join(tmpdir(), 'extruct-task-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, name), text);
  return join(folder, name);
}

describe('create', () => {
  it('sends the query alone where nothing else is wished for, and prints the id alone', async () => {
    const api = await startApi();
    api.replies(created);
    const ran = await run(['create', QUERY], { api });
    expect(ran).toMatchObject({ code: 0, stdout: 'new-1\n', stderr: '' });
    expect(api.requests).toEqual([
      expect.objectContaining({ method: 'POST', path: '/v1/discovery_tasks', body: JSON.stringify({ query: QUERY }) }),
    ]);
    expect(api.requests[0]?.headers).toMatchObject({
      authorization: `Bearer ${TOKEN}`,
      'content-type': 'application/json',
      'content-length': String(JSON.stringify({ query: QUERY }).length),
    });
  });

  it('reads the query from standard input for -', async () => {
    const api = await startApi();
    api.replies(created);
    expect((await run(['create', '-'], { api, stdin: `\ufeff${QUERY}\r\n` })).code).toBe(0);
    expect(api.requests[0]?.body).toBe(JSON.stringify({ query: QUERY }));
  });

  it('sends all that its flags say', async () => {
    const api = await startApi();
    api.replies(created);
    const flags = [
      ['--desired', '50'],
      ['--criterion', 'spain=Based in Spain: has its headquarters in Spain: nowhere else'],
      ['--criterion', ' roof = Rooftop :  installs on rooftops '],
      ['--data-source', 'maps', '--data-source', 'web_search'],
      ['--exclude-domain', 'example.com'],
      ['--exclude-task', 'https://app.extruct.ai/tasks/old-1?x', '--exclude-task', 'old-1', '--exclude-task', 'old-2'],
      ['--table', 'table-1'],
    ].flat();
    await run(['create', QUERY, ...flags], { api });
    expect(JSON.parse(api.requests[0]?.body ?? '')).toEqual({
      query: QUERY,
      desired_num_results: 50,
      criteria: [
        { key: 'spain', name: 'Based in Spain', criterion: 'has its headquarters in Spain: nowhere else' },
        { key: 'roof', name: 'Rooftop', criterion: 'installs on rooftops' },
      ],
      auto_data_sources: false,
      data_sources: ['maps', 'web_search'],
      exclude_domains: ['example.com'],
      exclude_task_ids: ['old-1', 'old-2'],
      table: { id: 'table-1' },
    });
  });

  const CRITERIA = [
    { key: 'spain', name: 'Based in Spain', criterion: 'has its headquarters in Spain' },
    { key: 'no', name: 'no', criterion: 'a word of YAML 1.1 for false' },
  ];
  it.each([
    ['JSON', 'c.json', JSON.stringify(CRITERIA, null, '\t')],
    ['a body of JSON', 'c.json', JSON.stringify({ query: 'other', criteria: CRITERIA })],
    [
      'YAML',
      'c.yaml',
      '- key: spain\n  name: Based in Spain\n  criterion: has its headquarters in Spain\n- {key: no, name: no, criterion: a word of YAML 1.1 for false}\n',
    ],
  ])('reads criteria from %s', async (_what, name, text) => {
    const api = await startApi();
    api.replies(created);
    const more = 'roof=Rooftop: installs on rooftops';
    await run(['create', QUERY, '--criteria-file', file(name, text), '--criterion', more], { api });
    expect(JSON.parse(api.requests[0]?.body ?? '').criteria).toEqual([
      ...CRITERIA,
      { key: 'roof', name: 'Rooftop', criterion: 'installs on rooftops' },
    ]);
  });

  it('sends a whole body as it is, fields and numbers that are not known here included', async () => {
    const api = await startApi();
    api.replies(created);
    const text = '{ "query": "x", "budget": 12345678901234567890.10, "auto_data_sources": false, "data_sources": ["maps"] }';
    expect((await run(['create', '--body-file', file('b.json', text)], { api })).code).toBe(0);
    expect((await run(['create', '--body-file', '-'], { api, stdin: `${text}\n` })).code).toBe(0);
    expect(api.requests.map((request) => request.body)).toEqual([text, text]);
  });

  it('sends a body without the byte order mark that an editor on Windows put before it', async () => {
    const api = await startApi();
    api.replies(created);
    expect((await run(['create', '--body-file', file('b.json', '\ufeff{"query":"x"}')], { api })).code).toBe(0);
    expect(api.requests.map((request) => request.body)).toEqual(['{"query":"x"}']);
  });

  it.each(['--body-file', '--criteria-file'])('reads a %s with a byte order mark, and none that is no UTF-8', async (flag) => {
    const text = flag === '--body-file' ? '{"query":"x"}' : '- {key: spain, name: España, criterion: is in Spain}';
    const create = (bytes: Buffer) =>
      run(['create', ...(flag === '--body-file' ? [] : ['x']), flag, file('f', bytes), '--dry-run']);
    expect((await create(Buffer.from(`\ufeff${text}`))).code).toBe(0);
    const others = [`\ufeff${text}`, text].map((written) => Buffer.from(written, 'utf16le'));
    for (const bytes of [...others, ...others.map((other) => other.swap16()), Buffer.from(`${text}ñ`, 'latin1')]) {
      const ran = await create(bytes);
      expect(ran).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('is not UTF-8 text; save it as UTF-8') });
    }
  });

  it('says nothing of its own about a tag of YAML that it does not know', async () => {
    const criteria = file('c.yaml', '- {key: !!js/function a, name: !x b, criterion: is in Spain, ? [a] : b}');
    const ran = await runBinary(['create', 'x', '--criteria-file', criteria, '--dry-run'], {});
    expect(ran).toMatchObject({ code: 0, stderr: expect.stringMatching(/^Not sent: .*\n$/) });
  });

  it('prints the request with --dry-run, which needs no token, and sends nothing', async () => {
    const api = await startApi();
    const ran = await run(['create', QUERY, '--desired', '5', '--dry-run'], { api, env: { EXTRUCT_API_TOKEN: '' } });
    expect(ran).toMatchObject({
      code: 0,
      stdout: `${JSON.stringify({ query: QUERY, desired_num_results: 5 })}\n`,
      stderr: `Not sent: POST ${api.url}/v1/discovery_tasks\n`,
    });
    expect(api.requests).toEqual([]);
  });

  it('prints what --body-file can read back', async () => {
    const api = await startApi();
    api.replies(created);
    const dry = await run(['create', QUERY, '--data-source', 'maps', '--dry-run'], { api });
    await run(['create', '--body-file', '-'], { api, stdin: dry.stdout });
    expect(`${api.requests[0]?.body}\n`).toBe(dry.stdout);
  });

  it('looks up @last among the tasks to leave out', async () => {
    const api = await startApi();
    api.repliesTo('discovery_tasks?offset=0&limit=1', list([wireTask({ id: 'newest' })]));
    api.replies(created);
    await run(['create', QUERY, '--exclude-task', '@last'], { api });
    expect(JSON.parse(api.requests[1]?.body ?? '')).toEqual({ query: QUERY, exclude_task_ids: ['newest'] });
  });

  describe('--like', () => {
    const EARLIER = wireTask({
      id: 'old-1',
      ...ENDED.exhausted,
      desired_num_results: 80,
      auto_data_sources: false,
      data_sources: ['maps', 'a_new_source'],
      exclude_domains: ['example.com'],
      owner: 'me',
    });
    const BODY = {
      query: EARLIER.query,
      desired_num_results: 80,
      criteria: EARLIER.criteria,
      auto_data_sources: false,
      data_sources: ['maps', 'a_new_source'],
      exclude_domains: ['example.com'],
    };
    const like = async (earlier: Record<string, unknown>, ...args: string[]) => {
      const api = await startApi();
      api.replies(created);
      api.repliesTo('old-1', body(200, JSON.stringify(earlier).replace('"NESTED"', '['.repeat(5000) + ']'.repeat(5000))));
      const ran = await run(['create', ...args], { api });
      const sent = api.requests.at(-1);
      return { ran, paths: api.requests.map(({ path }) => path), sent: sent?.method === 'POST' ? JSON.parse(sent.body) : null };
    };

    it('takes all that an earlier task was asked for, whatever the service has learnt since', async () => {
      const { ran, paths, sent } = await like(EARLIER, '--like', 'https://app.extruct.ai/tasks/old-1/results');
      expect(ran).toMatchObject({ code: 0, stdout: 'new-1\n', stderr: '' });
      expect(paths).toEqual(['/v1/discovery_tasks/old-1', '/v1/discovery_tasks']);
      expect(sent).toEqual(BODY);
    });

    it.each([
      [['another query'], { query: 'another query' }],
      [['--desired', '5', '--table', 't'], { desired_num_results: 5, table: { id: 't' } }],
      [['--data-source', 'linkedin'], { data_sources: ['linkedin'] }],
      [['--exclude-domain', 'example.org'], { exclude_domains: ['example.org'] }],
      [['--exclude-task', 'old-1'], { exclude_task_ids: ['old-1'] }],
      [
        ['--criterion', 'roof=Rooftop: installs on rooftops'],
        { criteria: [{ key: 'roof', name: 'Rooftop', criterion: 'installs on rooftops' }] },
      ],
    ])('replaces only its part by %j', async (args, changes) => {
      expect((await like(EARLIER, '--like', 'old-1', ...args)).sent).toEqual({ ...BODY, ...changes });
    });

    it.each<[what: string, earlier: Record<string, unknown>, errors: string[], args: string[]]>([
      [
        'parts against the limits',
        {
          desired_num_results: 275,
          criteria: [{ key: 'a', name: 'n'.repeat(120), criterion: 'short' }],
          exclude_domains: ['https://example.com'],
        },
        [
          'desired_num_results of task old-1 cannot be 275; use --desired to set a whole number from 1 to 250',
          `criteria[0].name of task old-1 cannot be '${'n'.repeat(78)}…; use --criterion to set 1 to 100 characters`,
          "criteria[0].criterion of task old-1 cannot be 'short'; use --criterion to set 10 to 500 characters",
          "exclude_domains[0] of task old-1 cannot be 'https://example.com'; use --exclude-domain to set a domain such as example.com",
        ],
        [...['--desired', '5', '--criterion', 'roof=Rooftop: installs on rooftops'], ...['--exclude-domain', 'example.org']],
      ],
      [
        'parts that are not what they should be',
        { criteria: [7], data_sources: null, exclude_domains: 'example.com' },
        [
          'criteria[0] of task old-1 cannot be 7; use --criterion to set an object with key, name and criterion',
          "exclude_domains of task old-1 cannot be 'example.com'; use --exclude-domain to set a list of domains",
          'data_sources of task old-1 cannot be null; use --data-source to set at least one, because auto_data_sources is false',
        ],
        [
          ...['--criterion', 'roof=Rooftop: installs on rooftops', '--data-source', 'maps'],
          ...['--exclude-domain', 'example.org'],
        ],
      ],
    ])('does not send %s, and drops none of them, unless they are replaced', async (_what, changes, errors, args) => {
      const { ran, sent } = await like({ ...EARLIER, ...changes }, '--like', 'old-1');
      expect(ran).toMatchObject({ code: 2, stdout: '' });
      expect(ran.stderr).toBe(errors.map((error) => `error: ${error}\n`).join(''));
      expect(sent).toBeNull();
      expect((await like({ ...EARLIER, ...changes }, '--like', 'old-1', ...args)).ran).toMatchObject({ code: 0, stderr: '' });
    });

    it.each([
      [{ data_sources: 'maps' }, "data_sources of task old-1 cannot be 'maps'; use --data-source to set a list of data sources"],
      [{ criteria: 'NESTED' }, 'criteria[0] of task old-1 cannot be nested so deeply; use'],
    ])('does not send such as %.40j', async (changes, message) => {
      const { ran, sent } = await like({ ...EARLIER, ...changes }, '--like', 'old-1');
      expect(ran).toMatchObject({ code: 2, stderr: expect.stringContaining(`error: ${message}`) });
      expect(sent).toBeNull();
    });

    it('lets the service choose the sources again where it chose them, and sends nothing that the task lacks', async () => {
      const { sent } = await like(wireTask({ id: 'old-1', criteria: null, exclude_domains: [] }), '--like', 'old-1');
      expect(sent).toEqual({ query: EARLIER.query, desired_num_results: 50 });
    });

    it('looks up @last, also to show the request', async () => {
      const api = await startApi();
      api.repliesTo('discovery_tasks?offset=0&limit=1', list([EARLIER]));
      api.replies(body(200, JSON.stringify(EARLIER)));
      const ran = await run(['create', '--like', '@last', '--dry-run'], { api });
      expect(ran).toMatchObject({ code: 0, json: [BODY] });
      expect(api.requests.map(({ method }) => method)).toEqual(['GET', 'GET']);
      const without = await run(['create', '--like', 'old-1', '--dry-run'], { api, env: { EXTRUCT_API_TOKEN: '' } });
      expect(without).toMatchObject({ code: 4, stderr: expect.stringContaining('No API token found') });
    });

    it('creates nothing where the task is not there, or has no query', async () => {
      const api = await startApi();
      api.replies(body(404, '{"detail":"Discovery task not found"}'));
      const missing = await run(['create', '--like', 'old-1'], { api });
      expect(missing).toMatchObject({ code: 6, stderr: expect.stringContaining('Task old-1 was not found') });
      api.replies(task({ query: null }));
      const unasked = await run(['create', '--like', 'old-1'], { api });
      expect(unasked).toMatchObject({
        code: 1,
        stdout: '',
        stderr: expect.stringMatching(/^error: Task old-1 has no query; set /),
      });
      expect(api.requests.map(({ method }) => method)).toEqual(['GET', 'GET']);
    });
  });

  it('is the task as JSON with --json, indented on a terminal', async () => {
    const api = await startApi();
    api.replies(created);
    const ran = await run(['create', QUERY, '--json'], { api });
    expect(ran.json).toEqual([
      { ...wireTask({ id: 'new-1', status: 'created', query: QUERY }), outcome: 'running', observed_at: expect.any(String) },
    ]);
    expect((await run(['create', QUERY, '--json'], { api, stdoutColumns: 80 })).stdout).toMatch(/^\{\n {2}"id": "new-1",\n/);
  });

  it('is a table for a person, with what to do next', async () => {
    const api = await startApi();
    api.replies(created);
    const ran = await run(['create', QUERY, '--no-color'], { api, stdoutColumns: 80 });
    expect(ran.stdout).toMatch(/^Task +new-1\n[\s\S]*^Next +extruct-task watch new-1\n/m);
  });

  it('goes on to watch with --watch, by all of watch’s flags', async () => {
    const api = await startApi();
    api.replies(created);
    api.repliesTo('new-1', task({ id: 'new-1' }), task({ id: 'new-1', ...ENDED.exhausted }));
    const flags = ['--interval', '100ms', '--until', 'num_results>=99', '--json', '--progress', 'none'];
    const ran = await run(['create', QUERY, '--watch', ...flags], { api });
    expect(ran.code).toBe(5);
    expect(ran.json.map(({ id, outcome }) => [id, outcome])).toEqual([
      ['new-1', 'running'],
      ['new-1', 'exhausted'],
    ]);
    const quiet = await run(['create', QUERY, '--watch', '--allow-exhausted', '-q'], { api });
    expect(quiet.stderr).toBe('Created task new-1\n');
    const shown = await run(['create', QUERY, '--watch', '--allow-exhausted'], { api });
    expect(shown).toMatchObject({ code: 0, stderr: expect.stringMatching(/^Created task new-1\n/) });
    expect(shown.stdout).toMatch(/^Task +new-1\n/);
  });

  it('takes no task’s id for what is wrong where nothing creates tasks', async () => {
    const api = await startApi();
    api.replies(body(404, '{"detail":"Not Found"}'));
    const { stderr } = await run(['create', 'x'], { api });
    expect(stderr).toBe('error: The API is not at this address (404); check the API URL\n');
  });

  it('tells what the service finds wrong', async () => {
    const api = await startApi();
    const detail = [{ loc: ['body', 'query'], msg: 'too vague', type: 'value_error' }];
    api.replies(body(422, JSON.stringify({ detail })));
    const ran = await run(['create', 'x'], { api });
    expect(ran).toMatchObject({ code: 1, stdout: '' });
    expect(ran.stderr).toMatch(/^error: The API answered 422 Unprocessable Entity: too vague \(query\); check /);
    expect(api.requests).toHaveLength(1);
  });
});

describe('create --reuse', () => {
  const MINUTE = 60_000;
  // Without a zone offset, which is UTC.
  const ago = (ms: number) => new Date(Date.now() - ms).toISOString().replace('Z', '');
  const CRITERIA = [{ key: 'roof', name: 'Rooftop', criterion: 'installs on rooftops' }];
  const TWIN = wireTask({
    id: 'old-1',
    query: QUERY,
    desired_num_results: 50,
    criteria: CRITERIA,
    auto_data_sources: false,
    data_sources: ['web_search', 'maps'],
    created_at: ago(30 * MINUTE),
  });
  const ASKED = [
    ...[QUERY, '--desired', '50', '--criterion', 'roof=Rooftop: installs on rooftops'],
    ...['--data-source', 'maps', '--data-source', 'web_search'],
  ];

  /** Runs `create` in a workspace with these tasks; `posted` tells whether one was created. */
  async function create(tasks: readonly unknown[], args: readonly string[] = [...ASKED, '--reuse', '1h'], setting: Setting = {}) {
    const api = await startApi();
    api.replies(list(tasks));
    api.repliesTo('discovery_tasks', created);
    api.repliesTo('old-1', task({ ...TWIN, ...ENDED.done }));
    const ran = await run(['create', ...args], { ...setting, api });
    return { ran, api, posted: api.requests.some(({ method }) => method === 'POST') };
  }

  it('takes the newest task of the same request, and says so', async () => {
    const { ran, api } = await create([wireTask({ id: 'other' }), TWIN, { ...TWIN, id: 'older' }]);
    expect(ran).toMatchObject({ code: 0, stdout: 'old-1\n' });
    expect(ran.stderr).toMatch(/^Reused task old-1, created at \d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ: no new task was created\n$/);
    expect(api.requests.map(({ method, path }) => `${method} ${path}`)).toEqual(['GET /v1/discovery_tasks?offset=0&limit=20']);
  });

  it.each<[what: string, changes: Record<string, unknown>]>([
    ['is older', { created_at: ago(61 * MINUTE) }],
    ['failed', ENDED.failed],
    ['has another query', { query: `${QUERY}, north` }],
    ['has another target', { desired_num_results: 51 }],
    ['has other criteria', { criteria: [{ ...CRITERIA[0], criterion: 'installs on many rooftops' }] }],
    ['has one more', { criteria: [...CRITERIA, { key: 'b', name: 'B', criterion: 'something else' }] }],
    ['has other sources', { data_sources: ['maps', 'linkedin'] }],
    ['has sources that the service chose', { auto_data_sources: true }],
  ])('creates one where the earlier task %s', async (_what, changes) => {
    const { ran, posted } = await create([{ ...TWIN, ...changes }]);
    expect(ran).toMatchObject({ code: 0, stdout: 'new-1\n', stderr: '' });
    expect(posted).toBe(true);
  });

  it('takes a task whose criteria and sources the service chose, where the request has none, and the API’s own target', async () => {
    const earlier = { ...TWIN, desired_num_results: 100, auto_data_sources: true };
    expect((await create([earlier], [QUERY, '--reuse', '1h'])).ran.stdout).toBe('old-1\n');
    expect((await create([earlier], [...ASKED, '--reuse', '1h'])).posted).toBe(true);
  });

  it('compares the whole request of a file, and of --like', async () => {
    const { created_at: _, ...request } = TWIN;
    const path = file('b.json', JSON.stringify(request));
    expect((await create([TWIN], ['--body-file', path, '--reuse', '1h'])).ran.stdout).toBe('old-1\n');
    expect((await create([TWIN], ['--like', 'old-1', '--reuse', '1h'])).ran.stdout).toBe('old-1\n');
    expect((await create([TWIN], ['--like', 'old-1', 'other', '--reuse', '1h'])).posted).toBe(true);
  });

  it('reads the list only as far as the age asks', async () => {
    const pages = (oldFrom: number) =>
      Array.from({ length: 60 }, (_, n) => wireTask({ id: `t-${n}`, created_at: ago(n < oldFrom ? MINUTE : 2 * 60 * MINUTE) }));
    const requestsOf = async (oldFrom: number) =>
      (await create(pages(oldFrom))).api.requests.map(({ path }) => path.split('?')[1]);
    expect(await requestsOf(0)).toEqual(['offset=0&limit=20', undefined]);
    expect(await requestsOf(25)).toEqual(['offset=0&limit=20', 'offset=20&limit=20', undefined]);
  });

  it('creates nothing where a task in the list cannot be read, unless another is the one', async () => {
    const unread = { ...TWIN, desired_num_results: null };
    const { ran, posted } = await create([wireTask({ id: 'other' }), unread]);
    expect(ran).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringMatching(/^error: The list has a task that cannot be read, .*: no task was created; check /),
    });
    expect(posted).toBe(false);
    expect((await create([unread, TWIN])).ran).toMatchObject({ code: 0, stdout: 'old-1\n' });
    expect((await create([{ ...TWIN, num_results: null, is_exhausted: null }])).ran.stdout).toBe('old-1\n');
  });

  it.each<[what: string, changes: Record<string, unknown>]>([
    ['does not tell its age', { created_at: null }],
    ['tells an age that is no time', { created_at: 'yesterday' }],
    ['has an ID that cannot be used', { id: 'old 1' }],
    ['does not tell its query', { query: null }],
  ])('creates nothing where a task that may be the one %s, unless it cannot be', async (_what, changes) => {
    const unclear = { ...TWIN, id: 'unclear', ...changes };
    const { ran, posted } = await create([wireTask({ id: 'other' }), unclear]);
    expect(ran).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringMatching(/^error: The list has a task that cannot be /),
    });
    expect(posted).toBe(false);
    expect((await create([{ ...unclear, ...ENDED.failed }])).posted).toBe(true);
    expect((await create([{ ...unclear, desired_num_results: 51 }])).posted).toBe(true);
    expect((await create([unclear, TWIN])).ran.stdout).toBe('old-1\n');
  });

  it('with --reuse-only takes it too, and creates none where there is none', async () => {
    const only = [...ASKED, '--reuse', '1h', '--reuse-only'];
    expect((await create([TWIN], only)).ran).toMatchObject({ code: 0, stdout: 'old-1\n' });
    const { ran, posted } = await create([wireTask({ id: 'other' })], only);
    expect(ran).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringMatching(/^error: No task of this request .*; run it without /),
    });
    expect(posted).toBe(false);
  });

  it.each<[what: string, tasks: unknown[], words: RegExp]>([
    ['would be taken', [TWIN], /task old-1, created at \S+Z, would be taken in its place \(--reuse\)\n$/],
    ['is not there', [wireTask({ id: 'other' })], /no task of this request was created within 1h \(--reuse\)\n$/],
  ])('with --dry-run says whether a task %s, and sends nothing', async (_what, tasks, words) => {
    const { ran, posted } = await create(tasks, [...ASKED, '--reuse', '1h', '--dry-run']);
    expect(ran).toMatchObject({ code: 0, json: [{ query: QUERY }], stderr: expect.stringMatching(words) });
    expect(posted).toBe(false);
  });

  it('is required by --reuse-only', async () => {
    const { ran, api } = await create([TWIN], [...ASKED, '--reuse-only']);
    expect(ran).toMatchObject({
      code: 2,
      stderr: 'error: --reuse-only requires --reuse; add --reuse and a duration, such as 24h\n',
    });
    expect(api.requests).toEqual([]);
  });

  it('goes on to watch the task', async () => {
    const { ran, posted } = await create([TWIN], [...ASKED, '--reuse', '1h', '--watch', '--json', '-q']);
    expect(ran).toMatchObject({ code: 0, stderr: '' });
    expect(ran.json).toMatchObject([{ id: 'old-1', outcome: 'done', exit_code: 0 }]);
    expect(posted).toBe(false);
  });

  it.each([
    [body(401, '{"detail":"no"}'), 4],
    [body(502, ''), 1],
    [body(200, '{}'), 1],
  ])('creates nothing where the list cannot be read', async (reply, code) => {
    const api = await startApi();
    api.replies(reply);
    const ran = await run(['create', QUERY, '--reuse', '1h', '--retry-for', '0'], { api });
    expect(ran).toMatchObject({ code, stdout: '', stderr: expect.stringMatching(/^error: /) });
    expect(api.requests.map(({ method }) => method)).toEqual(['GET']);
  });
});

describe('what create is not to send', () => {
  const NESTED = '['.repeat(100_000) + ']'.repeat(100_000);

  it.each([
    ['as it was named', ['a wider query'], ''],
    ['from standard input', ['-'], 'a wider query\n'],
  ])('is the query that stands for one of your own, %s: a task costs credits', async (_, query, stdin) => {
    const api = await startApi();
    expect(await run(['create', '--like', 'task-1', ...query], { api, stdin })).toMatchObject({
      code: 2,
      stderr: "error: 'a wider query' only stands for a query of your own; put yours in its place\n",
    });
    expect(api.requests).toEqual([]);
  });

  it('is told all at once, a line each', async () => {
    const api = await startApi();
    const flags = [
      ['--desired', '300'],
      ['--criterion', '9x=N: short'],
      ['--criterion', 'spain'],
      ['--criterion', `roof=${'n'.repeat(101)}: installs on rooftops`],
      ['--criterion', 'roof=Again: installs on rooftops'],
      ['--data-source', 'bing'],
      ['--exclude-domain', 'https://example.com'],
      ['--exclude-task', 'a/b'],
    ].flat();
    const ran = await run(['create', ' ', ...flags], { api });
    expect(ran).toMatchObject({ code: 2, stdout: '' });
    expect(ran.stderr.split('\n')).toEqual([
      "error: --criterion 'spain' is not of the form 'key=Name: text'; set one such as 'spain=Spain: is in Spain'",
      "error: the query cannot be ' '; set text that says what to search for",
      'error: --desired cannot be 300; set a whole number from 1 to 250',
      "error: the key of --criterion '9x=N: short' cannot be '9x'; set a letter, then letters, digits or _",
      "error: the text of --criterion '9x=N: short' cannot be 'short'; set 10 to 500 characters",
      expect.stringMatching(
        /^error: the name of --criterion 'roof=n+: installs on rooftops' cannot be 'n+…; set 1 to 100 characters$/,
      ),
      "error: the key of --criterion 'roof=Again: installs on rooftops' cannot be 'roof'; set a key that no other criterion has",
      "error: --data-source cannot be 'bing'; set one of web_search, extruct_db, linkedin, maps",
      "error: --exclude-domain cannot be 'https://example.com'; set a domain such as example.com",
      expect.stringMatching(/^error: --exclude-task cannot be 'a\/b'; set a task ID/),
      '',
    ]);
    expect(api.requests).toEqual([]);
  });

  it('is told together with what is wrong with its settings and its files', async () => {
    const flags = ['--timeout', 'zzz', '--interval', '1ms', '--api-url', 'ftp://x', '--results', '--criteria-file', '/nowhere'];
    const ran = await run(['create', 'x', '--desired', '0', ...flags], { clock: standingClock() });
    expect(ran).toMatchObject({ code: 2, stdout: '' });
    expect(ran.stderr.split('\n').map((line) => line.split(';')[0])).toEqual([
      "error: --interval cannot be '1ms'",
      "error: --timeout cannot be 'zzz'",
      "error: --api-url cannot be 'ftp://x'",
      'error: --results requires --watch',
      "error: --criteria-file '/nowhere' cannot be read (ENOENT)",
      'error: --desired cannot be 0',
      '',
    ]);
  });

  it.each([
    [[], ['the query is missing; set text that says what to search for']],
    [
      ['--desired', '1.5'],
      ['the query is missing', "--desired cannot be '1.5'; set a whole number from 1 to 250"],
    ],
    [['solar', 'in', 'Spain'], ["too many arguments for 'create'. Expected 1 argument but got 3; put the query in quotes"]],
    [['x', '--until', 'num_results>=5'], ['--until requires --watch; add --watch']],
    [['x', '--interval', '5s'], ['--interval requires --watch; add --watch']],
    [['x', '--bell', '--no-exit-status'], ['--bell requires --watch; add --watch']],
    [
      ['-', '--criteria-file', '-'],
      ['standard input cannot provide both the query and the criteria; set a file for one of them'],
    ],
    [['-'], ['the query is missing; set']],
    [['x', '--desired', 'many'], ["--desired cannot be 'many'"]],
    // As a variable that is not set makes it.
    [['x', '--table', ''], ['--table is missing; set a table ID']],
    [
      ['--like', 'a/b', '--desired', '0'],
      ['--desired cannot be 0', "--like cannot be 'a/b'; set a task ID"],
    ],
    [['', '--like', 'old-1'], ['the query is missing; set text that says what to search for']],
    [
      ['x', '--body-file', 'b.json', '--table', 't'],
      ['--body-file cannot be used with a query, --table; set everything in the file'],
    ],
    [['--body-file', '/nowhere/b.json'], ["--body-file '/nowhere/b.json' cannot be read (ENOENT); check the path"]],
    [['x', '--criteria-file', '/nowhere/c.json'], ["--criteria-file '/nowhere/c.json' cannot be read (ENOENT); check the path"]],
    [
      ['x', '--criteria-file', '-', '--token-file', '-'],
      ['standard input cannot provide both the token and the criteria; set EXTRUCT'],
    ],
    [['x', ...Array(101).fill(['--exclude-task', 't']).flat()], ['--exclude-task cannot be']],
  ])('%j', async (args, messages) => {
    const api = await startApi();
    const ran = await run(['create', ...args], { api });
    expect(ran).toMatchObject({ code: 2, stdout: '' });
    for (const message of messages) expect(ran.stderr).toContain(`error: ${message}`);
    expect(ran.stderr.split('\n')).toHaveLength(messages.length + 1);
    expect(api.requests).toEqual([]);
  });

  it.each([
    ['{', "--body-file '-' is not JSON; check its content"],
    ['[]', 'standard input cannot be []; set an object with at least a query'],
    ['{"query":7}', 'query in standard input cannot be 7; set text that says what to search for'],
    [
      '{"query":"x","auto_data_sources":false}',
      'data_sources in standard input is missing; set at least one, because auto_data_sources is false',
    ],
    [
      '{"query":"x","criteria":[{"key":"a","name":"","criterion":"long enough"}]}',
      'criteria[0].name in standard input is missing; set 1 to 100 characters',
    ],
    ['{"query":"x","desired_num_results":0}', 'desired_num_results in standard input cannot be 0; set a whole number from 1'],
    ['{"query":"x","table":{"id":""}}', 'table.id in standard input is missing; set a table ID'],
    [`{"query":${NESTED}}`, 'query in standard input cannot be nested so deeply; set text that says what to search for'],
    ['{"query":"x","table":"t"}', "table in standard input cannot be 't'; set an object with an id"],
    [`"${'x'.repeat(1024 * 1024)}"`, "--body-file '-' is longer than 1 MiB; check the path"],
  ])('a body such as %.40s', async (text, message) => {
    const ran = await run(['create', '--body-file', '-'], { stdin: text });
    expect(ran).toMatchObject({ code: 2, stdout: '' });
    expect(ran.stderr).toContain(`error: ${message}`);
  });

  it.each([
    ['a: [', /^error: --criteria-file '-' is not JSON or YAML \(.+\); check its content\n$/],
    [
      'criteria: 7',
      /^error: --criteria-file '-' does not contain a list of criteria; check that each has a key, a name and a criterion\n$/,
    ],
    ['[]', /does not contain a list of criteria/],
    [
      '- {key: a, name: b}\n- c',
      /^error: the text of criterion 1 in - is missing; .*\nerror: criterion 2 in - cannot be 'c'; set an object with key, name and criterion\n$/,
    ],
    [
      '- &a {key: a, name: b, criterion: long enough, more: *a}',
      /is nested too deeply, or contains itself; check its content\n$/,
    ],
    [`[{"key": "a", "name": "b", "criterion": "long enough", "more": ${NESTED}}]`, /is nested too deeply/],
    // Each line doubles the one before.
    [
      `${Array.from({ length: 40 }, (_, n) => `a${n}: &a${n} [${n ? `*a${n - 1}, *a${n - 1}` : 'x'}]`).join('\n')}\ncriteria: *a39`,
      /is not JSON or YAML \(.*alias.*\)/,
    ],
    [
      Array.from({ length: 20_000 }, (_, n) => `k${n}: v`).join('\n'),
      /^error: --criteria-file '-' is too long for YAML; save it as JSON, or check the path\n$/,
    ],
    [Array.from({ length: 5000 }, (_, n) => `- &a${n} x\n- *a${n}`).join('\n'), /is too long for YAML/],
    [`[${','.repeat(500_000)}]`, /is too long for YAML/],
    [JSON.stringify(Array(4000).fill(1)), /^(?:error: [^\n]+\n){10}and 3990 more errors\n$/],
    [`[${'{},'.repeat(300_000)}{}]`, /^error: criteria cannot be \[[^\n]+…; set at most 10000 items\n$/],
    // It holds itself: no JSON can say that.
    [
      '- &a\n  key: b\n  name: c\n  criterion: long enough a text\n  more: *a',
      /is nested too deeply, or contains itself; check its content/,
    ],
  ])('criteria such as %.40j', async (text, message) => {
    const ran = await run(['create', 'x', '--criteria-file', '-'], { stdin: text });
    expect(ran).toMatchObject({ code: 2, stdout: '', stderr: expect.stringMatching(message) });
  });
});

describe('the built program', () => {
  onPosix('gives a script the id, however slow the service is', async () => {
    const api = await startApi();
    api.replies(slowly(100, created));
    const script = `id=$($PROGRAM create "$1"); echo "<$id>"`;
    const ran = await runBinary([script, 'bash', QUERY], { api, shell: true, env: { PROGRAM: `${process.execPath} ${BINARY}` } });
    expect(ran).toMatchObject({ code: 0, stdout: '<new-1>\n' });
  });

  it('reads YAML', async () => {
    const api = await startApi();
    api.replies(created);
    const stdin = '- key: a\n  name: b\n  criterion: long enough a text\n';
    expect(await runBinary(['create', 'x', '--criteria-file', '-'], { api, stdin })).toMatchObject({
      code: 0,
      stdout: 'new-1\n',
    });
  });

  it('leaves what a tag of YAML says to the text behind it', async () => {
    const api = await startApi();
    api.replies(created);
    const stdin = '- key: a\n  name: b\n  criterion: !note long enough a text\n';
    const ran = await runBinary(['create', 'x', '--criteria-file', '-'], { api, stdin });
    expect(ran).toMatchObject({ code: 0, stdout: 'new-1\n', stderr: '' });
    expect(api.requests[0]?.body).toContain('"criterion":"long enough a text"');
  });

  it('has no word in its help about several tasks, and takes such an option all the same', async () => {
    const { stdout } = await run(['create', '--help']);
    expect(stdout).toContain('--settle');
    expect(stdout).not.toContain('--fail-fast');
    const api = await startApi();
    api.replies(created, task({ ...ENDED.done, id: 'new-1' }));
    expect((await run(['create', 'x', '--watch', '--fail-fast'], { api })).code).toBe(0);
  });
});
