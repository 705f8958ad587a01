import { commandOf, reasonOf } from '../../cli/advice.ts';
import type { Call, Context, Ending } from '../../cli/command.ts';
import type { Values } from '../../cli/option.ts';
import { UNEXPECTED } from '../../core/exit-code.ts';
import type { Reason } from '../../core/failure.ts';
import { type Found, listingOf } from '../../core/found.ts';
import type { Outcome } from '../../core/outcome.ts';
import { writeError, writeNote } from '../../render/messages.ts';
import { fetchFound, type Wanted, warnOfGaps } from '../companies/fetch.ts';
import { closingWords, companiesText, type Layout, narrowWords } from '../companies/text.ts';
import { endUnknown } from '../session/report.ts';
import { type Session, withSession } from '../session/session.ts';
import type { Access } from '../session/settings.ts';
import type { Named } from '../tasks/last.ts';
import { withTasks } from '../tasks/open.ts';
import { options } from './spec.ts';

/** `results`. */
export function runResults(call: Call<typeof options>): Promise<Ending> {
  const { output } = call.values;
  return withTasks({ command: 'results', most: Number.POSITIVE_INFINITY, file: output }, call, (named, access) =>
    results(named, call, access),
  );
}

/** The companies that tasks have found so far. */
async function results(
  { ids, unknown }: Named,
  { values, asGiven, context }: Call<typeof options>,
  access: Access,
): Promise<Ending> {
  if (unknown.length > 0) return endUnknown(unknown, access, context);
  const wanted = wantedBy(values);
  const afterwards = afterResults(ids, asGiven(options));
  const all = await withSession(afterwards, access, context, (session) => fetchAll(ids, wanted, session, context));
  if ('outcome' in all) return endUnknown([{ ...all, reason: reasonFor(all, ids, access) }], access, context);
  for (const { task, yardsticks } of all.found) {
    const keys = yardsticks.map(({ key }) => key);
    const stranger = keys.length > 0 && values.minGrade.find(([key]) => !keys.includes(key));
    if (stranger) return refuseGrade(stranger[0], keys, ids.length > 1 ? `Task ${task.id}` : 'The task', access, context);
  }
  return give(all.found, wanted, values, access, context);
}

function wantedBy({ offset, limit, highFit, minRelevance, minGrade }: Values<typeof options>): Wanted {
  const filters = highFit || minRelevance !== null || minGrade.length > 0;
  return {
    offset,
    limit: limit ?? Number.POSITIVE_INFINITY,
    filter: filters ? { highFit, minRelevance, minGrades: minGrade } : null,
  };
}

/** `given` are the options as they were given. */
function afterResults(ids: readonly string[], given: string) {
  const command = ids.length > 3 ? 'the same command' : `\`${commandOf(`results ${ids.join(' ')}`, given)}\``;
  return {
    unfinished: 'Not all results arrived',
    meanwhile: `${ids.length > 1 ? 'the tasks go' : 'the task goes'} on running on the server`,
    fix: `run ${command} to ask again`,
  };
}

/** What ended the reading, and of which task. */
interface Lost {
  readonly id: string;
  readonly outcome: Outcome;
}

/** What each task has found, one after the other: all of it, or what kept one from being read. */
async function fetchAll(
  ids: readonly string[],
  wanted: Wanted,
  session: Session,
  context: Context,
): Promise<{ readonly found: readonly Found[] } | Lost> {
  const all: Found[] = [];
  for (const [index, id] of ids.entries()) {
    if (index > 0) session.tell(`Read ${index} of ${ids.length} tasks so far`);
    const found = await fetchFound(id, wanted, session, context);
    if (!found.ok) return { id, outcome: found.outcome };
    all.push(found.value);
  }
  return { found: all };
}

function reasonFor({ id, outcome }: Lost, ids: readonly string[], { settings }: Access): Reason | null {
  const reason = reasonOf(outcome, { kind: 'task', id }, settings.way);
  const isOfTask = ids.length > 1 && outcome.kind !== 'interrupted' && outcome.kind !== 'timed_out';
  return reason && isOfTask ? { ...reason, what: `${id}: ${reason.what}` } : reason;
}

/** Room for the list of keys, in columns: they come from the server, and an error must stay one sentence. */
const KEYS_COLUMNS = 200;

async function refuseGrade(
  key: string,
  known: readonly string[],
  task: string,
  { settings }: Access,
  { stderr }: Context,
): Promise<Ending> {
  const what = `${task} has no criterion '${key}' (--min-grade)`;
  const { cut } = await import('../../render/format.ts');
  writeError(stderr, settings.colored.stderr, { what, fix: cut(`set one of ${known.join(', ')}`, KEYS_COLUMNS) }, false);
  return UNEXPECTED;
}

/** Prints or writes what was found, with what there is to say of it. */
async function give(
  found: readonly Found[],
  { offset, filter }: Wanted,
  values: Values<typeof options>,
  access: Access,
  context: Context,
): Promise<Ending> {
  const listing = listingOf(found);
  const { output, explain } = values;
  const layout = layoutOf(values);
  if (!output) context.stdout.write(await companiesText(listing, layout, access, context));
  for (const one of found) warnOfGaps(one, found.length > 1 ? `${one.task.id}: ` : '', access, context);
  if (output) {
    const { saveCompanies } = await import('../companies/save.ts');
    return (await saveCompanies(listing, output, explain, access, context)) ? 0 : UNEXPECTED;
  }
  if (!values.quiet && (layout.format === 'table' || listing.companies.length === 0)) {
    writeNote(context.stderr, closingWords(listing, offset, filter !== null));
    const narrow = await narrowWords(listing, layout, context);
    if (narrow !== '') writeNote(context.stderr, narrow);
  }
  return 0;
}

function layoutOf({ json, csv, markdown, wide, explain }: Values<typeof options>): Layout {
  return { format: json ? 'ndjson' : csv ? 'csv' : markdown ? 'markdown' : 'table', wide, explain };
}
