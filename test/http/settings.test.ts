import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startApi, task } from '../support/api.ts';
import { run, runBinary, TOKEN } from '../support/run.ts';
import { ENDED } from '../support/tasks.ts';

function file(text: string | Buffer): string {
  const folder = mkdtempSync(join(tmpdir(), 'extruct-task-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, 'token'), text);
  return join(folder, 'token');
}

const SECRET = 'Secret.aB9-0123456789';

describe('a usage error', () => {
  it.each([
    [['watch', 't', '--interval', '50ms'], "--interval cannot be '50ms'; set auto or a duration of at least 100ms"],
    [
      ['watch', 't', '--interval', 'soon'],
      "--interval cannot be 'soon'; set auto or a duration of at least 100ms: 500ms, 10s, 1.5m or 2h",
    ],
    [['watch', 't', '--timeout', '0'], "--timeout cannot be '0'; set a duration"],
    [['watch', 't', '--timeout', '-5'], "--timeout cannot be '-5'; set a duration"],
    [['watch', 't', '--request-timeout', '0s'], "--request-timeout cannot be '0s'; set"],
    [['watch', 't', '--retry-for', '5 m'], "--retry-for cannot be '5 m'; set a duration"],
    [['watch', 't', '--stall-timeout', 'x'], "--stall-timeout cannot be 'x'; set a duration"],
    [
      ['watch', 't', '--until', 'num_results>=5', '--until', 'found>=5'],
      "--until cannot be 'found>=5'; set a condition such as num_results>=50",
    ],
    [['watch', 't', '--heartbeat', '0'], "--heartbeat cannot be '0'; set"],
    [['watch', 't', '--progress', 'loud'], "--progress cannot be 'loud'; set auto, live, plain or none"],
    [['watch', 't', '--api-url', 'api.extruct.ai'], "--api-url cannot be 'api.extruct.ai'; set an https:// address"],
    [['watch', 't', '--api-url', 'ftp://api.extruct.ai'], "--api-url cannot be 'ftp://api.extruct.ai'; set"],
    [['watch', 't', '--api-url', 'https://api.extruct.ai?x=1'], '--api-url contains a query or a fragment; set only the address'],
    [
      ['watch', 't', '--api-url', 'http://example.com'],
      "--api-url cannot be 'http://example.com'; set an https:// address, or add --insecure-http",
    ],
    [['watch', 't', '--api-url', 'http://127.0.0.1.example.com'], '--api-url cannot be'],
    [['watch', 't', '--api-url', 'http://localhost.example.com'], '--api-url cannot be'],
    [['watch', 't', '--api-url', 'http://10.0.0.1'], '--api-url cannot be'],
    [['watch', 'a/b'], "'a/b' is not a task ID or URL; set a task ID"],
    [['watch', '..'], "'..' is not a task ID or URL"],
    [['watch', '\u001b[31m'], "'�[31m' is not a task ID or URL"],
    [['watch', 'x'.repeat(129)], `'${'x'.repeat(129)}' is not a task ID or URL`],
    [['get', 't', 'u'], 'too many arguments'],
    [['get'], 'no task given; set a task'],
    [['watch'], 'no task given; set a task'],
    [['get', 't', '--jsno'], "unknown option '--jsno' (Did you mean --json?); run `extruct-task get --help`"],
    [['watch', '--intervall', '5s'], "unknown option '--intervall' (Did you mean --interval?); run `extruct-task watch --help`"],
    [['watch', 't', '--json=true'], '--json takes no value; set --json alone'],
    [['get', 't', '--no-exit-status=false'], '--no-exit-status takes no value; set --no-exit-status alone'],
    [['watch', 't', '--high-fit'], "unknown option '--high-fit'; run `extruct-task results`, which takes it"],
    [['create', 'x', '--high-fit=1'], "unknown option '--high-fit'; run `extruct-task results`, which takes it"],
    [['--jsn'], "unknown option '--jsn'; run `extruct-task --help`"],
    [['watch', 't', '--interval', '-V'], "--interval cannot be '-V'; set"],
    [['help', 'frob'], "'help frob' asks for help on an unknown command; run"],
    [
      ['watch', 't', '--retry-for', '99999999h'],
      "--retry-for cannot be '99999999h'; set a duration: 500ms, 10s, 1.5m or 2h; a bare number is seconds, and the maximum is 876000h",
    ],
    [['wacth', 't'], "unknown command 'wacth' (Did you mean watch?); run"],
    [['get', 't', '--token', 'x'], "unknown option '--token'"],
    [['get', 't', '--token=s3cret'], "unknown option '--token'"],
    [['get', 't', '--token-file', TOKEN], "--token-file '[token]' cannot be read (ENOENT); check the path"],
    [['watch', 't', '--api-url', 'https://api.extruct.ai/?'], '--api-url contains a query or a fragment'],
    [['watch', 't', '--api-url', 'https://api.extruct.ai/#'], '--api-url contains a query or a fragment'],
    [['watch', 't', '--interval'], "option '--interval <duration>' argument missing"],
    [['demo', 'opera'], "unknown scenario 'opera'; set one of done, exhausted"],
    [['sandbox', '--port', '70000'], "--port cannot be '70000'; set a number"],
    [['sandbox', '--speed', '0'], "--speed cannot be '0'; set a number above 0"],
    [['watch', '-', '--token-file', '-'], 'standard input cannot provide both the token and the tasks; set'],
  ])('%j exits 2 and says what is allowed, on one line', async (args, message) => {
    const api = await startApi();
    const ran = await run(args, { api });
    expect(ran).toMatchObject({ code: 2, stdout: '' });
    expect(ran.stderr).toContain(`error: ${message}`);
    expect(ran.stderr.split('\n').at(-2)).toMatch(/^error: [^\n]+; [^\n]*\b(run|set|check)\b/);
    expect(api.requests).toEqual([]);
  });

  it('names the variable that the value is from', async () => {
    const ran = await run(['get', 't'], { env: { EXTRUCT_API_URL: 'http://example.com' } });
    expect(ran).toMatchObject({ code: 2, stderr: expect.stringContaining("EXTRUCT_API_URL cannot be 'http://example.com'") });
  });

  it.each(['localhost.', '127.0.0.1.', 'LOCALHOST'])('is none where the address is this machine, as %s', async (host) => {
    const api = await startApi();
    const url = api.url.replace('127.0.0.1', host);
    expect((await run(['get', 't'], { env: { EXTRUCT_API_URL: url } })).code).toBe(8);
    expect(api.requests).toHaveLength(1);
  });

  it('does not repeat a URL that holds a password', async () => {
    const ran = await run(['get', 't', '--api-url', 'https://me:hush@api.extruct.ai']);
    expect(ran).toMatchObject({ code: 2, stderr: expect.stringContaining('--api-url contains a user or password') });
    expect(ran.stderr).not.toContain('hush');
  });

  it('is all that any value of any option comes to, never an exception', async () => {
    const options = ['--interval', '--timeout', '--request-timeout', '--retry-for', '--heartbeat', '--progress', '--api-url'];
    const values = fc.oneof(fc.string({ minLength: 1 }), fc.constantFrom('-V', '--version', '-h', '--', '-'));
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...options), values, async (option, value) => {
        const ran = await run(['watch', 'bad/id', option, value]);
        expect(ran).toMatchObject({ code: 2, stdout: '' });
        expect(ran.stderr).toMatch(/^error: [^\n]+\n$/);
      }),
      { numRuns: 60 },
    );
  });
});

describe('--timeout', () => {
  it.each([[['watch', '-']], [['get', 't', '--token-file', '-']]])('counts while %j waits for standard input', async (args) => {
    const ran = await runBinary([...args, '--timeout', '300ms'], { keepStdinOpen: true });
    expect(ran).toMatchObject({
      code: 124,
      stdout: '',
      stderr: expect.stringMatching(/^error: .* did not end within 300ms \(--timeout\); check .*\n$/),
    });
  });
});

describe('the address of the API', () => {
  it.each(['http://localhost:1', 'http://127.0.0.1:1', 'http://127.1:1', 'http://127.255.0.9:1', 'http://[::1]:1'])(
    'may be http on loopback: %s',
    async (url) => {
      const ran = await run(['get', 't', '--api-url', url, '--retry-for', '0']);
      expect(ran.code).toBe(1);
    },
  );

  it('may be http elsewhere with --insecure-http', async () => {
    const ran = await run(['get', 't', '--api-url', 'http://api.extruct.invalid', '--insecure-http', '--retry-for', '0']);
    expect(ran.code).toBe(1);
  });

  it.each(['/v1', '/v1/', '/v1//'])('may end in %s, as the documentation writes it', async (end) => {
    const api = await startApi();
    await run(['get', 't'], { env: { EXTRUCT_API_URL: `${api.url}${end}` } });
    await run(['get', 't', '--api-url', `${api.url}/gateway${end}`]);
    expect(api.requests.map(({ path }) => path)).toEqual(['/v1/discovery_tasks/t', '/gateway/v1/discovery_tasks/t']);
  });

  it('from the flag beats the environment', async () => {
    const api = await startApi();
    await run(['get', 't', '--api-url', api.url], { env: { EXTRUCT_API_URL: 'http://127.0.0.1:1' } });
    expect(api.requests).toHaveLength(1);
  });
});

describe('the token', () => {
  it.each([
    ['a file', (path: string) => ['--token-file', path], ''],
    ['standard input', () => ['--token-file', '-'], '  from-file-1234\n'],
  ])('is read from %s, before the environment, without the white space around it', async (_where, flags, stdin) => {
    const api = await startApi();
    await run(['get', 't', ...flags(file('\n\tfrom-file-1234\r\n'))], { api, stdin });
    expect(api.requests[0]?.headers.authorization).toBe('Bearer from-file-1234');
  });

  it.each(['two words', 'first\nsecond', 'naïve-token', 'nul\u0000byte', 'esc\u001b[0m'])(
    '%j is refused without being repeated',
    async (token) => {
      const api = await startApi();
      for (const setting of [
        { api, env: { EXTRUCT_API_TOKEN: token } },
        { api, stdin: token, flags: ['--token-file', '-'] },
      ]) {
        const ran = await run(['get', 't', ...('flags' in setting ? (setting.flags ?? []) : [])], setting);
        expect(ran).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('contains invalid characters') });
        for (const part of token.split(/\s/)) expect(ran.stderr).not.toContain(part);
      }
      expect(api.requests).toEqual([]);
    },
  );

  it.each(['"tok-123"', "'tok-123'", '"tok-123', 'tok-123"', '\u201ctok-123\u201d'])(
    'with quotes around it, as %s, is refused in words that say so',
    async (token) => {
      const ran = await run(['get', 't'], { env: { EXTRUCT_API_TOKEN: token } });
      expect(ran).toMatchObject({
        code: 2,
        stderr: 'error: EXTRUCT_API_TOKEN has quotes around it; set it without quotes\n',
      });
      expect((await run(['get', 't', '--token-file', file(token)])).stderr).toMatch(/token has quotes around it/);
    },
  );

  it('is read from the file that EXTRUCT_API_TOKEN_FILE names, behind the flag and EXTRUCT_API_TOKEN', async () => {
    const api = await startApi();
    const env = { EXTRUCT_API_TOKEN: ' ', EXTRUCT_API_TOKEN_FILE: file('from-variable\n') };
    await run(['get', 't'], { api, env });
    await run(['get', 't'], { api, env: { ...env, EXTRUCT_API_TOKEN: 'itself-0123' } });
    await run(['get', 't', '--token-file', file('from-flag')], { api, env });
    const sent = api.requests.map(({ headers }) => headers.authorization);
    expect(sent).toEqual(['Bearer from-variable', 'Bearer itself-0123', 'Bearer from-flag']);
  });

  it.each([
    ['/nowhere', "EXTRUCT_API_TOKEN_FILE '/nowhere' cannot be read (ENOENT); check the path"],
    ['-', "EXTRUCT_API_TOKEN_FILE cannot be '-'; set a path"],
    ['/dev/zero', 'the token in /dev/zero is too long; check EXTRUCT_API_TOKEN_FILE'],
  ])('is not read from %s in EXTRUCT_API_TOKEN_FILE', async (path, message) => {
    const ran = await run(['get', 't'], { env: { EXTRUCT_API_TOKEN: '', EXTRUCT_API_TOKEN_FILE: path } });
    expect(ran).toMatchObject({ code: 2, stderr: `error: ${message}\n` });
  });

  it.each(['utf16le', 'latin1'] as const)('in a file in %s is not taken for an invalid token', async (encoding) => {
    const path = file(Buffer.from('\ufefftok-0123\u00e9', encoding));
    const ran = await run(['get', 't', '--token-file', path]);
    expect(ran).toMatchObject({
      code: 2,
      stderr: `error: --token-file '${path}' is not UTF-8 text; save it as UTF-8\n`,
    });
  });

  it.each(['/nowhere/token', '/', '/dev/zero'])('cannot be read from %s: a usage error', async (path) => {
    const ran = await run(['get', 't', '--token-file', path]);
    expect(ran).toMatchObject({ code: 2, stdout: '', stderr: expect.stringMatching(/^error: .*; check .*\n$/) });
  });

  it.each<[string, string[], string?]>([
    ['another flag', ['--interval', SECRET]],
    ['another flag, itself on standard input', ['--interval', SECRET], '-'],
    ['a task', [`${SECRET}!`]],
    ['the address', ['--api-url', `http://${SECRET}.example`]],
    ['place of its path', [], SECRET],
  ])('is struck out of a usage error where it stands in %s', async (_place, args, path = file(SECRET)) => {
    const env = { EXTRUCT_API_TOKEN: '' };
    const flag = await run(['watch', 't', ...args, '--token-file', path], { env, stdin: SECRET });
    const variable = await run(['watch', 't', ...args], { env: { ...env, EXTRUCT_API_TOKEN_FILE: path } });
    for (const { code, stderr } of path === '-' ? [flag] : [flag, variable]) {
      expect([code, stderr]).toEqual([2, expect.stringMatching(/^error: .*\[token\]/)]);
      expect(stderr.toLowerCase()).not.toContain(SECRET.toLowerCase());
    }
  });

  it.each([' sekret-\nabcdef', 'sekret- abcdef', 'sek ret-\r\n\tabc\u00a0def\u2028', 's\u0001ekret-\u0085abcdef'])(
    'is struck out of a usage error where it was pasted as %j',
    async (pasted) => {
      const env = { EXTRUCT_API_TOKEN: 'sekret-abcdef', GITHUB_ACTIONS: 'true' };
      for (const args of [['--interval', pasted], [`${pasted}!`], [`--x${pasted}`], ['-o', pasted]]) {
        const { code, stderr } = await run(['watch', 't', ...args], { env });
        expect([code, stderr]).toEqual([2, expect.stringMatching(/\[token\]/)]);
        expect(stderr).not.toMatch(/sek|def/i);
      }
    },
  );

  // Signs that are escaped in an annotation, that end an option's name, and that a runner would take for a command.
  const AWKWARD = 'Zq7%25==##[x.K9-0123456789';
  const SOURCES: [string, { args?: string[]; env?: Record<string, string>; stdin?: string }][] = [
    ['EXTRUCT_API_TOKEN', { env: { EXTRUCT_API_TOKEN: AWKWARD } }],
    ['EXTRUCT_API_TOKEN_FILE', { env: { EXTRUCT_API_TOKEN_FILE: 'path' } }],
    ['--token-file', { args: ['--token-file', 'path'] }],
    ['--token-file=', { args: ['--token-file=path'] }],
    ['standard input', { args: ['--token-file', '-'], stdin: AWKWARD }],
    ['both, the file last', { env: { EXTRUCT_API_TOKEN: 'another-one-12' }, args: ['--token-file', 'path'] }],
  ];
  it.each(SOURCES)('from %s is in no usage error, nor in an annotation of it, wherever it was typed', async (_name, source) => {
    const path = file(`${AWKWARD}\n`);
    const withPath = (word: string) => word.replace('path', path);
    const env = Object.fromEntries(Object.entries(source.env ?? {}).map(([name, value]) => [name, withPath(value)]));
    const setting = { stdin: source.stdin ?? '', env: { EXTRUCT_API_TOKEN: '', GITHUB_ACTIONS: 'true', ...env } };
    const more = (source.args ?? []).map(withPath);
    const lines = [
      [AWKWARD, ...more],
      ['get', `${AWKWARD}!`, ...more],
      ['get', 't', AWKWARD, ...more],
      ['get', 't', `--${AWKWARD}`, ...more],
      ['get', 't', `--token=${AWKWARD}`, ...more],
      ['get', 't', `-q${AWKWARD}`, ...more],
      ['watch', 't', '--interval', AWKWARD, ...more],
      ['watch', 't', '-o', AWKWARD, ...more],
      ['results', 't', '--no-such', ...more, '--columns', AWKWARD],
      // These take no token file.
      ...(source.args === undefined
        ? [
            ['help', AWKWARD],
            ['demo', AWKWARD],
            ['completion', AWKWARD],
          ]
        : []),
    ];
    for (const line of lines) {
      const { code, stdout, stderr } = await run(line, setting);
      expect({ line, code, stdout, stderr }).toMatchObject({ code: 2, stdout: '', stderr: expect.stringMatching(/^error: /m) });
      // Not a piece of it either.
      expect([line, stderr]).toEqual([line, expect.not.stringMatching(/Zq7|K9-0/)]);
    }
  });

  it('is not taken for one where the path has only a mistake in it', async () => {
    expect((await run(['get', 't', '--token-file', 'my-extruct-token.txt'])).stderr).toContain("'my-extruct-token.txt' cannot");
    expect((await run(['get', 't', '--token-file', `${tmpdir()}/my-extruct-token`])).stderr).toContain('my-extruct-token');
  });

  it('is refused where it is longer than a header may be', async () => {
    const ran = await run(['get', 't'], { env: { EXTRUCT_API_TOKEN: 'S3cret'.repeat(900) } });
    expect(ran).toMatchObject({ code: 2, stderr: 'error: EXTRUCT_API_TOKEN is too long; check its source\n' });
  });

  it.each(['', '  \n'])('is missing where the file or the variable holds %j', async (token) => {
    expect((await run(['get', 't'], { env: { EXTRUCT_API_TOKEN: token } })).code).toBe(4);
    expect((await run(['get', 't', '--token-file', file(token)])).code).toBe(4);
  });
});

describe('NODE_DEBUG', () => {
  it.each(['http', 'https', 'HTTP', 'net', 'fs,http', 'http*', '*', 'h*,timer'])(
    '%s would make Node.js print the token: a usage error, nothing is sent',
    async (sections) => {
      const api = await startApi();
      const ran = await run(['watch', 't', '--json'], { api, env: { NODE_DEBUG: sections } });
      expect(ran).toMatchObject({
        code: 2,
        stdout: '',
        stderr: expect.stringMatching(/^error: NODE_DEBUG .* print the token; set it without .*, or add --insecure-debug\n$/),
      });
      expect(api.requests).toEqual([]);
    },
  );

  it.each(['fs', 'timer,dns', 'httpx', '', 'a.b('])('%j is none of our business', async (sections) => {
    const api = await startApi();
    expect((await run(['get', 't'], { api, env: { NODE_DEBUG: sections } })).code).toBe(8);
  });

  it('may be whatever it is with --insecure-debug', async () => {
    const api = await startApi();
    expect((await run(['get', 't', '--insecure-debug'], { api, env: { NODE_DEBUG: 'http' } })).code).toBe(8);
  });
});

describe('COLUMNS', () => {
  it('of a billion is no reason to print a billion', async () => {
    const api = await startApi();
    const ran = await run(['get', 't'], { api, env: { COLUMNS: '999999999' } });
    expect(ran.code).toBe(8);
    expect(ran.stdout.length).toBeLessThan(20_000);
  });
});

describe('flags', () => {
  it('of watch are taken by get as well, so that a script can keep one set', async () => {
    const api = await startApi();
    api.replies(task(ENDED.done));
    const ran = await run(['get', 't', '--interval', '5s', '--progress', 'plain', '--heartbeat', '1m'], { api });
    expect(ran.code).toBe(0);
  });

  it.each(['--results', '-o'])('%s of watch is refused by get, which reads no companies', async (name) => {
    const api = await startApi();
    const ran = await run(['get', 't', name, ...(name === '-o' ? ['x.csv'] : [])], { api });
    expect(ran).toMatchObject({ code: 2, stderr: expect.stringContaining(`error: unknown option '${name}'`) });
    expect(api.requests).toEqual([]);
  });

  it.each([
    [['--color'], {}, true],
    [['--no-color'], { FORCE_COLOR: '1' }, false],
    [[], { FORCE_COLOR: '1' }, true],
    [[], { FORCE_COLOR: '0' }, false],
    [[], { FORCE_COLOR: '1', NO_COLOR: '1' }, true],
    [['--color'], { NO_COLOR: '1' }, true],
    [[], {}, false],
  ])('%j with %j colours a pipe: %s', async (flags, env, isColored) => {
    const api = await startApi();
    const ran = await run(['get', 't', ...flags], { api, env });
    expect(ran.stdout.includes('\u001b[')).toBe(isColored);
  });

  it.each([
    [{}, true],
    [{ NO_COLOR: '1' }, false],
    [{ NO_COLOR: '' }, true],
    [{ TERM: 'dumb' }, false],
  ])('on a terminal, colours are on with %j: %s', async (env, isColored) => {
    const api = await startApi();
    const ran = await run(['get', 't'], { api, env, stdoutColumns: 80 });
    expect(ran.stdout.includes('\u001b[')).toBe(isColored);
  });

  it('never colour progress in a log', async () => {
    const api = await startApi();
    api.replies(task(ENDED.done));
    expect((await run(['watch', 't', '--color'], { api })).stderr).not.toContain('\u001b');
  });

  it('--verbose, or DEBUG, tells each request', async () => {
    const api = await startApi();
    api.replies(task(), task(ENDED.done));
    for (const setting of [
      { flags: ['-v'], env: {} },
      { flags: [], env: { DEBUG: 'other,extruct-task' } },
    ]) {
      const ran = await run(['watch', 't', '-q', '--interval', '100ms', ...setting.flags], { api, env: setting.env });
      expect(ran.stderr).toMatch(/^(> GET http:\/\/127\.0\.0\.1:\d+\/v1\/discovery_tasks\/t 200 \d+ms attempt=1\n)+$/);
      expect(ran.stderr).not.toContain(TOKEN);
    }
  });
});

describe('help', () => {
  it.each([
    [['--help'], 'Commands:'],
    [['help', 'watch'], 'Exit codes:'],
    [['get', '--help'], 'extruct-task get <task> --json | jq .num_results'],
    [['watch', '--help'], '--retry-for <duration>'],
    [['demo', '--help'], 'Scenarios: done, exhausted'],
    [['sandbox', '--help'], '--speed <factor>'],
  ])('%j is on stdout, and exits 0', async (args, text) => {
    expect(await run(args)).toMatchObject({ code: 0, stderr: '', stdout: expect.stringContaining(text) });
  });

  it('is printed on stderr, with 2, where no command is named', async () => {
    expect(await run([])).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('Commands:') });
  });

  it('--version prints the version alone', async () => {
    expect(await run(['--version'])).toMatchObject({ code: 0, stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) });
  });
});
