import type { Context } from '../../cli/command.ts';
import type { Company } from '../../core/company.ts';
import type { Listing } from '../../core/found.ts';
import { membersOf, withMembers } from '../../core/json-text.ts';
import { isUnderWay } from '../../core/outcome.ts';
import { counted } from '../../render/counted.ts';
import { deadenCommands, escapeInJson } from '../../render/sanitize.ts';
import type { FileFormat } from '../options/companies-file.ts';
import { columnsOf, drawn } from '../session/screen.ts';
import type { Access } from '../session/settings.ts';

/** How companies are to be printed. */
export interface Layout {
  readonly format: 'table' | Exclude<FileFormat, 'xlsx' | 'html'>;
  /** A table with every column in its whole width. */
  readonly wide: boolean;
  /** With the reason for each grade. */
  readonly explain: boolean;
}

/** The companies in the wanted format, as whole lines; empty if there are none and the format needs no head. */
export async function companiesText(
  listing: Listing,
  { format, wide, explain }: Layout,
  access: Access,
  context: Context,
): Promise<string> {
  switch (format) {
    case 'ndjson':
      return jsonOf(listing)
        .map((json) => `${json}\n`)
        .join('');
    case 'json':
      return `[${jsonOf(listing)
        .map((json) => `\n${json}`)
        .join(',')}${listing.companies.length > 0 ? '\n' : ''}]\n`;
    case 'csv': {
      const { companiesCsv } = await import('../../render/companies/csv.ts');
      return deadenCommands(companiesCsv(listing, explain));
    }
    case 'markdown': {
      const { companiesMarkdown } = await import('../../render/companies/markdown.ts');
      return companiesMarkdown(listing, explain);
    }
    case 'table': {
      const { companies, yardsticks, tasks } = listing;
      if (companies.length === 0) return '';
      const { companiesTable } = await import('../../render/companies/table.ts');
      const { companyDetails } = await import('../../render/companies/details.ts');
      return drawn(
        ({ columns, rowColumns, paint }) =>
          explain
            ? companyDetails(companies, yardsticks, columns, paint, tasks.length > 1)
            : companiesTable(listing, rowColumns, wide, paint),
        access,
        context,
      );
    }
  }
}

/** That a table on a terminal has no room for some of its columns; empty where it has. */
export async function narrowWords(listing: Listing, { format, wide, explain }: Layout, { host }: Context): Promise<string> {
  if (format !== 'table' || wide || explain || listing.companies.length === 0 || host.stdout.isTTY !== true) return '';
  const { leavesColumnsOut } = await import('../../render/companies/table.ts');
  const isCut = leavesColumnsOut(listing, columnsOf(host.stdout, host.env));
  return isCut ? 'Some columns have no room here: --wide prints all, -o writes them to a file' : '';
}

/** Each company as the API gave it; of several tasks, one that does not name its task gets the name. */
function jsonOf({ companies, tasks }: Listing): string[] {
  return companies.map((company) => escapeInJson(tasks.length > 1 ? withTask(company) : company.json));
}

function withTask({ json, taskId }: Company): string {
  if (!json.startsWith('{')) return json;
  const told = membersOf(json).get('task_id');
  return told?.startsWith('"') && told !== '""' ? json : withMembers(json, new Map([['task_id', JSON.stringify(taskId)]]));
}

/** What was printed, and how the task stands: nobody should take a part of the results for all of them. */
export function closingWords(listing: Listing, offset: number, isFiltered: boolean): string {
  const { companies, tasks } = listing;
  const stands = howFarWords(listing);
  if (companies.length > 0) return `${countWords(listing)}${stands}`;
  if (offset > 0) return `No companies after the first ${offset}${isFiltered ? ' that pass the filter' : ''}${stands}`;
  if (isFiltered) return `No companies pass the filter${stands}`;
  if (tasks.some(({ funnel }) => funnel.highFit > 0)) return `No companies returned${stands}`;
  return `No companies found${tasks.some(isUnderWay) ? ' yet' : ''}`;
}

/** How many companies were written to a file. */
export function writtenWords(listing: Listing, path: string): string {
  return `${countWords(listing)}, written to ${path}${howFarWords(listing)}`;
}

function countWords({ companies, tasks }: Listing): string {
  const count = companies.length;
  const of = tasks.length > 1 ? ` of ${tasks.length} tasks` : '';
  return `${counted(count, 'company', 'companies')}${of}${count > 0 ? `, ${highFitOf(companies)} of them high-fit` : ''}`;
}

/**
 * How far a task is, behind what was found; of several tasks nothing. The task's own count is told only where the list has fewer: it
 * may be a part. One that has more is newer than the count.
 */
function howFarWords({ companies, tasks }: Listing): string {
  const [task] = tasks;
  if (task === undefined || tasks.length > 1) return '';
  const { highFit } = task.funnel;
  const isWhole = highFitOf(companies) >= highFit;
  const count = `${highFit} of ${task.target} high-fit`;
  if (isUnderWay(task))
    return `; the task is still running, ${isWhole ? `its target is ${task.target}` : `with ${count} so far`}`;
  return isWhole ? `; the target was ${task.target}` : `; the task found ${count}`;
}

function highFitOf(companies: readonly Company[]): number {
  return companies.filter(({ highFit }) => highFit).length;
}
