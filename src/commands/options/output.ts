import { duration, flag, oneOf, option } from '../../cli/option.ts';
import { SHORTEST_INTERVAL_MS } from '../../core/pacing.ts';
import { GROUPS, under } from './group.ts';

const PROGRESS_MODES = ['auto', 'live', 'plain', 'none'] as const;

/** How the end of a task becomes the exit code. */
export const exitStatus = under(GROUPS.exiting, {
  allowExhausted: flag({ flags: '--allow-exhausted', help: 'exit 0 for an exhausted task' }),
  exitStatus: flag({
    flags: '--no-exit-status',
    help: 'exit 0 whatever state the task is in; errors keep their codes',
    more: '`done`, `failed`, `exhausted` and `running` exit 0. See [exit-codes.md](exit-codes.md).',
  }),
});

/** How progress is shown, and how the end is announced. */
export const progress = under(GROUPS.showing, {
  progress: option(
    {
      flags: '--progress <mode>',
      help: 'how to show progress: auto, live, plain or none',
      default: 'auto',
      values: PROGRESS_MODES,
      more: '`auto` is live on a terminal, and plain elsewhere, in CI and with `TERM=dumb`. With `ACCESSIBLE` it is sentences, and so is plain.',
    },
    oneOf(PROGRESS_MODES),
  ),
  heartbeat: option(
    {
      flags: '--heartbeat <duration>',
      help: 'plain progress: write a line at least this often',
      default: '60s',
      more: 'CI services can stop a job that prints nothing.',
    },
    duration(SHORTEST_INTERVAL_MS),
  ),
  bell: flag({ flags: '--bell', help: 'ring the bell at the end, on a terminal' }),
  notify: flag({
    flags: '--notify',
    help: 'send a terminal notification at the end, or ring the bell if the terminal cannot',
    more: 'Supported by iTerm2, WezTerm, Ghostty, foot and rxvt, but not inside tmux.',
  }),
});

/** Both. */
export const output = { ...progress, ...exitStatus };
