import { stringify } from 'csv-stringify/sync';
import type { Listing } from '../../core/found.ts';
import { sanitizeLines } from '../sanitize.ts';
import { type Cell, fieldsOf } from './columns.ts';

/** What makes a formula of a cell, in Excel and LibreOffice, and its full-width twins. */
const OPERATORS = '=+\\-@＝＋－＠';

/** Where such a character would begin a cell: at the start, and behind what spreadsheets of many countries split at. */
const FORMULA = new RegExp(`(^|[;\\t\\n])([\\s"]*)(?=[${OPERATORS}])`, 'g');

/**
 * Companies as CSV, a line for each under a head: the fields of a result by the API's names, whether it is high-fit, then a grade for
 * each criterion; with `explain` its reasons too. RFC 4180, with CRLF. For a file; a log needs `deadenCommands`.
 */
export function companiesCsv({ companies, yardsticks }: Listing, explain: boolean): string {
  const columns = fieldsOf(yardsticks, explain);
  const rows = companies.map((company) => columns.map(({ read }) => field(read(company))));
  // By itself the library puts only CRLF into quotes.
  return stringify([columns.map(({ head }) => field(head)), ...rows], { record_delimiter: 'windows', quoted_match: /\n/ });
}

/**
 * What strangers wrote must not run in somebody's spreadsheet: an apostrophe before it makes text of a formula. The library looks only
 * at the first character of a text.
 */
function field(cell: Cell): Cell {
  if (typeof cell === 'boolean') return String(cell);
  return typeof cell === 'string' ? sanitizeLines(cell).replace(FORMULA, "$1$2'") : cell;
}
