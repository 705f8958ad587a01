import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { Readable, Writable } from 'node:stream';
import type { Commands, Ending } from '../../src/cli/command.ts';
import type { Clock } from '../../src/core/clock.ts';
import { codeOfEnding } from '../../src/core/exit-code.ts';
import type { StopSignal } from '../../src/core/outcome.ts';
import { type Host, processHost } from '../../src/host.ts';
import { main } from '../../src/main.ts';
import { systemClock } from '../../src/system-clock.ts';

export const TOKEN = 'tok-0123456789abcdef';
export const BINARY = resolve(import.meta.dirname, '../../bin/extruct-task.js');

export interface Ran {
  readonly code: number | null;
  /** The signal that the process died of. */
  readonly died: string | null;
  readonly stdout: string;
  readonly stderr: string;
  /** stdout as JSON, a value a line. */
  readonly json: Record<string, unknown>[];
}

export interface Setting {
  readonly api?: { readonly url: string };
  readonly env?: Readonly<Record<string, string>>;
  readonly stdin?: string | Buffer;
  /** Columns of a terminal that stdout is. */
  readonly stdoutColumns?: number;
  /** All three streams are a terminal, a wide one. It can show what does not move; for the live view use `runInTerminal`. */
  readonly isTerminal?: boolean;
  /** How long the process has been running when the program starts, in milliseconds; below zero, it has the more time left. */
  readonly ageMs?: number;
  /** The commands, where they are not the program's own. */
  readonly commands?: Commands;
  /** What the program takes for time, in place of the machine's. */
  readonly clock?: Clock;
  /** Nobody takes what is written to stdout. */
  readonly stuckReader?: boolean;
  /** Called with the way to send a signal, once the program listens for one. */
  readonly onReady?: (send: (signal: StopSignal) => void) => void;
}

/** The environment of a test: nothing of the machine's but what is named here. */
function environment({ api, env }: Setting): Record<string, string> {
  return { EXTRUCT_API_TOKEN: TOKEN, ...(api ? { EXTRUCT_API_URL: api.url } : {}), ...env };
}

/** Runs the whole program in this process, on a host made for it. Backoff takes its shortest waits. */
export function run(args: readonly string[], setting: Setting = {}): Promise<Ran> {
  return runOnHost((host) => main(host, setting.commands), args, setting);
}

/** Runs the built program in this process: what the build makes of the code, without the time that a process takes to start. */
export function runBuilt(args: readonly string[], setting: Setting = {}): Promise<Ran> {
  const built = createRequire(import.meta.url)('../../dist/main.cjs') as { readonly main: typeof main };
  return runOnHost((host) => built.main(host), args, setting);
}

/** Runs what takes a host in place of the whole program. */
export async function runOnHost(
  program: (host: Host) => Promise<Ending>,
  args: readonly string[],
  setting: Setting,
): Promise<Ran> {
  const { clock = systemClock, isTerminal = false } = setting;
  const columns = isTerminal ? 160 : undefined;
  const stdout = collector(setting.stdoutColumns ?? columns, setting.stuckReader);
  const stderr = collector(columns);
  const stdin = Readable.from(setting.stdin === undefined ? [] : [Buffer.from(setting.stdin)]);
  const host: Host = {
    ...processHost(),
    clock,
    argv: args,
    env: environment(setting),
    stdin: Object.assign(stdin, { isTTY: isTerminal }),
    stdout: stdout.stream,
    stderr: stderr.stream,
    startedAt: clock.now() - (setting.ageMs ?? 0),
    random: () => 0,
    onStop(listener) {
      setting.onReady?.(listener);
      return () => {};
    },
  };
  const code = codeOfEnding(await program(host));
  return ran({ code, died: null }, stdout.text(), stderr.text());
}

export interface BinarySetting extends Omit<Setting, 'ageMs' | 'clock' | 'stdoutColumns' | 'isTerminal' | 'stuckReader'> {
  /** The only argument is a script for bash. */
  readonly shell?: boolean;
  /** Reads stdout in sips, with pauses: a pipe that is full most of the time. */
  readonly slowReader?: boolean;
  /** Leaves standard input open, as a terminal is. */
  readonly keepStdinOpen?: boolean;
  /** Closes stdout before anything is written, as `head -n 0` does. */
  readonly closeAtOnce?: boolean;
  /** Closes stdout after the first bytes, as `head -n 1` does. */
  readonly closeAfterLine?: boolean;
  /** Called with the process's number, once it has been started. */
  readonly onStart?: (pid: number) => void;
}

/** Runs the built program in a process of its own. */
export async function runBinary(args: readonly string[], setting: BinarySetting = {}): Promise<Ran> {
  const command = setting.shell ? ['bash', '--norc', '-c', ...args] : [process.execPath, BINARY, ...args];
  const [file = '', ...rest] = command;
  const child = spawn(file, rest, {
    env: { PATH: process.env.PATH ?? '', ...environment(setting) },
    stdio: 'pipe',
  });
  // Who reads nothing may have ended before it is written.
  child.stdin.on('error', () => {});
  if (!setting.keepStdinOpen) child.stdin.end(setting.stdin ?? '');
  const stdout = setting.slowReader ? sips(child.stdout) : text(child.stdout);
  if (setting.closeAtOnce) child.stdout.destroy();
  if (setting.closeAfterLine) child.stdout.once('data', () => child.stdout.destroy());
  const stderr = text(child.stderr);
  setting.onReady?.((signal) => child.kill(signal));
  if (child.pid !== undefined) setting.onStart?.(child.pid);
  const ending = await new Promise<Pick<Ran, 'code' | 'died'>>((done) =>
    child.once('close', (code, died) => done({ code, died })),
  );
  return ran(ending, await stdout, await stderr);
}

function ran({ code, died }: Pick<Ran, 'code' | 'died'>, stdout: string, stderr: string): Ran {
  return {
    code,
    died,
    stdout,
    stderr,
    get json() {
      const lines = stdout.split('\n');
      if (lines.pop() !== '') throw new Error(`the last line of stdout is not whole: ${stdout.slice(-80)}`);
      return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    },
  };
}

async function sips(stream: NodeJS.ReadableStream): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) {
    chunks.push(Buffer.from(chunk));
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  return Buffer.concat(chunks).toString('utf8');
}

async function text(stream: NodeJS.ReadableStream): Promise<string> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of stream) chunks.push(Buffer.from(chunk));
  } catch (error) {
    // The test itself closed it.
    if ((error as NodeJS.ErrnoException).code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error;
  }
  return Buffer.concat(chunks).toString('utf8');
}

function collector(columns: number | undefined, stuckReader = false) {
  const chunks: string[] = [];
  const stream = new Writable({
    write(chunk, _encoding, done) {
      chunks.push(String(chunk));
      if (!stuckReader) done();
    },
  });
  return {
    stream: columns === undefined ? stream : Object.assign(stream, { isTTY: true, columns }),
    text: () => chunks.join(''),
  };
}
