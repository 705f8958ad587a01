import { type History, jumpinessOf } from './forecast-history.ts';

/** By what an end is foreseen. All are numbers without a unit, so that they mean the same in a watch of a minute and of hours. */
export interface Signs {
  readonly one: 1;
  /** How many times the watch's age it takes at the pace so far, as a logarithm; and that where it is over 0. */
  readonly far: number;
  readonly farther: number;
  /** How few high-fit results there are, and how few of what is waited for are missing. */
  readonly few: number;
  readonly last: number;
  /** For which part of what is missing the queue has candidates enough. */
  readonly queued: number;
  /** Which part of the discovered candidates was not enriched, or not yet; a logarithm. */
  readonly unenriched: number;
  /** How unevenly evaluations have come, how much their pace of late differs from that of the whole watch; logarithms. */
  readonly jumps: number;
  readonly change: number;
  /** How the high-fit results of late compare with all; a logarithm. */
  readonly yield: number;
  /** The longest pause of the evaluations, and for how long no candidates have come in, as parts of the age; logarithms. */
  readonly pause: number;
  readonly silence: number;
  /** How long none were discovered, against the longest such pause before, if the queue falls short by more than chance; a logarithm. */
  readonly lack: number;
  /** For which part of the age nothing has moved with an empty queue. */
  readonly idle: number;
}

export type Sign = keyof Signs;

const SECOND_MS = 1000;

/** The watch's age in milliseconds; never 0. */
export function ageOf({ at, since }: History): number {
  return at - since + SECOND_MS;
}

/**
 * The signs of the goal: as many evaluations as it takes at the share that has fitted so far, counted as if there had been one more, of
 * which half fitted. Null as long as no pace is known.
 */
export function signsOfGoal(history: History): Signs | null {
  const { left, funnel } = history;
  return signsOfEvaluations(history, (left * (funnel.evaluated + 1)) / (funnel.highFit + 0.5), left);
}

/** The signs of the end of a queue that holds something: when all that was enriched is scored. Null as long as no pace is known. */
export function signsOfScored(history: History): Signs | null {
  const queue = history.funnel.enriched - history.funnel.evaluated;
  return signsOfEvaluations(history, queue, queue);
}

function signsOfEvaluations(history: History, evaluations: number, missing: number): Signs | null {
  const { at, funnel, began, rates } = history;
  const pace = paceOf(rates.evaluated, funnel.evaluated - began.evaluated, at - began.at);
  return signsOf(history, evaluations / pace, evaluations, missing);
}

/**
 * A pace: the geometric mean of that of late and that of all the time (ms), of which neither is the better guess; 0 where none is
 * known.
 */
export function paceOf(late: number, all: number, forMs: number): number {
  return forMs > 0 ? Math.sqrt(late * Math.max(0, all / forMs)) : 0;
}

/** The signs of an end that comes in so long at the pace so far, with so many evaluations, and so many missing of what is waited for. */
function signsOf(history: History, expectedMs: number, evaluations: number, missing: number): Signs | null {
  const { at, funnel, began, rates, longestPause, suppliedAt, discoveredAt, longestSilence, idleMs } = history;
  if (!Number.isFinite(expectedMs)) return null;
  const { discovered, enriched, evaluated, highFit } = funnel;
  const age = ageOf(history);
  const far = Math.log(expectedMs / age);
  const queued = Math.min(1, (enriched - evaluated) / evaluations);
  return {
    one: 1,
    far,
    farther: Math.max(0, far),
    few: 1 / (highFit + 1),
    last: 1 / Math.sqrt(missing),
    queued,
    unenriched: Math.log((discovered - enriched + 1) / (discovered + 1)),
    jumps: Math.log(jumpinessOf(history) + LEAST_JUMPINESS),
    change: Math.abs(Math.log(changeOf(rates.evaluated, evaluated - began.evaluated, at - began.at))),
    yield: Math.log((rates.highFit * age + 1) / (highFit + 1)),
    pause: Math.log(longestPause / age),
    silence: Math.log((at - suppliedAt + SECOND_MS) / age),
    lack: Math.min(1, (1 - queued) * Math.sqrt(missing)) * Math.log1p((at - discoveredAt) / longestSilence),
    idle: idleMs / age,
  };
}

/** The pace of late against that of the whole watch; 1 where either is not known. */
export function changeOf(late: number, all: number, forMs: number): number {
  return late > 0 && all > 0 && forMs > 0 ? (late * forMs) / all : 1;
}

/** Work that comes evenly is not known to better than this. */
const LEAST_JUMPINESS = 0.003;
