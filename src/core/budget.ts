import { autoPace, type Pacer } from './pacing.ts';

/**
 * Requests a second that all tasks of one process share where they pace themselves: as many as a hundred tasks at a fixed 10 s.
 * With a longest wait of 30 s it holds for 300 tasks, with one of 15 s for 150; of more, each is asked for at the longest wait.
 */
const MOST_PER_SECOND = 10;

/** The wishes of many tasks, and what each may have of the budget. */
interface Budget {
  /** The delay until the task's next poll, in milliseconds: as wished for, stretched where all wishes together are too many. */
  grant(id: string, wishedMs: number): number;
  /** Takes back the wish of a task that has ended. */
  release(id: string): void;
}

/**
 * A budget that nobody has asked of yet. Every delay is stretched by the same factor, so those near their end stay ahead of
 * those far from it. The sum is kept beside the wishes: with thousands of tasks nobody adds them up for each poll.
 */
export function createBudget(): Budget {
  const wishes = new Map<string, number>();
  let perSecond = 0;
  const change = (id: string, wish: number) => {
    perSecond += wish - (wishes.get(id) ?? 0);
    if (wish > 0) wishes.set(id, wish);
    else wishes.delete(id);
  };
  return {
    grant: (id, wishedMs) => {
      change(id, 1000 / wishedMs);
      return wishedMs * Math.max(1, perSecond / MOST_PER_SECOND);
    },
    release: (id) => change(id, 0),
  };
}

/** The pacer of `--interval auto` for one task of many: what it wishes for, as far as the budget allows, at most `slowestMs`. */
export function budgetedPace(budget: Budget, id: string, slowestMs: number): Pacer {
  const pace = autoPace(slowestMs);
  return (forecast) => Math.min(slowestMs, budget.grant(id, pace(forecast)));
}

/** The time over which the second polls of `count` tasks are spread, in milliseconds, if each paces itself. */
export function spreadOf(count: number): number {
  return (count * 1000) / MOST_PER_SECOND;
}
