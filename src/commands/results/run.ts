import { commandOf } from '../../cli/advice.ts';
import type { Call, Context, Ending } from '../../cli/command.ts';
import { UNEXPECTED } from '../../core/exit-code.ts';
import { writeError, writeNote } from '../../render/messages.ts';
import { endUnknown, endWith } from '../session/report.ts';
import { withSession } from '../session/session.ts';
import type { Access } from '../session/settings.ts';
import type { Named } from '../tasks/last.ts';
import { withTasks } from '../tasks/open.ts';
import { closingWords, companiesText, fetchFound, type ResultsWish, warnOfGaps } from './companies.ts';
import type { options } from './spec.ts';

/** `results`. */
export function runResults(call: Call<typeof options>): Promise<Ending> {
  const { json, csv, markdown, wide, explain, offset, limit, minRelevance, minGrade } = call.values;
  const wish: ResultsWish = {
    format: json ? 'json' : csv ? 'csv' : markdown ? 'markdown' : 'table',
    wide,
    explain,
    offset,
    limit: limit ?? Number.POSITIVE_INFINITY,
    filter: minRelevance === null && minGrade.length === 0 ? null : { minRelevance, minGrades: minGrade },
  };
  return withTasks({ command: 'results', most: 1 }, call, (named, access) => results(named, wish, access, call.context));
}

/** Room for the list of keys, in columns: they come from the server, and an error must stay one sentence. */
const KEYS_COLUMNS = 200;

/** The companies that a task has found so far. */
async function results({ ids, unknown }: Named, wish: ResultsWish, access: Access, context: Context): Promise<Ending> {
  const [id] = ids;
  if (id === undefined) return endUnknown(unknown, access, context);
  const afterwards = {
    unfinished: 'Not all results arrived',
    meanwhile: 'the task goes on running on the server',
    fix: `run \`${commandOf(`results ${id}`, access.settings.way)}\` to ask again`,
  };
  const found = await withSession(afterwards, access, context, (session) => fetchFound(id, wish, session, context));
  if (!found.ok) return endWith(found.outcome, { kind: 'task', id }, access, context);
  const { yardsticks } = found.value;
  const stranger = wish.filter?.minGrades.find(([key]) => !yardsticks.some((known) => known.key === key));
  if (stranger && yardsticks.length > 0) {
    const what = `The task has no criterion '${stranger[0]}' (--min-grade)`;
    const { cut } = await import('../../render/format.ts');
    const reason = { what, fix: cut(`set one of ${yardsticks.map(({ key }) => key).join(', ')}`, KEYS_COLUMNS) };
    writeError(context.stderr, access.settings.colored.stderr, reason, false);
    return UNEXPECTED;
  }
  context.stdout.write(await companiesText(found.value, wish, access, context));
  warnOfGaps(found.value, '', access, context);
  if (!access.settings.quiet && (wish.format === 'table' || found.value.companies.length === 0)) {
    writeNote(context.stderr, closingWords(found.value, wish));
  }
  return 0;
}
