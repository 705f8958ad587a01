import { chanceBy, type Forecast } from './forecast.ts';

/*
 * What is said of the time left: one of a few coarse ranges, and nothing where none of them is likely enough to be true. It never
 * rises without a cause that is shown too. Times are in milliseconds.
 */

/** A range that a person would name, both ends from now on. */
export interface TimeLeft {
  readonly fromMs: number;
  readonly toMs: number;
  /** Where it is said as `about` so many minutes, that number; else null. */
  readonly about: number | null;
}

const MINUTE_MS = 60_000;

/** The whole minutes that a person would name. */
const NAMED = [1, 2, 3, 4, 5, 7, 10, 15, 20, 30, 45, 60, 90, 120, 180, 240, 360, 480];

/** `about N` means from N divided by this to N times this. */
const ABOUT = 1.5;

/** A range from A to B that is wider than so many times A says too little; one that is narrower than so many is said as `about`. */
const WIDEST = 5;
const NARROWEST = 2.5;

/** Of what may be over at any moment a person would say no more than this, in minutes. */
const UNDER = [2, 3];

/** Under a minute, about so many minutes, from so many to so many, under so many: the more it tells, the sooner. What tells as much stands together. */
const SAYABLE: readonly (readonly TimeLeft[])[] = [
  [minutesLeft(0, 1)],
  NAMED.map((minutes) => ({ ...minutesLeft(minutes / ABOUT, minutes * ABOUT), about: minutes })),
  ...fromTo(),
  ...UNDER.map((minutes) => [minutesLeft(0, minutes)]),
];

/** From so many minutes to so many, the narrowest first. */
function fromTo(): TimeLeft[][] {
  const byWidth = new Map<number, TimeLeft[]>();
  for (const from of NAMED) {
    for (const to of NAMED) {
      const width = to / from;
      if (width >= NARROWEST && width <= WIDEST) byWidth.set(width, [...(byWidth.get(width) ?? []), minutesLeft(from, to)]);
    }
  }
  return [...byWidth].sort(([one], [other]) => one - other).map(([, ranges]) => ranges);
}

function minutesLeft(from: number, to: number): TimeLeft {
  return { fromMs: from * MINUTE_MS, toMs: to * MINUTE_MS, about: null };
}

/** A range that is so likely needs not be wider, and one that was told stays. */
const SURE = 0.75;

/** A range is not told if it is less likely than this, or likelier than this too short: that is the worse disappointment. */
const LEAST_SURE = 0.4;
const MOST_TOO_SHORT = 0.45;

/**
 * A watch that is likelier than this to be in its first fifth, with four times its age or more to come, is told only what holds for
 * that case as well: so often, if it is so.
 */
const AGES_TO_COME = 4;
const MOST_IN_FIRST_FIFTH = 0.1;
const LEAST_SURE_THERE = 0.75;

/**
 * What is said of a forecast until `nextAt`, when the next answer is asked for: what was `told` before as long as it is sure; or else, of
 * the ranges that are not higher, the likeliest of the narrowest that are sure, or the likeliest of all. Null for nothing.
 */
export function timeLeft(forecast: Forecast, nextAt: number, told: TimeLeft | null): TimeLeft | null {
  if (!forecast.isTold) return null;
  const chanceOf = chances(forecast, nextAt);
  if (told && chanceOf(told) >= SURE) return told;
  let [likeliest, most]: [TimeLeft | null, number] = [null, LEAST_SURE];
  for (const alike of SAYABLE) {
    for (const range of alike) {
      if (told && (range.fromMs > told.fromMs || range.toMs > told.toMs)) continue;
      const chance = chanceOf(range);
      if (chance > most) [likeliest, most] = [range, chance];
    }
    if (most >= SURE) break;
  }
  return likeliest;
}

/** How likely a range is to be true; 0 for one that is not to be told. It stands there while time passes, so it has to be true half-way. */
function chances(forecast: Forecast, nextAt: number): (range: TimeLeft) => number {
  const gone = (nextAt - forecast.at) / 2;
  const open = 1 - chanceBy(forecast, gone);
  const chanceAfter = (ms: number) => (1 - chanceBy(forecast, gone + ms)) / open;
  const farMs = AGES_TO_COME * forecast.ageMs;
  const far = chanceAfter(farMs);
  return ({ fromMs, toMs }) => {
    const tooShort = chanceAfter(toMs);
    if (tooShort > MOST_TOO_SHORT) return 0;
    const holdsThere = chanceAfter(Math.max(fromMs, farMs)) - tooShort;
    if (far > MOST_IN_FIRST_FIFTH && holdsThere < LEAST_SURE_THERE * far) return 0;
    return chanceAfter(fromMs) - tooShort;
  };
}
