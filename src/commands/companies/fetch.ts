import { commandOf } from '../../cli/advice.ts';
import type { Context } from '../../cli/command.ts';
import type { Answered } from '../../core/attempts.ts';
import { type Company, type CompanyFilter, passes } from '../../core/company.ts';
import { sentence } from '../../core/failure.ts';
import { type Found, findCompanies } from '../../core/found.ts';
import { isUnderWay } from '../../core/outcome.ts';
import { counted } from '../../render/counted.ts';
import { writeWarning } from '../../render/messages.ts';
import type { Session } from '../session/session.ts';
import type { Access } from '../session/settings.ts';

/** What is wanted of a task's results. */
export interface Wanted {
  readonly offset: number;
  /** Infinity for all. */
  readonly limit: number;
  /** Null for everything. */
  readonly filter: CompanyFilter | null;
}

/** All results. */
export const ALL_RESULTS: Wanted = { offset: 0, limit: Number.POSITIVE_INFINITY, filter: null };

/** Asks for the wanted part of a task's results. */
export function fetchFound(
  id: string,
  { offset, limit, filter }: Wanted,
  { ask, tell, signal }: Session,
  { host: { clock } }: Context,
): Promise<Answered<Found>> {
  const matches = filter && ((company: Company) => passes(company, filter));
  const first = matches ? 0 : offset;
  const askPage = (from: number, most: number) => {
    if (from > first) tell(`Read ${from - first} companies so far`);
    return ask((client, stopped) => client.fetchResults(id, { offset: from, limit: most }, stopped), id);
  };
  return findCompanies(askPage, { offset, limit, matches }, { clock, signal });
}

/** Warns if some of the wanted results may be missing. `name` is put in front, for one of several tasks. */
export function warnOfGaps({ task, moved, missing }: Found, name: string, { settings }: Access, { stderr }: Context): void {
  if (!moved && missing === 0) return;
  const { highFit } = task.funnel;
  const came = counted(highFit - missing, 'company', 'companies');
  const state = moved ? 'The results changed while they were read' : 'The results are incomplete';
  const what =
    missing > 0 ? `${state}: the API gave ${came}, but the task counts ${highFit}` : `${state}, so some may be missing`;
  const later = isUnderWay(task) ? 'once the task has ended' : 'in a minute';
  const fix = `run \`${commandOf(`results ${task.id}`, settings.way)}\` again ${later}`;
  writeWarning(stderr, settings.colored.stderr, name + sentence({ what, fix }));
}
