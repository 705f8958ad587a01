import { CONDITION_FORMS, type Condition, parseCondition } from '../core/condition.ts';
import type { Until } from './options.ts';
import { taskOf } from './plain.ts';

/** A condition as the core asks it, and as the caller gave it. */
export interface GivenCondition {
  readonly given: Until;
  readonly condition: Condition;
}

/** Reads `until`: a condition, or a list of them. Throws a TypeError for what is none. */
export function readUntil(until: Until | readonly Until[]): GivenCondition[] {
  const all = isList(until) ? until : [until];
  return all.map((given, index) => ({ given, condition: conditionOf(given, index) }));
}

/** Array.isArray does not tell a readonly array from what else it may be. */
function isList(until: Until | readonly Until[]): until is readonly Until[] {
  return Array.isArray(until);
}

function conditionOf(given: Until, index: number): Condition {
  if (typeof given === 'function') return functionCondition(given, index);
  const condition = typeof given === 'string' ? parseCondition(given) : null;
  if (condition === null) throw new TypeError(`until has to be a function or ${CONDITION_FORMS}`);
  return condition;
}

/** What a function asks for is not known before it is called: the pacing cannot count on it. */
function functionCondition(ask: Exclude<Until, string>, index: number): Condition {
  const holds: Condition['holds'] = (task) => {
    const answer: unknown = ask(taskOf(task));
    // A promise would always hold.
    if (typeof answer !== 'boolean') throw new TypeError('the function of until has to return true or false');
    return answer;
  };
  return { text: `until[${index}]`, holds, goal: null };
}
