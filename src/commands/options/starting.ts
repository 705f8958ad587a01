import type { Call, Unread } from '../../cli/command.ts';
import { flag, optionName, type Values } from '../../cli/option.ts';
import { RETRY_ONCE_MS, RETRY_WATCH_MS } from '../../core/defaults.ts';
import type { Reason } from '../../core/failure.ts';
import type { AccessOptions } from '../session/settings.ts';
import { access, limitsOfStart } from './access.ts';
import { under } from './group.ts';
import { json, redact } from './json.ts';
import { output } from './output.ts';
import { talk } from './talk.ts';
import { until, watchingOne } from './watching.ts';

/** What only a watch can do. */
const ofWatch = { ...watchingOne(), ...until, ...output, ...redact };

/** The options of commands that start something and can then watch it. */
export const starting = {
  watch: flag({
    flags: '--watch',
    help: 'then watch the task until it ends',
    more: 'Takes all the flags of `watch`. Standard output and the exit code are then those of `watch`; the ID goes to standard error.',
  }),
  ...json('print the task as JSON; with --watch, a line for each change'),
  ...under('With --watch:', ofWatch),
  ...talk,
  ...limitsOfStart,
  ...access,
};

/** Whether an option needs `--watch`, which was not given: without it, the user would wait for nothing. */
export function lackOfWatch({ given }: Unread<typeof starting>): readonly Reason[] {
  const idle = given.includes('--watch')
    ? undefined
    : Object.values(ofWatch)
        .map(optionName)
        .find((name) => given.includes(name));
  return idle === undefined ? [] : [{ what: `${idle} requires --watch`, fix: 'add --watch' }];
}

/** The same call with the time to keep retrying, which depends on `--watch`. */
export function toOpen<O extends typeof starting>(call: Call<O>): Call<AccessOptions> {
  const { watch, retryFor } = call.values as Values<typeof starting>;
  const values = { ...call.values, retryFor: retryFor ?? (watch ? RETRY_WATCH_MS : RETRY_ONCE_MS) };
  return { ...call, values: values as Values<AccessOptions> };
}
