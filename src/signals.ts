import { constants, readFileSync } from 'node:fs';
import { codeOfEnding } from './core/exit-code.ts';
import type { StopSignal } from './core/outcome.ts';
import { leaveTerminal } from './tty.ts';

/** The signals that ask to stop. */
const STOP_SIGNALS = ['SIGHUP', 'SIGINT', 'SIGTERM'] as const;

type Listener = (signal: StopSignal) => void;

/** Who is told of the first signal. */
const listeners = new Set<Listener>();
let isStopping = false;

/** Which of standard output and standard error were found as streams that a writer waits for. */
let foundBlocking: readonly NodeJS.WriteStream[] = [];

/** To be called at the start, before anything is written: Node.js makes its pipes non-blocking, and heeds a hangup that it should ignore. */
export function heedHangup(): void {
  const blocking = [1, 2].filter(isBlocking);
  process.on('SIGHUP', heed);
  foundBlocking = [process.stdout, process.stderr].filter(({ fd }) => blocking.includes(fd));
}

/**
 * Calls `listener` once, on the first signal that asks to stop. Returns how to stop listening. What listens to the process stays: a
 * library that restores the cursor on a signal would find itself alone, and end the process there and then.
 */
export function onStop(listener: Listener): () => void {
  isHangupIgnored();
  for (const signal of STOP_SIGNALS) if (!process.listeners(signal).includes(heed)) process.on(signal, heed);
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/** The first signal is told to those who listen. A second one kills, and so does one that nobody listens to. */
function heed(received: NodeJS.Signals): void {
  const signal = STOP_SIGNALS.find((known) => known === received);
  if (!signal || (signal === 'SIGHUP' && isHangupIgnored())) return;
  if (isStopping || listeners.size === 0) {
    dieOf(signal);
  } else {
    isStopping = true;
    for (const listener of listeners) listener(signal);
  }
}

/** Ends the process by a signal, so that a shell leaves its loop. Windows knows no such end, only its code. */
export function dieOf(signal: StopSignal): void {
  leaveTerminal();
  if (process.platform === 'win32') process.exit(codeOfEnding(signal));
  process.removeListener(signal, heed);
  restoreStreams();
  process.kill(process.pid, signal);
}

/**
 * Other programs may write to the same pipe next, and would fail with EAGAIN. Node.js leaves its streams as it found them where the
 * process exits, but not where it is killed.
 */
function restoreStreams(): void {
  for (const stream of foundBlocking) (stream as { _handle?: Pipe | null })._handle?.setBlocking?.(true);
}

/** What Node.js has behind a stream that is a pipe or a socket. */
interface Pipe {
  setBlocking?(isBlocking: boolean): number;
}

/** By proc(5). True where it cannot be told: so is what a shell makes. */
function isBlocking(fd: number): boolean {
  const flags = /^flags:\s*(\d+)/m.exec(readProc(`self/fdinfo/${fd}`))?.[1] ?? '0';
  return (Number.parseInt(flags, 8) & constants.O_NONBLOCK) === 0;
}

let ignoresHangup: boolean | undefined;

/**
 * Whether the process was started to outlive a hangup. Node.js sets each signal back to its default before any of our code runs, so
 * this goes by what is left: bash and zsh put what the user typed, `nohup`, into `_`; and on Linux one sees what the parent ignores,
 * in the first bit of a mask. The parent may have gone by the time of the hangup: asked once, early.
 */
function isHangupIgnored(): boolean {
  ignoresHangup ??=
    /(?:^|\/)nohup$/.test(process.env._ ?? '') || /^SigIgn:.*[13579bdf]$/m.test(readProc(`${process.ppid}/status`));
  return ignoresHangup;
}

/** A file of Linux's /proc; empty where there is none. */
function readProc(path: string): string {
  try {
    return readFileSync(`/proc/${path}`, 'latin1');
  } catch {
    return '';
  }
}
