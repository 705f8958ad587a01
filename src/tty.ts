import { readFileSync } from 'node:fs';

/** How those who draw on the terminal leave it. */
const drawing = new Set<() => void>();

/** Has all who draw on the terminal give it back: the process is about to end without coming to its end. */
export function leaveTerminal(): void {
  for (const leave of drawing) leave();
}

/** Whether the terminal is ours to draw on: not for a job in the background. True where it cannot be told. */
export function isForeground(): boolean {
  if (process.platform === 'win32') return true;
  return process.platform === 'linux' ? isForegroundByProc() : isForegroundByPs();
}

/** By the process group that the terminal is with and our own, fields 8 and 5 of proc(5)'s stat; behind the name, which may hold anything. */
function isForegroundByProc(): boolean {
  try {
    const stat = readFileSync('/proc/self/stat', 'utf8');
    const [, , group, , , terminalGroup] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return terminalGroup === group || terminalGroup === '-1';
  } catch {
    return true;
  }
}

/** How long an answer of ps holds, in milliseconds: a job that waits in the background asks every second. */
const PS_HOLDS_MS = 3000;

let lastAnswer = { isInFront: true, until: 0 };

/** By the `+` that ps(1) puts into the state of a process in the foreground, where there is no /proc: macOS and BSD. */
function isForegroundByPs(): boolean {
  const now = performance.now();
  if (lastAnswer.isInFront || now >= lastAnswer.until) {
    const stat = ask('ps', ['-o', 'stat=', '-p', String(process.pid)], 'ignore');
    lastAnswer = { isInFront: stat === null || stat.includes('+'), until: now + PS_HOLDS_MS };
  }
  return lastAnswer.isInFront;
}

/**
 * Ctrl-Z by the book: tidy up, then let the signal do what it does by default (in a process group that nobody can wake the
 * kernel ignores it, where SIGSTOP would hang for ever). The timer runs on only when the process does. Calls `leave` before the
 * process is stopped and `comeBack` once it goes on, also after a stop that it did not hear of. Returns how to stop listening.
 */
export function onSuspend(leave: () => void, comeBack: () => void): () => void {
  drawing.add(leave);
  const signals: Partial<Record<NodeJS.Signals, () => void>> = {
    SIGTSTP: () => stopBy('SIGTSTP'),
    SIGCONT: comeBack,
    // Ctrl-\ is there to end what does not end otherwise; the terminal is given back all the same.
    SIGQUIT: () => stopBy('SIGQUIT'),
  };
  let resuming: NodeJS.Timeout | undefined;
  const listen = () => {
    for (const [signal, handle] of Object.entries(signals)) process.on(signal, handle);
  };
  const release = () => {
    for (const [signal, handle] of Object.entries(signals)) process.removeListener(signal, handle);
  };
  const stopBy = (signal: NodeJS.Signals) => {
    leave();
    release();
    process.kill(process.pid, signal);
    resuming = setTimeout(() => {
      listen();
      comeBack();
    }, 50);
  };
  if (process.platform !== 'win32') listen();
  return () => {
    drawing.delete(leave);
    clearTimeout(resuming);
    release();
  };
}

/**
 * Has the terminal that stderr is show no keys, where it shows them, and returns how to have it show them again. Nothing is
 * read: Ctrl-C and Ctrl-Z stay signals, and what is typed meanwhile waits in the terminal for the shell. Node's own raw mode can
 * do neither. Without stty, as on Windows, the terminal stays as it is.
 */
export function quietKeys(): () => void {
  if (process.platform === 'win32') return () => {};
  const modes = ask('sh', ['-c', 'stty -a && stty -echo'], process.stderr.fd);
  // A terminal that showed no keys before is left so.
  if (modes === null || (!isQuiet && /\s-echo\b/.test(modes))) return () => {};
  isQuiet = true;
  return () => {
    isQuiet = false;
    ask('stty', ['echo'], process.stderr.fd);
  };
}

/** Whether it was us who made the terminal quiet: the shell may have given it back so, with `fg`. */
let isQuiet = false;

/** Longer than any of them takes, in milliseconds. A terminal that has been stopped by Ctrl-S keeps stty waiting. */
const TOOL_TIMEOUT_MS = 1000;

/**
 * What a small tool says, or null where it cannot: it is missing, the terminal has gone. It runs in a session of its own, where the
 * keys that stop or end this process, which waits for it, do not reach it.
 */
function ask(tool: string, args: readonly string[], stdin: number | 'ignore'): string | null {
  const { spawnSync } = process.getBuiltinModule('node:child_process');
  const alone = { detached: true };
  const { status, stdout } = spawnSync(tool, args, {
    ...alone,
    stdio: [stdin, 'pipe', 'ignore'],
    encoding: 'utf8',
    timeout: TOOL_TIMEOUT_MS,
    killSignal: 'SIGKILL',
  });
  return status === 0 ? stdout : null;
}
