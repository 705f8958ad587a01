import { autoPace, fixedPace, type Pacer } from '../../src/core/pacing.ts';
import type { TaskHistory } from './history.ts';
import { oraclePace } from './oracle.ts';
import { type Replay, replay } from './replay.ts';
import { type ForecastFigures, forecastFigures, screen, secondsOf, sumOf, type Tenths } from './time-left.ts';

/** A pacer by name, made anew for each task: some remember. */
interface Contestant {
  readonly name: string;
  create(): Pacer;
}

/** Who is compared. The first is what requests are told against: the vendor's own poller. */
export const CONTESTANTS: readonly Contestant[] = [
  { name: 'fixed-10s', create: () => fixedPace(10_000) },
  { name: 'fixed-5s', create: () => fixedPace(5000) },
  { name: 'fixed-3s', create: () => fixedPace(3000) },
  { name: 'backoff-30s', create: backoffPace },
  { name: 'auto-30s', create: () => autoPace(30_000) },
  { name: 'auto-15s', create: () => autoPace(15_000) },
];

/** 1 s, 2 s, 4 s … 30 s: what many clients do while they wait. */
function backoffPace(): Pacer {
  let next = 500;
  return () => {
    next = Math.min(30_000, next * 2);
    return next;
  };
}

/** What a request is worth to the oracle, in seconds of lateness: from patient to eager. */
const ORACLES = [1, 0.5, 0.25, 0.125];
const ORACLE_SLOWEST_S = 30;

/** Who is compared with the oracle, which waits no longer either. */
const CHALLENGER = CONTESTANTS.findIndex(({ name }) => name === 'auto-30s');

/** Whose polls the time left is judged by: those of a watch on a terminal. */
const ON_TERMINAL = CONTESTANTS.findIndex(({ name }) => name === 'auto-15s');

/** What a pacer took on average, in requests and seconds. */
export interface Figures {
  readonly name: string;
  readonly requests: number;
  /** Requests against the first contestant's. */
  readonly ratio: number;
  /** Part of the watches that left before all was scored: no counter had changed for `--settle`. They have no lateness. */
  readonly early: number;
  readonly lateness: { readonly p50: number; readonly p90: number; readonly mean: number };
}

/** What came of one history: its replays, in the order of the contestants, and what stood on the screen. */
export interface Played {
  readonly replays: readonly Replay[];
  /** Those of the oracle, for each of its worths. */
  readonly oracles: readonly Replay[];
  readonly tenths: Tenths;
}

/** Replays one history for all. */
export async function replayAll(history: TaskHistory): Promise<Played> {
  const replays: Replay[] = [];
  let tenths: Tenths = [];
  for (const [index, { create }] of CONTESTANTS.entries()) {
    const { shown, note } = screen();
    replays.push(await replay(history, create(), index === ON_TERMINAL ? note : undefined));
    if (index === ON_TERMINAL) tenths = secondsOf(history, shown);
  }
  const oracles: Replay[] = [];
  for (const worth of ORACLES) oracles.push(await replay(history, oraclePace(history, worth, ORACLE_SLOWEST_S)));
  return { replays, oracles, tenths };
}

/** How good the time on the screen was, over all tasks, and in each tenth of their runs. */
export function forecastOf(tasks: readonly Played[]): ForecastFigures & { readonly tenths: readonly ForecastFigures[] } {
  const tenths = Array.from({ length: 10 }, (_, nth) => sumOf(tasks.flatMap((task) => task.tenths[nth] ?? [])));
  return { ...forecastFigures(sumOf(tenths)), tenths: tenths.map(forecastFigures) };
}

/** The figures of each contestant over all tasks. */
export function figuresOf(tasks: readonly Played[]): Figures[] {
  return CONTESTANTS.map(({ name }, index) => figuresOfOne(name, tasks, ({ replays }) => replays[index]));
}

/**
 * What the oracle needs to be as late on average as `auto-30s` is: between the two of its worths that are earlier and later. Null where
 * it has none such.
 */
export function oracleOf(tasks: readonly Played[]): { readonly requests: number; readonly challenger: number } | null {
  const { requests: challenger, lateness } = figuresOfOne('', tasks, ({ replays }) => replays[CHALLENGER]);
  const all = ORACLES.map((_, index) => figuresOfOne('', tasks, ({ oracles }) => oracles[index]));
  const after = all.findIndex((one) => one.lateness.mean <= lateness.mean);
  const [later, earlier] = [all[after - 1], all[after]];
  if (!later || !earlier) return null;
  const part = (later.lateness.mean - lateness.mean) / (later.lateness.mean - earlier.lateness.mean);
  return { requests: rounded(later.requests + part * (earlier.requests - later.requests)), challenger };
}

function figuresOfOne(name: string, tasks: readonly Played[], replayOf: (task: Played) => Replay | undefined): Figures {
  const first = meanOf(tasks.flatMap(({ replays }) => replays[0]?.requests ?? []));
  const replays = tasks.flatMap((task) => replayOf(task) ?? []);

  const requests = meanOf(replays.map((one) => one.requests));
  const late = replays.flatMap(({ lateMs }) => (lateMs < 0 ? [] : lateMs / 1000)).sort((a, b) => a - b);
  const early = rounded(1 - late.length / Math.max(1, replays.length));
  const lateness = { p50: quantile(late, 0.5), p90: quantile(late, 0.9), mean: rounded(meanOf(late)) };
  return { name, requests: rounded(requests), ratio: rounded(requests / first), early, lateness };
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}

function quantile(sorted: readonly number[], part: number): number {
  return rounded(sorted[Math.max(0, Math.ceil(part * sorted.length) - 1)] ?? 0);
}

function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}
