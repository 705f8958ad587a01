import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { startSandbox } from '../../src/sandbox/index.ts';
import { type Compiler, type Packed, type Project, pack } from '../support/packed.ts';
import { runFile } from '../support/run-file.ts';

/*
 * The package as a user gets it: packed, installed somewhere else, used from there.
 */

const DOCS = resolve(import.meta.dirname, '../../docs/library.md');

/** Every file of the package is of one of these kinds, each a pattern and how many there may be. */
const KINDS: readonly (readonly [RegExp, (count: number) => boolean])[] = [
  [/^(?:package\.json|README\.md|LICENSE|CHANGELOG\.md|THIRD_PARTY_NOTICES)$/, (count) => count === 5],
  [/^bin\/(?:extruct-task\.js|package\.json)$/, (count) => count === 2],
  [/^dist\/[\w-]+\.cjs(?:\.map)?$/, (count) => count > 5],
  [/^dist\/library\/[\w-]+\.js$/, (count) => count > 2],
  [/^dist\/library\/[\w-]+\.cjs$/, (count) => count > 2],
  [/^dist\/library\/types\/(?:index|(?:client|core|sandbox)\/[\w-]+)\.d\.c?ts$/, (count) => count > 2 && count % 2 === 0],
  [/^man\/extruct-task\.1$/, (count) => count === 1],
];

/** A program without a line of Node's types, that goes the whole way in a sandbox of its own. */
const PROGRAM = `
  import { Extruct, ExtructError, isHighFit, verdictOf, type Company, type Outcome, type Update } from 'extruct-task';
  import { startSandbox } from 'extruct-task/sandbox';

  declare const console: { log(text: string): void };

  async function main(): Promise<void> {
    const sandbox = await startSandbox({ speed: 2000 });
    const extruct = new Extruct({ apiUrl: sandbox.url, token: sandbox.token, signal: new AbortController().signal });
    const task = await extruct.tasks.create({ query: 'x', desired_num_results: 5, data_sources: ['maps'] });
    const updates: Update['kind'][] = [];
    const watch = extruct.tasks.watch(task.id, { intervalMs: 400, until: [(seen) => seen.num_results > 250] });
    for await (const update of watch) updates.push(update.kind);
    const outcome: Outcome = await watch.outcome();
    // The sandbox's list of companies lags behind its counters.
    let companies: Company[] = [];
    while (companies.length < outcome.task.num_results) {
      companies = [];
      for await (const company of extruct.tasks.results(task.id)) if (isHighFit(company, task.criteria)) companies.push(company);
    }
    const lost = await extruct.tasks.get('no-such-task').catch((error: unknown) => error);
    await sandbox.close();
    console.log(
      JSON.stringify({
        updates: new Set(updates).size,
        outcome: outcome.kind,
        verdict: verdictOf(outcome.task),
        companies: companies.length,
        lost: lost instanceof ExtructError && lost.kind,
      }),
    );
  }

  void main();
`;

/** The same, as CommonJS had it before there were imports. */
const REQUIRING = PROGRAM.replace(
  /import \{ (Extruct,.*?), type.* from '(.*?)';/,
  "import library = require('$2');\n  const { $1 } = library;",
)
  .replace(/import \{ startSandbox \} from '(.*?)';/, "import sandboxes = require('$1');\n  const { startSandbox } = sandboxes;")
  .replaceAll(/: (Company|Outcome|Update)\b/g, ': library.$1');

const COMMONJS = { sources: { 'a.ts': PROGRAM }, type: 'commonjs' } as const;

/** The ways in which projects of a compiler find types and code, each with what it makes. The examples of the docs go by nodenext, as ESM. */
const WAYS: readonly (readonly [compiler: Compiler, ways: readonly (readonly [made: string, Project])[]])[] = [
  [
    'typescript',
    [
      ['a.mjs', { sources: { 'a.mts': PROGRAM }, compilerOptions: { module: 'node16' } }],
      ['a.cjs', { sources: { 'a.cts': PROGRAM }, compilerOptions: { module: 'node16' } }],
      ['a.cjs', { sources: { 'a.cts': REQUIRING }, compilerOptions: { module: 'nodenext' } }],
      ['a.js', { sources: { 'a.ts': PROGRAM }, compilerOptions: { module: 'esnext', moduleResolution: 'bundler' } }],
    ],
  ],
  [
    'typescript-5',
    [
      ['a.js', { ...COMMONJS, compilerOptions: { module: 'commonjs', moduleResolution: 'node10' } }],
      ['a.js', { ...COMMONJS, compilerOptions: { module: 'node16' } }],
    ],
  ],
];

/** What a user may mistype, and a part of what the compiler says to it. */
const SLIPS: readonly (readonly [line: string, message: string])[] = [
  ["extruct.tasks.create({ query: 'x', desired_num_result: 5 });", "'desired_num_result' does not exist in type 'TaskRequest'"],
  ["extruct.tasks.create({ query: 'x', data_sources: ['map'] });", `Type '"map"' is not assignable`],
  ["extruct.tasks.get('x', { timeout: 5 });", "'timeout' does not exist in type 'CallOptions'"],
  ["extruct.tasks.list({ status: 'over' });", `Type '"over"' is not assignable`],
  ["extruct.tasks.get('x').then(({ num_result }) => num_result);", "'num_result' does not exist on type 'Task'"],
  ["extruct.tasks.wait('x').then(({ condition }) => condition);", "'condition' does not exist on type 'Outcome'"],
  ['new Extruct({});', "'token' is missing"],
];

let packed: Packed;
let command: string;

beforeAll(async () => {
  packed = await pack();
  command = await packed.install();
});

afterAll(() => packed.remove());

describe('the package', () => {
  it('holds files of these kinds, and no other', () => {
    const counts = KINDS.map(([pattern]) => packed.files.filter((path) => pattern.test(path)).length);
    expect(packed.files.filter((path) => !KINDS.some(([pattern]) => pattern.test(path)))).toEqual([]);
    expect(counts.map((count, index) => KINDS[index]?.[1](count))).toEqual(KINDS.map(() => true));
  });

  it('says of itself what is in it', async () => {
    const { messages, pkg } = await publint({ pack: { tarball: new Uint8Array(packed.tarball).buffer }, strict: true });
    expect(messages.map((message) => formatMessage(message, pkg))).toEqual([]);
  });
});

describe('the installed program', () => {
  it('runs, and has a man page where man looks for it', async () => {
    const { stdout } = await runFile(command, ['demo', 'instant']);
    expect(stdout).toMatch(/instant-demo/);
    const manual = resolve(dirname(command), '../share/man/man1/extruct-task.1');
    expect(readFileSync(manual, 'utf8')).toMatch(/^\.TH "EXTRUCT\\-TASK" 1 /);
  });
});

describe('the installed library', () => {
  it.each(WAYS)('goes the whole way for strict projects that know nothing of Node, compiled by %s', async (compiler, ways) => {
    const folders = await packed.compile(
      ways.map(([, project]) => project),
      compiler,
    );
    const made = ways.map(([file], index) => join(folders[index] ?? '', file));
    const load = `for (const file of ${JSON.stringify(made)}) import(file)`;
    const { stdout, stderr } = await runFile(process.execPath, ['-e', load]);
    const told = { updates: 1, outcome: 'done', verdict: 'done', companies: 5, lost: 'not_found' };
    expect(stdout.trim().split('\n')).toEqual(ways.map(() => JSON.stringify(told)));
    expect(stderr).toBe('');
  });

  it('does not compile a slip, and says what is wrong', async () => {
    const source = ([line]: readonly [string, string]) =>
      `import { Extruct } from 'extruct-task';\ndeclare const extruct: Extruct;\n${line}\n`;
    const sources = Object.fromEntries(SLIPS.map((slip, index) => [`slip-${index}.ts`, source(slip)]));
    const { stdout } = await packed.compile([{ sources, compilerOptions: { module: 'nodenext' } }]).then(
      () => expect.unreachable('all of it compiles'),
      (failed: { readonly stdout: string }) => failed,
    );
    const told = stdout.split(/^(?=\S)/m);
    expect(told).toEqual(
      SLIPS.map(([, message], index) => expect.stringMatching(new RegExp(`^\\S*slip-${index}\\.ts\\(3,.*${message}`, 's'))),
    );
  });

  it('does what docs/library.md shows', async () => {
    const examples = [...readFileSync(DOCS, 'utf8').matchAll(/```ts\n(.*?)```/gs)].map(([, code = '']) => code);
    const sources = examples.map((code, index) => [`example-${index}.ts`, code] as const);
    const compilerOptions = { module: 'nodenext', types: ['node'] };
    const [out = ''] = await packed.compile([{ sources: Object.fromEntries(sources), compilerOptions }]);
    const printed = sources.map(async (_, index) => {
      const sandbox = await startSandbox({ speed: 100 });
      onTestFinished(sandbox.close);
      const env = { EXTRUCT_API_TOKEN: sandbox.token, EXTRUCT_API_URL: sandbox.url };
      const { stdout, stderr } = await runFile(process.execPath, [join(out, `example-${index}.js`)], env);
      expect(stderr).toBe('');
      return stdout;
    });
    expect(await Promise.all(printed)).toEqual([
      expect.stringMatching(/^done: 50 of 50\n(?:.+ [45]\n){5}$/),
      expect.stringMatching(/^0 of 50\n(?:\d+ of 50\n)*50 of 50\nThe task is done\.\n$/),
      expect.stringMatching(/^(?:condition_met|done)\n$/),
      expect.stringMatching(/^not_found 404 Task no-such-task was not found in this workspace \(404\): .*\n$/),
      expect.stringMatching(/^running: 0 of 0 are high-fit\n$/),
      expect.stringMatching(/^instant .*\n$/),
      'GET 200 1\nError: one look is enough\n',
      'failed\n',
    ]);
  });
});
