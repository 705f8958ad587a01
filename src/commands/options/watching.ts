import { duration, flag, option, optional, type Reader, repeatable } from '../../cli/option.ts';
import { CONDITION_FORMS, type Condition, parseCondition } from '../../core/condition.ts';
import { SETTLE_MS } from '../../core/defaults.ts';
import { formatDuration } from '../../core/duration.ts';
import { SHORTEST_INTERVAL_MS } from '../../core/pacing.ts';

const spaced = duration(SHORTEST_INTERVAL_MS);

/** Null for `auto`. */
interface Interval {
  readonly ms: number | null;
}

const interval: Reader<Interval> = {
  wish: spaced.wish.replace('a duration', 'auto or a duration'),
  read(given) {
    const ms = given === 'auto' ? null : spaced.read(given);
    return given === 'auto' || ms !== null ? { ms } : null;
  },
};

const condition: Reader<Condition> = { wish: `set ${CONDITION_FORMS}`, read: parseCondition };

/** What ends a watch well besides; for `get` too. */
export const until = {
  until: repeatable(
    {
      flags: '--until <condition>',
      help: 'also end well when it holds: num_results>=50; repeat it for any of several',
    },
    condition,
  ),
};

/** When a watch asks, and what ends it. */
export function watching({ interval: pace = 'auto', settle = formatDuration(SETTLE_MS) } = {}) {
  return {
    interval: option(
      {
        flags: '--interval <duration>',
        help: 'time between two polls of a task; auto: less as its end nears',
        default: pace,
        more: `At least ${SHORTEST_INTERVAL_MS}ms. [polling.md](polling.md) tells what \`auto\` does.`,
      },
      interval,
    ),
    stallTimeout: optional(
      {
        flags: '--stall-timeout <duration>',
        help: 'give up when nothing has changed for this long',
        otherwise: 'never',
        more: 'No counter, target or status, by the answers that came.',
      },
      duration(1),
    ),
    settle: option(
      {
        flags: '--settle <duration>',
        help: 'once the sources are exhausted, wait this long for scores while no counter changes',

        default: settle,
        more: '`0` does not wait. See [exit-codes.md](exit-codes.md#how-a-task-has-ended).',
      },
      duration(),
    ),
    failFast: flag({
      flags: '--fail-fast',
      help: 'several tasks: stop at the first that does not end well',
      more: "Its code is the command's; the last lines of the others say `running`, 8.",
    }),
    results: flag({ flags: '--results', help: 'at the end, print the companies that were found' }),
  };
}
