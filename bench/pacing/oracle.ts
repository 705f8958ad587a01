import type { Pacer } from '../../src/core/pacing.ts';
import type { TaskHistory } from './history.ts';

/*
 * A pacer that nobody can be: it has read each history's evaluations beforehand, and how many of them fit, but not which. So it
 * knows the distribution of the end at each moment: what a forecast can know at best of when the target is reached. When exhausted
 * sources are worked off it knows to the second, and of failures that one of ten tasks fails. It asks by the same rule as auto does.
 */

const STEP_S = 0.5;
const FASTEST_S = 1;
const FAILURES = 0.1;

/** The oracle for one history; a request is worth `worth` seconds of lateness, and it waits no longer than `slowest` seconds. */
export function oraclePace(history: TaskHistory, worth: number, slowest: number): Pacer {
  const course = courseOf(history);
  return ({ at }) => {
    const chances = chancesFrom(history, course, at / 1000, slowest);
    let [delay, requests, open] = [0, 0, 1];
    for (; requests < 1 && delay < slowest; delay += STEP_S) {
      const chance = chances[delay / STEP_S] ?? 0;
      const hazard = chance / Math.max(1e-9, open) / STEP_S + FAILURES / history.end;
      requests += STEP_S * Math.sqrt(hazard / worth);
      open -= chance;
    }
    return 1000 * Math.max(FASTEST_S, Math.min(slowest, delay));
  };
}

/** When each evaluation came, by and by, in seconds; the share of them that fits; and how long after the last of them the task ended. */
interface Course {
  readonly evaluations: readonly number[];
  readonly share: number;
  readonly afterwards: number;
}

function courseOf({ points, end, outcome }: TaskHistory): Course {
  const evaluations: number[] = [];
  for (const [at, , , evaluated] of points) while (evaluations.length < evaluated) evaluations.push(at);
  const last = points.at(-1) ?? [0, 0, 0, 0, 0];
  const afterwards = outcome === 'failed' ? 0 : Math.max(0, end - (evaluations.at(-1) ?? end));
  return { evaluations, share: Math.min(0.999, Math.max(0.001, last[4] / Math.max(1, last[3]))), afterwards };
}

/** The chance of the end in each step from a moment on: the missing results are there when so many evaluations have succeeded. */
function chancesFrom(history: TaskHistory, course: Course, now: number, slowest: number): number[] {
  const [, , , evaluated, highFit] = history.points.findLast(([at]) => at <= now) ?? [0, 0, 0, 0, 0];
  const left = Math.max(1, history.target - highFit);
  const { evaluations, share, afterwards } = course;
  const chances: number[] = [];
  const add = (at: number, chance: number) => {
    const step = Math.max(0, Math.floor((at - now) / STEP_S));
    chances[step] = (chances[step] ?? 0) + chance;
  };
  if (highFit >= history.target) {
    add(history.end, 1);
    return chances;
  }
  let [chance, sum] = [share ** left, 0];
  for (let tries = left; sum < 0.999; tries += 1) {
    const at = timeOf(evaluated + tries - 1, history, evaluations);
    if (at === null) {
      add(history.end, 1 - sum);
      break;
    }
    if (at + afterwards - now > slowest) break;
    add(at + afterwards, chance);
    sum += chance;
    chance *= (tries / (tries - left + 1)) * (1 - share);
  }
  return chances;
}

/** When an evaluation comes; after the last one at the mean pace, and never where the sources are exhausted. */
function timeOf(index: number, { outcome, end }: TaskHistory, evaluations: readonly number[]): number | null {
  const known = evaluations[index];
  if (known !== undefined) return known;
  if (outcome === 'exhausted' || evaluations.length === 0) return null;
  return end + ((index - evaluations.length + 1) * end) / evaluations.length;
}
