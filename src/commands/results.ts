import type { Answered } from '../core/attempts.ts';
import { type Company, type CompanyFilter, isHighFit, passes } from '../core/company.ts';
import { UNEXPECTED } from '../core/exit-code.ts';
import { sentence } from '../core/failure.ts';
import { type Found, findCompanies } from '../core/found.ts';
import { isUnderWay } from '../core/outcome.ts';
import { writeError, writeNote, writeWarning } from '../render/messages.ts';
import { escapeInJson } from '../render/sanitize.ts';
import type { Access, Context } from './context.ts';
import type { Named } from './name.ts';
import { endUnknown, endWith } from './report.ts';
import { columnsOf, rowColumnsOf } from './screen.ts';
import { type Session, withSession } from './session.ts';

/** What is wanted of a task's results, and how it is to be printed. */
export interface ResultsWish {
  readonly format: 'table' | 'json' | 'csv' | 'markdown';
  /** Every column in its whole width. */
  readonly wide: boolean;
  /** With what each grade was given for. */
  readonly explain: boolean;
  readonly offset: number;
  /** Infinity for all. */
  readonly limit: number;
  /** Null for everything. */
  readonly filter: CompanyFilter | null;
}

/** All results, as a table. */
export const ALL_RESULTS: ResultsWish = {
  format: 'table',
  wide: false,
  explain: false,
  offset: 0,
  limit: Number.POSITIVE_INFINITY,
  filter: null,
};

/** Room for the keys that there are, in columns: they come from the server, and an error stays a sentence. */
const KEYS_COLUMNS = 200;

/** `results`: the companies that a task has found so far. Returns the exit code. */
export async function results({ ids, unknown }: Named, wish: ResultsWish, access: Access, context: Context): Promise<number> {
  const [id] = ids;
  if (id === undefined) return endUnknown(unknown, access, context);
  const afterwards = {
    unfinished: 'The results had not all come',
    meanwhile: 'the task goes on running on the server',
    fix: `run \`extruct-task results ${id}\` to ask again`,
  };
  const found = await withSession(afterwards, access, context, (session) => fetchFound(id, wish, session, context));
  if (!found.ok) return endWith(found.outcome, { kind: 'task', id }, access, context);
  const { yardsticks } = found.value;
  const stranger = wish.filter?.minGrades.find(([key]) => !yardsticks.some((known) => known.key === key));
  if (stranger && yardsticks.length > 0) {
    const what = `The task has no criterion '${stranger[0]}' (--min-grade)`;
    const { cut } = await import('../render/format.ts');
    const reason = { what, fix: cut(`set one of ${yardsticks.map(({ key }) => key).join(', ')}`, KEYS_COLUMNS) };
    writeError(context.stderr, access.settings.colored.stderr, reason, false);
    return UNEXPECTED;
  }
  context.stdout.write(await companiesText(found.value, wish, access, context));
  warnOfGaps(found.value, '', access, context);
  if (access.settings.progress !== 'none' && (wish.format === 'table' || found.value.companies.length === 0)) {
    writeNote(context.stderr, closingWords(found.value, wish));
  }
  return 0;
}

/** Asks for what is wanted of a task's results. */
export function fetchFound(
  id: string,
  { offset, limit, filter }: ResultsWish,
  { ask, signal }: Session,
  { host: { clock } }: Context,
): Promise<Answered<Found>> {
  const matches = filter && ((company: Company) => passes(company, filter));
  return findCompanies(
    (from, most) => ask((client, signal) => client.fetchResults(id, { offset: from, limit: most }, signal)),
    { offset, limit, matches },
    { clock, signal },
  );
}

/** Warns where some of what was wanted may not have come. `name` goes before it, for one of several tasks. */
export function warnOfGaps({ task, moved, missing }: Found, name: string, { settings }: Access, { stderr }: Context): void {
  if (!moved && missing === 0) return;
  const { highFit } = task.funnel;
  const came = `${highFit - missing} ${highFit - missing === 1 ? 'company' : 'companies'}`;
  const state = moved ? 'The results changed while they were read' : 'The results are incomplete';
  const what =
    missing > 0 ? `${state}: the API gave ${came}, but the task counts ${highFit}` : `${state}, so some may be missing`;
  const later = isUnderWay(task) ? 'once the task has ended' : 'in a minute';
  const fix = `run \`extruct-task results ${task.id}\` again ${later}`;
  writeWarning(stderr, settings.colored.stderr, name + sentence({ what, fix }));
}

/** What was found, as it is printed. */
type Printed = Pick<Found, 'task' | 'companies' | 'yardsticks'>;

/** The companies in the wished format, whole lines; nothing where there are none and no head is needed. */
export async function companiesText(
  { companies, yardsticks }: Printed,
  { format, wide, explain }: ResultsWish,
  { settings }: Access,
  { host }: Context,
): Promise<string> {
  switch (format) {
    case 'json':
      return companies.map(({ json }) => `${escapeInJson(json)}\n`).join('');
    case 'csv': {
      const { companiesCsv } = await import('../render/companies-csv.ts');
      return companiesCsv(companies, yardsticks, explain);
    }
    case 'markdown': {
      const { companiesMarkdown } = await import('../render/companies-markdown.ts');
      return companiesMarkdown(companies, yardsticks, explain);
    }
    case 'table': {
      if (companies.length === 0) return '';
      const { companiesTable } = await import('../render/companies-table.ts');
      const { companyDetails } = await import('../render/company-details.ts');
      const { paintOf } = await import('../render/paint.ts');
      const paint = paintOf(settings.colored.stdout);
      if (!explain) return companiesTable(companies, yardsticks, rowColumnsOf(host.stdout, host.env), wide, paint);
      const columns = columnsOf(host.stdout, host.env);
      return companies.map((company) => companyDetails(company, yardsticks, columns, paint)).join('');
    }
  }
}

/** What was printed, and how the task stands: whoever asked for a part is not to take it for the whole. */
export function closingWords({ companies, yardsticks, task }: Printed, { filter, offset }: ResultsWish): string {
  const count = companies.length;
  const highFit = companies.filter((company) => isHighFit(company, yardsticks)).length;
  const isRunning = isUnderWay(task);
  const stands = `the task ${isRunning ? 'runs, and has' : 'has'} found ${task.funnel.highFit} of ${task.target}`;
  if (count > 0) return `${count} ${count === 1 ? 'company' : 'companies'}, ${highFit} of them high-fit; ${stands}`;
  if (offset > 0) return `No company comes after the first ${offset}${filter ? ' that pass the filter' : ''}; ${stands}`;
  if (filter) return `No company passes the filter; ${stands}`;
  return task.funnel.highFit > 0 ? `No company came; ${stands}` : `No company has been found${isRunning ? ' yet' : ''}`;
}
