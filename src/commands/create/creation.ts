import { WIDER_QUERY } from '../../cli/advice.ts';
import type { Unread } from '../../cli/command.ts';
import { cannotRead, readShort } from '../../cli/read-short.ts';
import { checkCreateBody, type Problem } from '../../client/create-schema.ts';
import type { Reason } from '../../core/failure.ts';
import { parseTaskName, TASK_NAMES } from '../../core/task-reference.ts';
import { type Result, reasonsOf, usageError } from '../../core/usage.ts';
import type { Host } from '../../host.ts';
import { jsonOf, readCriteria } from './criteria-file.ts';
import type { options } from './spec.ts';

/** What `create` sends, checked against the documented limits. */
export interface Creation {
  /** The request's body without the tasks to exclude; text if it came whole from a file, so that it is sent unchanged. */
  readonly body: string | Readonly<Record<string, unknown>>;
  /** The tasks whose companies are excluded, as the user wrote them. */
  readonly excluded: readonly string[];
  /** The task that has the parts which the body lacks; null for none. */
  readonly like: string | null;
}

/** The longest file that is read, in bytes. A request is much shorter. */
const LONGEST_FILE = 1024 * 1024;

/** The flags that make up a body. */
const BODY_FLAGS = [
  '--like',
  '--desired',
  '--criterion',
  '--criteria-file',
  '--data-source',
  '--exclude-domain',
  '--exclude-task',
  '--table',
];

/** The flag that each field of the body comes from. */
const FLAG_OF_FIELD: Readonly<Record<string, string>> = {
  query: 'the query',
  desired_num_results: '--desired',
  data_sources: '--data-source',
  exclude_domains: '--exclude-domain',
  exclude_task_ids: '--exclude-task',
  table: '--table',
};

/** A call of `create` whose options may be partly invalid. */
type CreateCall = Unread<typeof options>;

/** What `create` reads besides its settings. All errors are reported together. */
export function needsOf(call: CreateCall) {
  const { bodyFile, criteriaFile } = call.values;
  const fromStdin = [
    ...(call.args[0] === '-' ? ['the query'] : []),
    ...(bodyFile === '-' ? ['the body'] : []),
    ...(criteriaFile === '-' ? ['the criteria'] : []),
  ];
  return { fromStdin, read: () => readCreation(call), tellsAll: true };
}

/** Whether an option needs `--reuse`, which was not given. */
export function lackOfReuse({ given }: Pick<CreateCall, 'given'>): readonly Reason[] {
  const isIdle = given.includes('--reuse-only') && !given.includes('--reuse');
  return isIdle ? [{ what: '--reuse-only requires --reuse', fix: 'add --reuse and a duration, such as 24h' }] : [];
}

/** Reads the query and the flags of `create`, or its file. */
function readCreation(call: CreateCall): Promise<Result<Creation>> {
  return call.values.bodyFile ? readBody(call.values.bodyFile, call) : readParts(call);
}

/** The request's body with the parts of an earlier task that it lacks, and the tasks to exclude, as JSON. */
export function createBody({ body, excluded }: Creation, earlier: object, excludedIds: readonly string[]): string {
  if (typeof body === 'string') return body;
  return JSON.stringify({ ...earlier, ...body, ...(excluded.length > 0 ? { exclude_task_ids: excludedIds } : {}) });
}

/**
 * What is wrong with a body that has parts of an earlier task. A data source that the documented limits do not list is not: what the
 * user set is checked, and the service, which named the others, may have learnt them since.
 */
export function refuseTaken(body: unknown, id: string): Reason[] {
  return checkCreateBody(body)
    .filter(({ path }) => !(path[0] === 'data_sources' && path.length > 1 && typeof valueAt(body, path) === 'string'))
    .map((problem) => {
      const { what, fix } = reasonOf(problem, body, (path) => `${wordsOf(path)} of task ${id}`);
      return { what, fix: `use ${FLAG_OF_FIELD[String(problem.path[0])] ?? '--criterion'} to ${fix}` };
    });
}

async function readBody(path: string, { args, given, context }: CreateCall): Promise<Result<Creation>> {
  const others = [...(args.length === 0 ? [] : ['a query']), ...BODY_FLAGS.filter((flag) => given.includes(flag))];
  if (others.length > 0) return usageError(`--body-file cannot be used with ${others.join(', ')}`, 'set everything in the file');
  const name = path === '-' ? 'standard input' : path;
  try {
    // A byte order mark is white space too.
    const text = (await readShort(path, context.host, LONGEST_FILE))?.trim();
    if (text === undefined) return usageError(`--body-file '${path}' is longer than 1 MiB`, 'check the path');
    const body: unknown = JSON.parse(text);
    const problems = checkCreateBody(body).map((problem) =>
      reasonOf(problem, body, (path) => (path.length > 0 ? `${wordsOf(path)} in ${name}` : name)),
    );
    return problems.length > 0 ? { ok: false, reasons: problems } : { ok: true, value: { body: text, excluded: [], like: null } };
  } catch (error) {
    if (error instanceof SyntaxError) return usageError(`--body-file '${path}' is not JSON`, 'check its content');
    return cannotRead(`--body-file '${path}'`, error);
  }
}

/** `criteria[0].name`; empty for the whole body. */
function wordsOf(path: Problem['path']): string {
  return path
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
    .join('')
    .slice(1);
}

async function readParts({ args, values, context }: CreateCall): Promise<Result<Creation>> {
  const { criteriaFile, desired, table } = values;
  const like = values.like ?? null;
  const query = args[0] === '-' ? await readQuery(context.host) : { ok: true as const, value: args[0] };
  if (!query.ok) return query;
  const fromFile = criteriaFile ? await readCriteria(criteriaFile, context.host, LONGEST_FILE) : null;
  const filed = fromFile?.ok ? fromFile.value : [];
  const texts = values.criterion ?? [];
  const criteria = [...filed, ...texts.map(parseCriterion)];
  const sources = values.dataSource ?? [];
  const domains = values.excludeDomain ?? [];
  const excluded = values.excludeTask ?? [];
  const body = {
    ...(query.value === undefined && like !== null ? {} : { query: query.value ?? '' }),
    ...(typeof desired === 'string' ? { desired_num_results: numberOf(desired) } : {}),
    ...(criteria.length > 0 ? { criteria } : {}),
    // A user who sets sources wants only those.
    ...(sources.length > 0 ? { auto_data_sources: false, data_sources: sources } : {}),
    ...(domains.length > 0 ? { exclude_domains: domains } : {}),
    ...(typeof table === 'string' ? { table: { id: table } } : {}),
  };
  const placeOf = ([field, index, part]: Problem['path']) => {
    if (field !== 'criteria' || index === undefined) return FLAG_OF_FIELD[String(field)] ?? String(field);
    const before = filed.length;
    const place =
      Number(index) < before
        ? `criterion ${Number(index) + 1} in ${criteriaFile}`
        : `--criterion '${texts[Number(index) - before]}'`;
    return part === undefined ? place : `the ${part === 'criterion' ? 'text' : String(part)} of ${place}`;
  };
  const checked = { ...body, ...(excluded.length > 0 ? { exclude_task_ids: excluded } : {}) };
  // Of a text in another form nothing else need be said.
  const isOfShapeless = ([field, index]: Problem['path']) => {
    const text = field === 'criteria' ? texts[Number(index) - filed.length] : undefined;
    return text !== undefined && isShapeless(text);
  };
  const reasons = [
    ...(fromFile ? reasonsOf(fromFile) : []),
    ...refusePlaceholder(query.value),
    ...texts.filter(isShapeless).map(refuseShapeless),
    ...checkCreateBody(like === null ? checked : { query: 'that of the earlier task', ...checked })
      .filter(({ path }) => !isOfShapeless(path))
      .map((problem) => reasonOf(problem, checked, placeOf)),
    ...excluded.flatMap((name) => refuseTask('--exclude-task', name)),
    ...(like === null ? [] : refuseTask('--like', like)),
  ];
  if (reasons.length > 0) return { ok: false, reasons };
  const idsOf = (names: readonly string[]) => [...new Set(names.flatMap((name) => parseTaskName(name) ?? []))];
  return { ok: true, value: { body, excluded: idsOf(excluded), like: like === null ? null : parseTaskName(like) } };
}

/** The query on standard input, without the white space around it. */
async function readQuery(host: Host): Promise<Result<string>> {
  const name = 'the query on standard input';
  try {
    const text = await readShort('-', host, LONGEST_FILE);
    return text === null ? usageError(`${name} is longer than 1 MiB`, 'check the pipe') : { ok: true, value: text.trim() };
  } catch (error) {
    return cannotRead(name, error);
  }
}

/** A query that was pasted as it stands, out of a command that the program named. */
function refusePlaceholder(query: string | undefined): Reason[] {
  const what = `'${WIDER_QUERY}' only stands for a query of your own`;
  return query === WIDER_QUERY ? [{ what, fix: 'put yours in its place' }] : [];
}

function isShapeless(text: string): boolean {
  return !/=[^:]*:/.test(text);
}

function refuseShapeless(text: string): Reason {
  return { what: `--criterion '${text}' is not of the form 'key=Name: text'`, fix: "set one such as 'spain=Spain: is in Spain'" };
}

/** Reads a criterion. The parts that are missing stay empty, and the check reports them. */
function parseCriterion(text: string): { key: string; name: string; criterion: string } {
  const [, key = '', name = '', criterion = ''] = /^([^=]*)(?:=([^:]*)(?::([\s\S]*))?)?$/.exec(text) ?? [];
  return { key: key.trim(), name: name.trim(), criterion: criterion.trim() };
}

function refuseTask(flag: string, name: string): Reason[] {
  return parseTaskName(name) === null ? [{ what: `${flag} cannot be '${name}'`, fix: `set ${TASK_NAMES}` }] : [];
}

function reasonOf({ path, wish }: Problem, body: unknown, placeOf: (path: Problem['path']) => string): Reason {
  const value = valueAt(body, path);
  const place = placeOf(path);
  if (value === undefined || value === '') return { what: `${place} is missing`, fix: `set ${wish}` };
  const shown = typeof value === 'string' ? `'${value}'` : (jsonOf(value) ?? 'nested so deeply');
  return { what: `${place} cannot be ${shown.length > 80 ? `${shown.slice(0, 79)}…` : shown}`, fix: `set ${wish}` };
}

function valueAt(body: unknown, path: Problem['path']): unknown {
  return path.reduce<unknown>((part, name) => (part as Record<PropertyKey, unknown> | undefined)?.[name], body);
}

/** A text that is not a number stays text, so that the check refuses it. */
function numberOf(text: string): unknown {
  return /^\d+$/.test(text) ? Number(text) : text;
}
