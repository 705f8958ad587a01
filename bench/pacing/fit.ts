/*
 * Fits the weights of src/core/forecast.ts and prints them: `npm run bench:fit`. They are those under which the ends of the
 * generated histories are likeliest. Only the families that are not held out count, each as much as the others, with other tasks
 * than those that `npm run bench:pacing` judges by. A moment of a watch counts by the seconds until its next answer.
 */
import { type History, remember } from '../../src/core/forecast-history.ts';
import { ageOf, type Sign, type Signs, signsOfGoal, signsOfScored } from '../../src/core/forecast-signs.ts';
import { fixedPace } from '../../src/core/pacing.ts';
import { seededRandom } from '../../src/sandbox/random.ts';
import { FAMILIES, type Family } from './families.ts';
import type { TaskHistory } from './history.ts';
import { type Gradient, least } from './least.ts';
import { replay } from './replay.ts';

/** The signs that may count. */
const GOAL = {
  median: ['one', 'far', 'farther', 'few', 'queued', 'unenriched'],
  spread: ['one', 'farther', 'jumps', 'change', 'last'],
} as const;
const SHORT = { median: ['one', 'far', 'few', 'pause', 'silence', 'lack'], spread: ['one', 'queued', 'lack'] } as const;
const SHORTAGE = ['one', 'far', 'queued', 'yield', 'unenriched', 'lack'] as const;
const SCORED = { median: ['one', 'far', 'idle'], spread: ['one', 'farther', 'jumps', 'change', 'last'] } as const;

/** A moment of a watch: what was known; how long the task went on, as a part of the watch's age, a logarithm; how much it counts. */
interface Moment {
  readonly signs: Signs;
  readonly logLeft: number;
  readonly weight: number;
}

/** The moments of the tasks that reached their target, of those that did not, and of those that were known to be exhausted. */
interface Moments {
  readonly done: Moment[];
  readonly short: Moment[];
  readonly scored: Moment[];
}

/** So many times the tasks of `npm run bench:pacing`: with fewer, the weights depend on which they are. */
const TIMES = 5;

/** It asks as often as a watch does on average, but does not go by the forecast whose weights it looks for. */
const INTERVAL_MS = 10_000;

/** Sooner than this is not told apart. */
const SOONEST_MS = 300;

/** The least spread, as a logarithm; the forecast holds to the largest one, 0, as well. */
const NARROWEST = -3;

await main();

async function main(): Promise<void> {
  const all: Moments = { done: [], short: [], scored: [] };
  for (const family of FAMILIES.filter(({ isHeldOut }) => !isHeldOut)) await collect(family, all);
  print('GOAL', fitTime(all.done, GOAL));
  print('SHORT', fitTime(all.short, SHORT));
  print('SHORTAGE', { odds: fitOdds(all.short, all.done, SHORTAGE) });
  print('SCORED', fitTime(all.scored, SCORED));
}

async function collect({ name, count, create }: Family, all: Moments): Promise<void> {
  const own: Moments = { done: [], short: [], scored: [] };
  for (let nth = 0; nth < TIMES * count; nth += 1) {
    const history = create(seededRandom(`fit-${name}-${nth}`));
    if (history.outcome !== 'failed') await look(history, own);
  }
  const seconds = [...own.done, ...own.short, ...own.scored].reduce((sum, { weight }) => sum + weight, 0);
  for (const kind of ['done', 'short', 'scored'] as const)
    all[kind].push(...own[kind].map((moment) => ({ ...moment, weight: moment.weight / seconds })));
}

/** Watches a task as a person would, and notes what is known at each answer. */
async function look(task: TaskHistory, into: Moments): Promise<void> {
  const endMs = task.end * 1000;
  let known: History | null = null;
  await replay(task, fixedPace(INTERVAL_MS), (event) => {
    if (event.kind !== 'snapshot' || event.at >= endMs) return;
    known = remember(known, event.task, event.at);
    const { isDry, left, funnel } = known;
    if (isDry ? funnel.enriched === funnel.evaluated : left === 0) return;
    const signs = isDry ? signsOfScored(known) : signsOfGoal(known);
    if (!signs) return;
    const logLeft = Math.log(Math.max(SOONEST_MS, endMs - event.at) / ageOf(known));
    // One second more, since the last moment may be shorter than it takes to ask.
    const weight = 1 + (Math.min(event.nextPollAt, endMs) - event.at) / 1000;
    into[isDry ? 'scored' : task.outcome === 'done' ? 'done' : 'short'].push({ signs, logLeft, weight });
  });
}

/** The likeliest weights for a time with a log-logistic distribution. */
function fitTime(moments: readonly Moment[], names: { median: readonly Sign[]; spread: readonly Sign[] }) {
  const size = names.median.length;
  const total = weightOf(moments);
  const rows = moments.map(({ signs, logLeft, weight }) => {
    return { median: valuesOf(signs, names.median), spread: valuesOf(signs, names.spread), logLeft, part: weight / total };
  });
  const found = least(size + names.spread.length, (weights, gradient) => {
    for (const { median, spread, logLeft, part } of rows) {
      const logSpread = Math.max(NARROWEST, Math.min(0, dot(weights, size, spread)));
      const z = (logLeft - dot(weights, 0, median)) / Math.exp(logSpread);
      const slope = Math.tanh(z / 2);
      add(gradient, 0, median, (-part * slope) / Math.exp(logSpread));
      add(gradient, size, spread, part * (1 - z * slope));
    }
  });
  return { median: named(names.median, found), spread: named(names.spread, found.slice(size)) };
}

/** The likeliest weights for the odds of the first kind, as a logarithm. */
function fitOdds(first: readonly Moment[], second: readonly Moment[], names: readonly Sign[]) {
  const total = weightOf(first) + weightOf(second);
  const rowsOf = (moments: readonly Moment[], side: number) =>
    moments.map(({ signs, weight }) => ({ values: valuesOf(signs, names), side, part: weight / total }));
  const rows = [...rowsOf(first, 1), ...rowsOf(second, -1)];
  const found = least(names.length, (weights, gradient) => {
    for (const { values, side, part } of rows)
      add(gradient, 0, values, (-side * part) / (1 + Math.exp(side * dot(weights, 0, values))));
  });
  return named(names, found);
}

function weightOf(moments: readonly Moment[]): number {
  return moments.reduce((sum, { weight }) => sum + weight, 0);
}

function valuesOf(signs: Signs, names: readonly Sign[]): number[] {
  return names.map((name) => signs[name]);
}

function dot(weights: readonly number[], from: number, values: readonly number[]): number {
  let sum = 0;
  for (let index = 0; index < values.length; index += 1) sum += (weights[from + index] ?? 0) * (values[index] ?? 0);
  return sum;
}

function add(gradient: Gradient, from: number, values: readonly number[], slope: number): void {
  for (let index = 0; index < values.length; index += 1)
    gradient[from + index] = (gradient[from + index] ?? 0) + slope * (values[index] ?? 0);
}

function named(names: readonly Sign[], weights: readonly number[]): Record<string, number> {
  return Object.fromEntries(names.map((name, index) => [name, Math.round(100 * (weights[index] ?? 0)) / 100]));
}

function print(title: string, weights: Readonly<Record<string, Readonly<Record<string, number>>>>): void {
  for (const [what, of] of Object.entries(weights)) {
    const cells = Object.entries(of).map(([sign, weight]) => `${sign}: ${weight}`);
    process.stdout.write(`${title} ${what}: { ${cells.join(', ')} }\n`);
  }
}
