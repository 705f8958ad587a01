import type { Values } from '../../cli/option.ts';
import type { Condition } from '../../core/condition.ts';
import type { ExitPolicy } from '../../core/exit-code.ts';
import type { Host } from '../../host.ts';
import { isSet } from '../../render/environment.ts';
import type { CompaniesFile } from '../options/companies-file.ts';
import type { json, redact } from '../options/json.ts';
import type { output } from '../options/output.ts';
import type { until, watching } from '../options/watching.ts';
import { isCi } from '../session/screen.ts';
import type { Access, Settings } from '../session/settings.ts';

/** The options of every command that can watch. */
type WatchOptions = ReturnType<typeof watching> & typeof until & ReturnType<typeof json> & typeof redact & typeof output;

type WatchValues = Values<WatchOptions> & { readonly quiet: boolean; readonly ascii: boolean };

/** How progress is shown, once `auto` has been decided. */
type ProgressMode = 'live' | 'plain' | 'spoken' | 'none';

/** How tasks are watched, and how that is shown. Durations in milliseconds. */
interface WatchSettings {
  /** From the start of one poll of a task to the start of the next; null for `auto`, by how near the end seems. */
  readonly intervalMs: number | null;
  /** Infinity for none. */
  readonly stallTimeoutMs: number;
  /** How long to go on while a task with exhausted sources is being scored and no counter changes. */
  readonly settleMs: number;
  readonly until: readonly Condition[];
  /** Stop every task as soon as one has not ended well. */
  readonly failFast: boolean;
  readonly json: boolean;
  /** Of JSON only each task's last line, and no text that a person wrote. */
  readonly final: boolean;
  readonly redact: boolean;
  /** How long to look at tasks that do not end, Infinity for as long as it takes; and until when, on the clock's time. */
  readonly lookMs: number;
  readonly lookUntil: number;
  /** At a task's end, read what it found as well. */
  readonly results: boolean;
  /** In the end, print that below the table. */
  readonly printsResults: boolean;
  /** In the end, write that to a file. */
  readonly file: CompaniesFile | null;
  readonly progress: ProgressMode;
  readonly heartbeatMs: number;
  readonly exit: ExitPolicy;
  /** At the end, ring the bell, or notify where the terminal can. */
  readonly bell: boolean;
  readonly notify: boolean;
}

/** What a command has of the API that watches tasks. */
export interface WatchAccess extends Access {
  readonly settings: Settings & WatchSettings;
}

/** The same access, to watch with as the options say. */
export function toWatch(access: Access, values: WatchValues, host: Host): WatchAccess {
  const watching = watchSettings(values, host);
  const quiet = watching.progress === 'none';
  return { ...access, settings: { ...access.settings, quiet, ...watching } };
}

/** The settings that the options make on this host. */
function watchSettings(values: WatchValues, host: Host): WatchSettings {
  const { until, failFast, json, final, redact, bell, notify, output } = values;
  const isAscii = values.ascii || isSet(host.env.EXTRUCT_ASCII);
  const lookMs = values.for ?? Number.POSITIVE_INFINITY;
  return {
    until,
    failFast,
    json,
    final,
    redact,
    bell,
    notify,
    lookMs,
    lookUntil: host.startedAt + lookMs,
    results: values.results || output !== null,
    printsResults: values.results,
    file: output,
    intervalMs: values.interval.ms,
    stallTimeoutMs: values.stallTimeout ?? Number.POSITIVE_INFINITY,
    settleMs: values.settle,
    progress: decideProgress(values.quiet ? 'none' : values.progress, host, isAscii),
    heartbeatMs: values.heartbeat,
    exit: { allowExhausted: values.allowExhausted, exitStatus: values.exitStatus },
  };
}

/** How progress is shown on this host, where a user wishes for it so. */
export function decideProgress(wish: 'auto' | 'live' | 'plain' | 'none', { env, stderr }: Host, isAscii = false): ProgressMode {
  if (wish === 'none') return wish;
  const isSpoken = isSet(env.ACCESSIBLE);
  // Only a terminal can be redrawn, whatever the user asked for.
  const canMove = stderr.isTTY === true && wish !== 'plain';
  if (canMove && (wish === 'live' || !(isSpoken || isCi(env) || env.TERM === 'dumb'))) return 'live';
  return isSpoken || (isAscii && wish === 'plain') ? 'spoken' : 'plain';
}
