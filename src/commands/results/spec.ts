import { command } from '../../cli/command.ts';
import { flag, option, optional, type Reader, repeatable, wholeNumber } from '../../cli/option.ts';
import { ANSWERED, BAD_USAGE, CLOSED, LOST, MISSING, REFUSED, STOPPED, TIMED_OUT } from '../exits.ts';
import { access, limits, RETRY_ONCE } from '../options/access.ts';
import { companiesFile } from '../options/companies-file.ts';
import { talk } from '../options/talk.ts';
import { problemsWith } from '../session/settings.ts';
import { TASKS } from '../tasks/terms.ts';

const grade: Reader<readonly [key: string, least: number]> = {
  wish: "set a criterion's key and a grade from 1 to 5, such as solar=4",
  read(text) {
    const [, key = '', least] = /^(.+)=([1-5])$/.exec(text) ?? [];
    return key === '' ? null : [key, Number(least)];
  },
};

/** The options of `results`. */
export const options = {
  limit: optional(
    { flags: '--limit <number>', help: 'maximum number to print', otherwise: 'all', conflicts: ['all'] },
    wholeNumber(1),
  ),
  offset: option(
    {
      flags: '--offset <number>',
      help: 'number to skip from the start',
      default: '0',
      more: '`--limit` and `--offset` count only companies that pass the filters, of each task.',
    },
    wholeNumber(0),
  ),
  all: flag({ flags: '--all', help: 'print all companies, which is the default' }),
  highFit: flag({
    flags: '--high-fit',
    help: 'only high-fit companies: at least 75 % of the criteria have grade 4 or 5',
    more: 'These are the companies that `num_results` counts. Without criteria there are none.',
  }),
  minRelevance: optional(
    { flags: '--min-relevance <number>', help: 'only companies with at least this relevance, 0 to 100' },
    wholeNumber(0, 100),
  ),
  minGrade: repeatable(
    {
      flags: '--min-grade <key=grade>',
      help: 'only companies with at least this grade, 1 to 5; repeat it for several',
      more: 'Takes the key of a criterion: `--min-grade roofs=4`. If repeated, all must hold.',
    },
    grade,
  ),
  ...companiesFile('write to a file instead', ['json', 'csv', 'markdown']),
  explain: flag({ flags: '--explain', help: 'print a section for each company, with the reason and the sources of each grade' }),
  wide: flag({
    flags: '--wide',
    help: 'print all columns at full width',
    more: 'Adds city, founding year, source and ID.',
  }),
  json: flag({
    flags: '--json',
    help: 'print a line of JSON for each company, as the API gave it',
    conflicts: ['csv', 'markdown'],
  }),
  csv: flag({
    flags: '--csv',
    help: 'print CSV',
    more: "RFC 4180: a column for each field, `high_fit`, and for each criterion's grade; with `--explain` for its explanation and sources too.",
    conflicts: ['markdown'],
  }),
  markdown: flag({ flags: '--markdown', help: 'print a Markdown table, each company linked to its site' }),
  ...talk,
  ...limits({ retryFor: RETRY_ONCE }),
  ...access,
};

export default command({
  summary: 'print the companies that tasks have found',
  args: [TASKS],
  options,
  examples: [
    ['extruct-task results <task>', 'a table, fitted to the screen'],
    ['extruct-task results <task> --high-fit -o companies.csv', 'the good ones, in a file'],
    ['extruct-task results <task> --min-grade solar=4 --csv > solar.csv', 'some of them, by a grade'],
    ['extruct-task results <task> --json | jq -r .company_website', 'a line for each company'],
    ['extruct-task results @last --limit 5 --explain', 'the best of the newest task, and why'],
  ],
  notes: [],
  exits: [ANSWERED, LOST, BAD_USAGE, REFUSED, MISSING, TIMED_OUT, STOPPED, CLOSED],
  check: problemsWith,
  run: async (call) => (await import('./run.ts')).runResults(call),
});
