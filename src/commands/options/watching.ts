import { duration, flag, option, optional, type Reader, repeatable } from '../../cli/option.ts';
import { CONDITION_FORMS, type Condition, parseCondition } from '../../core/condition.ts';
import { SETTLE_MS } from '../../core/defaults.ts';
import { formatDuration } from '../../core/duration.ts';
import { SHORTEST_INTERVAL_MS } from '../../core/pacing.ts';
import { companiesFile } from './companies-file.ts';
import { GROUPS, hidden, under } from './group.ts';

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

/** What else ends a watch with success; for `get` too. */
export const until = {
  until: repeatable(
    {
      flags: '--until <condition>',
      help: 'also succeed when this holds, such as num_results>=50; repeat it for any of several',
    },
    condition,
  ),
};

/** When a watch polls, and what ends it. */
export function watching({ interval: pace = 'auto', settle = formatDuration(SETTLE_MS) } = {}) {
  return {
    results: flag({ flags: '--results', help: 'at the end, print the companies found' }),
    ...companiesFile('at the end, write the companies found to a file'),
    for: optional(
      {
        flags: '--for <duration>',
        help: 'stop watching after this long; it is no error if a task still runs',
        otherwise: 'until it ends',
        more: 'Such a task has the outcome `running`, 8, and the program names the command that goes on with it.',
      },
      duration(1),
    ),
    ...under(GROUPS.following, {
      interval: option(
        {
          flags: '--interval <duration>',
          help: 'time between two polls of a task; auto: shorter near the end',
          default: pace,
          more: `At least ${SHORTEST_INTERVAL_MS}ms. [polling.md](polling.md) explains \`auto\`.`,
        },
        interval,
      ),
      stallTimeout: optional(
        {
          flags: '--stall-timeout <duration>',
          help: 'give up when nothing has changed for this long',
          otherwise: 'never',
          more: 'Looks at the counters, the target and the status in the answers received. When the time is over, the program asks once more.',
        },
        duration(1),
      ),
      settle: option(
        {
          flags: '--settle <duration>',
          help: 'once the sources are exhausted, keep waiting for scores until no counter has changed for this long',
          default: settle,
          more: '`0` does not wait. See [exit-codes.md](exit-codes.md#how-a-task-has-ended).',
        },
        duration(),
      ),
      failFast: flag({
        flags: '--fail-fast',
        help: 'with several tasks: stop at the first that does not succeed',
        more: 'The command exits with the code of that task; the last JSON lines of the others say `running`, 8.',
      }),
    }),
    ...under(GROUPS.showing, {
      final: flag({ flags: '--final', help: "with --json: print only each task's last line", needs: '--json' }),
    }),
  };
}

/** The same where there is one task: what is about several is accepted, for scripts that set it everywhere, and not shown. */
export function watchingOne(defaults: Parameters<typeof watching>[0] = {}) {
  const { failFast, ...others } = watching(defaults);
  return { ...others, ...hidden({ failFast }) };
}
