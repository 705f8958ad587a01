/*
 * How well the pacers do: `npm run bench:pacing`. Options, behind `--`: `--histories <file>` replays those of a file, also one that
 * `watch --json` wrote, in place of the generated ones, `--json` prints the figures as JSON.
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { seededRandom } from '../../src/sandbox/random.ts';
import { FAMILIES, type Family } from './families.ts';
import { type Figures, figuresOf, forecastOf, oracleOf, type Played, replayAll } from './figures.ts';
import { readHistories, type TaskHistory } from './history.ts';
import { plotOf } from './plot.ts';
import type { ForecastFigures } from './time-left.ts';

const PLOT = 'docs/pacing.svg';
const USAGE = 2;

process.exitCode = await main(process.argv.slice(2));

async function main(args: readonly string[]): Promise<number> {
  const options = readOptions(args);
  if (typeof options === 'string') return refuse(options);
  const histories = options.histories === undefined ? null : readHistories(options.histories);
  if (typeof histories === 'string') return refuse(histories);
  const families = histories === null ? generated() : [{ name: 'all', histories }];
  const tasks: Played[] = [];
  const parts: Part[] = [];
  for (const { name, histories: all } of families) {
    const own: Played[] = [];
    for (const history of all) own.push(await replayAll(history));
    tasks.push(...own);
    parts.push({ name, pacers: figuresOf(own), forecast: forecastOf(own) });
  }
  const pacers = figuresOf(tasks);
  const forecast = forecastOf(tasks);
  const oracle = oracleOf(tasks);
  const several = parts.length > 1 ? parts : [];
  if (options.json) {
    const families = Object.fromEntries(several.map(({ name, ...figures }) => [name, figures]));
    process.stdout.write(`${JSON.stringify({ histories: tasks.length, pacers, forecast, oracle, families })}\n`);
  } else {
    const screens = [...several, { name: 'all', forecast }].map((part) => [part.name, part.forecast] as const);
    const tenths = forecast.tenths.map((figures, nth) => [`tenth ${nth + 1}`, figures] as const);
    const tables = [
      tableOf(`${tasks.length} ${tasks.length === 1 ? 'history' : 'histories'}`, pacers) + oracleLine(oracle),
      ...several.map(autoTable),
      forecastTable([...screens, ...tenths]),
    ];
    process.stdout.write(tables.join('\n'));
  }
  if (histories === null) writeFileSync(PLOT, plotOf(pacers));
  return 0;
}

/** How far auto is from what can be known. */
function oracleLine(oracle: ReturnType<typeof oracleOf>): string {
  if (oracle === null) return '';
  const more = Math.round(100 * (oracle.challenger / oracle.requests - 1));
  return `the oracle needs ${oracle.requests.toFixed(1)} requests to be as late on average as auto-30s, which needs ${more} % more\n`;
}

/** What came of a family. */
interface Part {
  readonly name: string;
  readonly pacers: readonly Figures[];
  readonly forecast: ForecastFigures;
}

function readOptions(args: readonly string[]): { histories?: string | undefined; json: boolean } | string {
  try {
    const { values } = parseArgs({ args: [...args], options: { histories: { type: 'string' }, json: { type: 'boolean' } } });
    return { histories: values.histories, json: values.json ?? false };
  } catch (error) {
    return `${(error as Error).message.replace(/\.? To specify.*/s, '')}; the options are --histories <file> and --json`;
  }
}

function refuse(sentence: string): number {
  process.stderr.write(`${sentence}.\n`);
  return USAGE;
}

function generated(): { name: string; histories: Iterable<TaskHistory> }[] {
  return FAMILIES.map((family) => ({ name: family.name, histories: seeded(family) }));
}

/** One after the other, as they are needed: together they would fill a machine's memory. */
function* seeded({ name, count, create }: Family): Generator<TaskHistory> {
  for (let nth = 0; nth < count; nth += 1) yield create(seededRandom(`${name}-${nth}`));
}

function autoTable({ name, pacers }: Part): string {
  return tableOf(
    name,
    pacers.filter((row) => row.name.startsWith('auto') || row.name === 'fixed-10s'),
  );
}

function forecastTable(rows: readonly (readonly [string, ForecastFigures])[]): string {
  const heads = ['shown', 'within', 'too short', 'too long', 'false hope'];
  const lines = rows.map(([name, { shown, within, tooShort, tooLong, falseHope }]) => {
    const cells = [shown, within, tooShort, tooLong, falseHope].map((share) => (share === null ? '' : share.toFixed(2)));
    return [name.padEnd(14), ...cells.map((cell) => cell.padStart(10))].join(' ');
  });
  return [['time left'.padEnd(14), ...heads.map((head) => head.padStart(10))].join(' '), ...lines, ''].join('\n');
}

function tableOf(title: string, rows: readonly Figures[]): string {
  const heads = ['requests', 'of 10 s', 'late p50', 'p90', 'mean', 'early'];
  const lines = rows.map(({ name, requests, ratio, early, lateness }) => {
    const late = [lateness.p50, lateness.p90, lateness.mean].map(seconds);
    const cells = [requests.toFixed(1), ratio.toFixed(2), ...late, `${(100 * early).toFixed(1)} %`];
    return [name.padEnd(14), ...cells.map((cell) => cell.padStart(9))].join(' ');
  });
  return [[title.padEnd(14), ...heads.map((head) => head.padStart(9))].join(' '), ...lines, ''].join('\n');
}

function seconds(value: number): string {
  return `${value.toFixed(1)} s`;
}
