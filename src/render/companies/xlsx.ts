import { type ColumnDef, type WriteSheet, writeXlsx } from 'hucre/xlsx';
import type { Company } from '../../core/company.ts';
import type { Listing } from '../../core/found.ts';
import { webAddress } from '../markdown.ts';
import { sanitizeLines } from '../sanitize.ts';
import { widthOf } from '../width.ts';
import { type Cell, fieldsOf } from './columns.ts';
import { taskFacts } from './task-facts.ts';
import { companyName } from './words.ts';

/** What a cell holds, in characters, and a sheet in links: Excel's own limits. */
const LONGEST_CELL = 32_767;
const MOST_LINKS = 65_530;

/** Widths of columns, in characters; room for a filter's button in a head. */
const [NARROWEST, WIDEST, BUTTON] = [8, 48, 3];

/** Characters of a text that its column's width is measured by. */
const MEASURED = 60;

/** Grades from 1 to 5, in the colours of not met, in between and met. */
const COLOR_SCALE = {
  cfvo: ['1', '3', '5'].map((value) => ({ type: 'num' as const, value })),
  colors: ['FFF4B6B0', 'FFFBE7A1', 'FFB7DFB9'],
};

// A style without a font's name gets another one than the cells beside it.
const FONT = { name: 'Calibri', size: 11 } as const;
const BOLD = { ...FONT, bold: true } as const;
const HEAD = {
  font: BOLD,
  fill: { type: 'pattern', pattern: 'solid', fgColor: { rgb: 'FFE8ECF1' } },
  alignment: { vertical: 'top' },
} as const;
const LABEL = { font: BOLD, alignment: { vertical: 'top' } } as const;
const LINK = { font: { ...FONT, color: { rgb: 'FF0563C1' }, underline: true } } as const;
const WRAPPED = { alignment: { wrapText: true, vertical: 'top' } } as const;

/** A workbook, and how many texts in it are cut because a cell has no room for them. */
interface Workbook {
  readonly bytes: Uint8Array;
  readonly cut: number;
}

/**
 * Companies as a workbook for Excel: the columns of the CSV on one sheet, the tasks on another; with `explain` the reasons on a third.
 * `readAt` is when they were read, in milliseconds since 1970.
 */
export async function companiesXlsx(listing: Listing, explain: boolean, readAt: number): Promise<Workbook> {
  let cut = 0;
  const text = (given: string) => {
    const clean = asCell(given);
    if (clean.length <= LONGEST_CELL) return clean;
    cut += 1;
    return `${clean
      .slice(0, LONGEST_CELL - 1)
      .toWellFormed()
      .replace(/\uFFFD$/, '')}…`;
  };
  const fill = (cell: Cell) => (typeof cell === 'string' ? (cell === '' ? null : text(cell)) : cell);
  const sheets = [
    companySheet(listing, fill),
    taskSheet(listing, readAt, fill),
    ...(explain ? [reasonSheet(listing, fill)] : []),
  ];
  return { bytes: await writeXlsx({ sheets }), cut };
}

/** What is to be done to cells, by row and column, both from 0. */
type CellMap = NonNullable<WriteSheet['cells']>;

/** Fills a cell: with text that fits, numbers and booleans as they are. */
type Fill = (cell: Cell) => Cell;

function companySheet({ companies, yardsticks }: Listing, fill: Fill): WriteSheet {
  const columns = fieldsOf(yardsticks, false);
  const rows = companies.map((company) => columns.map(({ read }) => fill(read(company))));
  const links = columns.findIndex(({ kind }) => kind === 'link');
  const firstGrade = columns.findIndex(({ kind }) => kind === 'grade');
  const grades = `${nameOfColumn(firstGrade)}2:${nameOfColumn(columns.length - 1)}${rows.length + 1}`;
  const sheet = tableSheet(
    'Companies',
    columns.map(({ head }) => head),
    rows,
    {},
  );
  return {
    ...sheet,
    cells: new Map([...(sheet.cells ?? []), ...linkCells(companies, links)]),
    // The ID and the name stay in view.
    freezePane: { rows: 1, columns: 2 },
    ...(firstGrade >= 0 ? colorsOf(grades, rows) : {}),
  };
}

/** The companies' sites as links, where they are addresses that a browser should follow. */
function linkCells(companies: readonly Company[], column: number): CellMap {
  const cells: CellMap = new Map();
  for (const [index, { site }] of companies.slice(0, MOST_LINKS).entries()) {
    const target = webAddress(site);
    if (target !== null && target.length <= LONGEST_LINK)
      cells.set(`${index + 1},${column}`, { hyperlink: { target }, style: LINK });
  }
  return cells;
}

/** What Excel takes for an address, in characters. */
const LONGEST_LINK = 2079;

/** What was asked and how it went, a block for each task. */
function taskSheet({ tasks }: Listing, readAt: number, fill: Fill): WriteSheet {
  const rows = tasks.flatMap((task, index) => [
    ...(index > 0 ? [[]] : []),
    ...taskFacts(task, readAt),
    ...task.criteria.map(({ key, name, criterion }) => [`Criterion ${key}`, [name, criterion].filter(Boolean).join(': ')]),
  ]);
  return {
    name: tasks.length > 1 ? 'Tasks' : 'Task',
    columns: [
      { width: 24, style: LABEL },
      { width: 100, style: { alignment: { ...WRAPPED.alignment, horizontal: 'left' } } },
    ],
    rows: rows.map((row) => row.map(fill)),
  };
}

/** A row for each grade that a company has, with the reason for it. */
function reasonSheet({ companies, yardsticks }: Listing, fill: Fill): WriteSheet {
  const rows = companies.flatMap((company) =>
    yardsticks.flatMap(({ key, name }) => {
      const score = company.scores.get(key);
      if (!score) return [];
      return [[company.id, companyName(company), name, score.grade, score.explanation, score.sources.join('\n')].map(fill)];
    }),
  );
  const heads = ['id', 'company_name', 'criterion', 'grade', 'explanation', 'sources'];
  const grades = `D2:D${rows.length + 1}`;
  return {
    ...tableSheet('Reasons', heads, rows, { 4: { width: 80, style: WRAPPED }, 5: { width: 60, style: WRAPPED } }),
    freezePane: { rows: 1, columns: 2 },
    ...colorsOf(grades, rows),
  };
}

/** The colours of the grades that stand in a range of cells, if there are rows. */
function colorsOf(range: string, rows: readonly Cell[][]): Pick<WriteSheet, 'conditionalRules'> {
  return rows.length > 0 ? { conditionalRules: [{ type: 'colorScale', priority: 1, range, colorScale: COLOR_SCALE }] } : {};
}

/** Rows under heads that can be filtered by; each column as wide as what is in it, but for those that are given. */
function tableSheet(
  name: string,
  heads: readonly string[],
  rows: Cell[][],
  given: Readonly<Record<number, ColumnDef>>,
): WriteSheet {
  return {
    name,
    columns: heads.map((head, column) => given[column] ?? { width: columnWidth(head, rows, column) }),
    rows: [heads.map(asCell), ...rows],
    cells: new Map(heads.map((_, column) => [`0,${column}`, { style: HEAD }])),
    autoFilter: { range: `A1:${nameOfColumn(heads.length - 1)}${rows.length + 1}` },
  };
}

function columnWidth(head: string, rows: readonly (readonly Cell[])[], column: number): number {
  const widest = rows.reduce((most, row) => {
    const [line = ''] = String(row[column] ?? '')
      .slice(0, MEASURED)
      .split('\n');
    return Math.max(most, widthOf(line) + 1);
  }, widthOf(head) + BUTTON);
  return Math.min(WIDEST, Math.max(NARROWEST, widest));
}

/**
 * Excel breaks lines at a line feed, and takes `_x0041_` for the character of that number. It opens no workbook that holds U+FFFE or
 * U+FFFF, which XML forbids (XML 1.0, section 2.2).
 */
function asCell(text: string): string {
  return sanitizeLines(text)
    .replaceAll('\r\n', '\n')
    .replace(/[\uFFFE\uFFFF]/g, '\uFFFD')
    .replace(/_(?=x[\da-f]{4}_)/gi, '_x005F_');
}

/** A, B … Z, AA: the name of a column, from 0. */
function nameOfColumn(index: number): string {
  const letter = String.fromCharCode(65 + (index % 26));
  return index < 26 ? letter : nameOfColumn(Math.floor(index / 26) - 1) + letter;
}
