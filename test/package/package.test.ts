import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { body, list, results, startApi, task } from '../support/api.ts';
import { type Packed, pack } from '../support/packed.ts';
import { TOKEN } from '../support/run.ts';
import { runFile } from '../support/run-file.ts';
import { ENDED, wireResult, wireTask } from '../support/tasks.ts';

/*
 * The package as a user gets it: packed, installed somewhere else, used from there.
 */

const DOCS = resolve(import.meta.dirname, '../../docs/library.md');

/** Every file of the package is of one of these kinds, each a pattern and how many there may be. */
const KINDS: readonly (readonly [RegExp, (count: number) => boolean])[] = [
  [/^(?:package\.json|README\.md|LICENSE|CHANGELOG\.md|THIRD_PARTY_NOTICES)$/, (count) => count === 5],
  [/^bin\/(?:extruct-task\.js|package\.json)$/, (count) => count === 2],
  [/^dist\/[\w-]+\.cjs(?:\.map)?$/, (count) => count > 5],
  [/^dist\/library\/[\w-]+\.js$/, (count) => count > 1],
  [/^dist\/library\/types\/(?:core|library)\/[\w-]+\.d\.ts$/, (count) => count > 1],
  [/^man\/extruct-task\.1$/, (count) => count === 1],
];

const WATCHER = `
  import { type Outcome, watchTask, type WatchEvent } from 'extruct-task';

  declare const process: { readonly argv: string[]; exitCode: number };
  declare const console: { log(text: string): void };

  const events: WatchEvent['kind'][] = [];
  const [, , apiUrl = '', token = ''] = process.argv;
  const watch = watchTask('task-1', { apiUrl, token, interval: 100, signal: new AbortController().signal });
  for await (const event of watch) events.push(event.kind);
  const outcome: Outcome = await watch.outcome;
  console.log(JSON.stringify({ events, outcome }));
  process.exitCode = outcome.exitCode;
`;

let packed: Packed;

beforeAll(async () => {
  packed = await pack();
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
    const program = await packed.installProgram();
    const { stdout } = await runFile(program, ['demo', 'instant']);
    expect(stdout).toMatch(/instant-demo/);
    const manual = resolve(dirname(program), '../share/man/man1/extruct-task.1');
    expect(readFileSync(manual, 'utf8')).toMatch(/^\.TH "EXTRUCT\\-TASK" 1 /);
  });
});

describe('the installed library', () => {
  beforeAll(() => packed.installLibrary());

  it('watches a task for a strict TypeScript project that knows nothing of Node', async () => {
    const out = await packed.compile({ watcher: WATCHER }, []);
    const api = await startApi();
    api.replies(task(), task(), task(ENDED.done));
    const { stdout, stderr } = await runFile(process.execPath, [join(out, 'watcher.js'), api.url, TOKEN]);
    expect(JSON.parse(stdout)).toMatchObject({
      events: ['snapshot', 'snapshot', 'snapshot', 'settled'],
      outcome: { kind: 'done', exitCode: 0, task: { id: 'task-1' } },
    });
    expect(stderr).toBe('');
  });

  it('does what docs/library.md shows', async () => {
    const id = '0b6f7f0e-7c1e-4c55-9d6f-3f2b8f1f7a10';
    const examples = [...readFileSync(DOCS, 'utf8').matchAll(/```ts\n(.*?)```/gs)].map(([, code = '']) => code);
    // The reader's API is the real one.
    const turned = examples.map((code) =>
      code.replaceAll("token: process.env.EXTRUCT_API_TOKEN ?? ''", '$&, apiUrl: process.env.EXTRUCT_API_URL'),
    );
    const out = await packed.compile(Object.fromEntries(turned.map((code, index) => [`example-${index}`, code])), ['node']);
    const printed = turned.map(async (_, index) => {
      const api = await startApi();
      api.replies(task({ num_results: 10 }), task({ ...ENDED.done, table_id: 'table-7' }));
      const whole = JSON.stringify(wireTask({ id, desired_num_results: 75 }));
      api.repliesTo('discovery_tasks', body(200, whole));
      api.repliesTo('resume', body(200, whole));
      api.repliesTo('results?offset=0&limit=50', results([wireResult(1, { scores: { roofs: { grade: 4 } } })]));
      api.repliesTo('discovery_tasks?offset=0&limit=5', list([wireTask({ id: 'newest' })]));
      const { stdout, stderr } = await runFile(process.execPath, [join(out, `example-${index}.js`)], {
        EXTRUCT_API_TOKEN: TOKEN,
        EXTRUCT_API_URL: api.url,
      });
      const others = ['', `/${id}/resume`, `/${id}/results?offset=0&limit=50`, '?offset=0&limit=5'];
      const allowed = turned[index]?.includes('createTask') ? [`/${id}`, ...others] : [`/${id}`];
      expect(allowed.map((path) => `/v1/discovery_tasks${path}`)).toEqual(
        expect.arrayContaining(api.requests.map(({ path }) => path)),
      );
      expect(stderr).toBe('');
      return stdout;
    });
    expect(await Promise.all(printed)).toEqual([
      '10 of 50\n50 of 50\nIt is done.\n',
      '50 companies\n',
      'running solar companies in Spain\n',
      'null\n',
      "Company 1 https://www.company-1.example/ 99 4\nIt looks for 75 now.\n[ 'newest' ]\n",
      'done\n',
      'TypeError: token is empty\n',
      'done\n',
    ]);
  });
});
