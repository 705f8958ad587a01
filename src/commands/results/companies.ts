import { commandOf } from '../../cli/advice.ts';
import type { Context } from '../../cli/command.ts';
import type { Answered } from '../../core/attempts.ts';
import { type Company, type CompanyFilter, isHighFit, passes } from '../../core/company.ts';
import { sentence } from '../../core/failure.ts';
import { type Found, findCompanies } from '../../core/found.ts';
import { isUnderWay } from '../../core/outcome.ts';
import { writeWarning } from '../../render/messages.ts';
import { escapeInJson } from '../../render/sanitize.ts';
import { columnsOf, rowColumnsOf } from '../session/screen.ts';
import type { Session } from '../session/session.ts';
import type { Access } from '../session/settings.ts';

/** What is wanted of a task's results, and how it is to be printed. */
export interface ResultsWish {
  readonly format: 'table' | 'json' | 'csv' | 'markdown';
  /** Every column in its whole width. */
  readonly wide: boolean;
  /** With the reason for each grade. */
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

/** Asks for the wanted part of a task's results. */
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

/** Warns if some of the wanted results may be missing. `name` is put in front, for one of several tasks. */
export function warnOfGaps({ task, moved, missing }: Found, name: string, { settings }: Access, { stderr }: Context): void {
  if (!moved && missing === 0) return;
  const { highFit } = task.funnel;
  const came = `${highFit - missing} ${highFit - missing === 1 ? 'company' : 'companies'}`;
  const state = moved ? 'The results changed while they were read' : 'The results are incomplete';
  const what =
    missing > 0 ? `${state}: the API gave ${came}, but the task counts ${highFit}` : `${state}, so some may be missing`;
  const later = isUnderWay(task) ? 'once the task has ended' : 'in a minute';
  const fix = `run \`${commandOf(`results ${task.id}`, settings.way)}\` again ${later}`;
  writeWarning(stderr, settings.colored.stderr, name + sentence({ what, fix }));
}

/** What was found, as it is printed. */
type Printed = Pick<Found, 'task' | 'companies' | 'yardsticks'>;

/** The companies in the wanted format, as whole lines; empty if there are none and the format needs no head. */
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
      const { companiesCsv } = await import('../../render/companies-csv.ts');
      return companiesCsv(companies, yardsticks, explain);
    }
    case 'markdown': {
      const { companiesMarkdown } = await import('../../render/companies-markdown.ts');
      return companiesMarkdown(companies, yardsticks, explain);
    }
    case 'table': {
      if (companies.length === 0) return '';
      const { companiesTable } = await import('../../render/companies-table.ts');
      const { companyDetails } = await import('../../render/company-details.ts');
      const { paintOf } = await import('../../render/paint.ts');
      const paint = paintOf(settings.colored.stdout);
      if (!explain) return companiesTable(companies, yardsticks, rowColumnsOf(host.stdout, host.env), wide, paint);
      const columns = columnsOf(host.stdout, host.env);
      return companies.map((company) => companyDetails(company, yardsticks, columns, paint)).join('');
    }
  }
}

/** What was printed, and how the task stands: nobody should take a part of the results for all of them. */
export function closingWords({ companies, yardsticks, task }: Printed, { filter, offset }: ResultsWish): string {
  const count = companies.length;
  const highFit = companies.filter((company) => isHighFit(company, yardsticks)).length;
  const isRunning = isUnderWay(task);
  const stands = `the task ${isRunning ? 'is running and has' : 'has'} found ${task.funnel.highFit} of ${task.target}`;
  if (count > 0) return `${count} ${count === 1 ? 'company' : 'companies'}, ${highFit} of them high-fit; ${stands}`;
  if (offset > 0) return `No companies after the first ${offset}${filter ? ' that pass the filter' : ''}; ${stands}`;
  if (filter) return `No companies pass the filter; ${stands}`;
  return task.funnel.highFit > 0 ? `No companies returned; ${stands}` : `No companies found${isRunning ? ' yet' : ''}`;
}
