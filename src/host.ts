import { writeSync } from 'node:fs';
import type { Readable, Writable } from 'node:stream';
import type { Clock } from './core/clock.ts';
import { codeOfEnding } from './core/exit-code.ts';
import type { StopSignal } from './core/outcome.ts';
import { dieOf, onStop } from './signals.ts';
import { createSleep } from './sleeping.ts';
import { isForeground, leaveTerminal, onSuspend, quietKeys } from './tty.ts';

/** A stream to write to, which may be a terminal. */
export type OutputStream = Writable & { readonly isTTY?: boolean; readonly columns?: number; readonly rows?: number };

/** The world as the program sees it. Tests hand in one of their own; nothing else touches `process`. */
export interface Host {
  /** What the user typed after the program's name. */
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The number of the user that the process acts as; undefined on Windows. */
  readonly userId: number | undefined;
  /** Node.js's version, without a `v`, and what it runs on. */
  readonly machine: { readonly node: string; readonly platform: string; readonly arch: string };
  readonly stdin: Readable & { readonly isTTY?: boolean };
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
  readonly clock: Clock;
  /** When the process started, on the clock's time. */
  readonly startedAt: number;
  /** Numbers from 0 up to 1. */
  readonly random: () => number;
  /** Calls `listener` once, on the first signal that asks to stop; a second one kills. Returns how to stop listening. */
  onStop(listener: (signal: StopSignal) => void): () => void;
  /** Whether the terminal is ours to draw on: not for a job in the background. True where it cannot be told. */
  isForeground(): boolean;
  /** Spends time to save memory: for thousands of tasks. */
  saveMemory(): Promise<void>;
  /** Calls `leave` before the process is stopped by Ctrl-Z and `comeBack` whenever it goes on. Returns how to stop listening. */
  onSuspend(leave: () => void, comeBack: () => void): () => void;
  /** Has the terminal show no keys that are typed; returns how to have it show them again. Reads none. */
  quietKeys(): () => void;
}

/** `performance` counts from the start of the process as well, but loads eight parts of Node first: 1 ms. */
const now = () => process.uptime() * 1000;

const clock: Clock = { now, wallTime: () => Date.now(), sleep: createSleep(now) };

/** The host that is this process. */
export function processHost(): Host {
  return {
    argv: process.argv.slice(2),
    env: process.env,
    userId: process.getuid?.(),
    machine: { node: process.versions.node, platform: process.platform, arch: process.arch },
    // Opened by whoever reads it: few commands do, and it takes time.
    get stdin() {
      return process.stdin;
    },
    stdout: process.stdout,
    stderr: process.stderr,
    clock,
    // From which the process's uptime counts.
    startedAt: 0,
    random: Math.random,
    onStop,
    isForeground,
    saveMemory,
    onSuspend,
    quietKeys,
  };
}

/**
 * Ends the process with an exit code, or of the signal that stopped it: a shell leaves its loop only when the program died of
 * Ctrl-C, not when it returned 130. A reader that has gone is the one signal that is told by its code. Whatever is still being
 * written is waited for: `process.exit` would cut a pipe short.
 */
export function endProcess(ending: number | StopSignal): void {
  const code = codeOfEnding(ending);
  process.exitCode = code;
  if (typeof ending === 'string' && ending !== 'SIGPIPE') {
    dieOf(ending);
    // Should somebody listen for the signal, it is delivered on a later turn; without anything to wait for there is none.
    setTimeout(() => process.exit(code), 200);
  }
  // Nothing should be left to wait for. Where something is (standard input that never ends), it is not waited for: somebody may be
  // waiting at a prompt, for completion.
  setTimeout(() => process.exit(code), 50).unref();
}

/**
 * Calls `report` for what nobody caught: a bug. The process then ends with code 1. Whoever draws on the terminal gives it
 * back first, and the report goes past the streams, which may be what broke.
 */
export function onCrash(report: (error: unknown, stderr: { write(text: string): unknown }) => void): void {
  process.on('uncaughtException', (error) => {
    leaveTerminal();
    report(error, { write: (text) => writeSync(process.stderr.fd, text) });
    process.exit(1);
  });
}

/**
 * By itself V8 lets garbage grow to several times of what lives before it collects it. It heeds this flag at each collection, and so
 * when it is set late as well. Node 20 to 26 know it; of one that they did not know they would complain on stderr.
 */
async function saveMemory(): Promise<void> {
  process.getBuiltinModule('node:v8').setFlagsFromString('--heap-growing-percent=50');
}
