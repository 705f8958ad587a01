import type { Condition } from '../core/condition.ts';
import type { ExitPolicy } from '../core/exit-code.ts';
import type { Gate } from '../core/gate.ts';
import type { Host } from '../host.ts';
import type { Writer } from '../writer.ts';

/** What every command works with: the world, and where its words go. */
export interface Context {
  readonly host: Host;
  readonly stdout: Writer;
  readonly stderr: Writer;
}

/** Whether words are coloured on each stream. */
interface Colored {
  readonly stdout: boolean;
  readonly stderr: boolean;
}

/** How progress is shown, once `auto` has been decided. */
export type ProgressMode = 'live' | 'plain' | 'none';

/** Everything a user can set for `get` and `watch`, complete. Durations in milliseconds. */
export interface Settings {
  readonly apiUrl: URL;
  /** The proxy to go through, which may hold a user and password; null for none. */
  readonly proxy: URL | null;
  readonly requestTimeoutMs: number;
  /** From the start of one poll of a task to the start of the next; null for `auto`, by how near the end seems. */
  readonly intervalMs: number | null;
  /** Infinity for none. */
  readonly timeoutMs: number;
  /** When that is over, on the clock's time: it counts from the start of the program. */
  readonly deadline: number;
  readonly retryForMs: number;
  /** Infinity for none. */
  readonly stallTimeoutMs: number;
  /** How long to go on while a task with exhausted sources is being scored and no counter changes. */
  readonly settleMs: number;
  readonly until: readonly Condition[];
  /** Stop every task as soon as one has not ended well. */
  readonly failFast: boolean;
  readonly json: boolean;
  /** At a task's end, tell what it found as well. */
  readonly results: boolean;
  readonly progress: ProgressMode;
  readonly heartbeatMs: number;
  /** Whether the terminal can show more than ASCII. */
  readonly unicode: boolean;
  readonly exit: ExitPolicy;
  /** At the end, ring the bell, or notify where the terminal can. */
  readonly bell: boolean;
  readonly notify: boolean;
  readonly verbose: boolean;
  readonly colored: Colored;
}

/** Settings and the secret that goes with them; kept apart, so that settings can be shown. */
export interface Access {
  readonly settings: Settings;
  readonly token: string;
  /** What all requests of the process pass. */
  readonly gate: Gate;
}
