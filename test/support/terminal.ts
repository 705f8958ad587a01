import { spawnSync } from 'node:child_process';
import { spawn } from '@lydell/node-pty';
import { Terminal } from '@xterm/headless';
import { expect, onTestFinished } from 'vitest';
import { BINARY, TOKEN } from './run.ts';

/** The live view draws a frame with the folding of long lines off. */
const [FRAME_BEGINS, FRAME_ENDS] = ['\u001b[?7l', '\u001b[?7h'];

/** What a person sees, of a program that runs in a real pseudo-terminal. */
export interface Screen {
  /** The lines that stand on the screen, without those that are empty at its end. */
  lines(): string[];
  /** The lines that have scrolled off, and those on the screen. */
  everything(): string[];
  /** All that was written, with its escape codes. */
  bytes(): string;
  isCursorVisible(): boolean;
  /** Whether the terminal echoes the keys that are typed. */
  showsKeys(): boolean;
  /** Whether what stands on the screen is a whole frame, and not half of the next one. */
  isWhole(): boolean;
  type(keys: string): void;
  resize(columns: number, rows: number): void;
  /**
   * Resolves when the program has ended: its code, or 128 + its signal. Its last words may still be on their way through the
   * pseudo-terminal: what stands on the screen then is polled for. (Of many kilobytes at the very end node-pty may lose some.)
   */
  readonly exited: Promise<number>;
  readonly pid: number;
}

export interface TerminalSetting {
  readonly columns?: number;
  readonly rows?: number;
  readonly api?: { readonly url: string };
  readonly env?: Readonly<Record<string, string>>;
  /** Whether old lines are folded anew when the window becomes narrower, as VS Code's terminal does, or cut, as xterm does. */
  readonly folds?: boolean;
}

/** Runs the built program in a terminal. */
export function runInTerminal(args: readonly string[], setting: TerminalSetting = {}): Screen {
  return startInTerminal(process.execPath, [BINARY, ...args], setting);
}

/** Runs any program in a terminal; its environment is the test's, with the program's path in $PROGRAM. */
export function startInTerminal(file: string, args: readonly string[], setting: TerminalSetting): Screen {
  const { columns = 80, rows = 24, folds = false } = setting;
  // The emulator folds unless it is told that Windows does so.
  const folding = folds ? {} : { windowsPty: { backend: 'conpty', buildNumber: 19_000 } as const };
  const terminal = new Terminal({ cols: columns, rows, allowProposedApi: true, scrollback: 1000, ...folding });
  const env = {
    PATH: process.env.PATH ?? '',
    TERM: 'xterm-256color',
    EXTRUCT_API_TOKEN: TOKEN,
    PROGRAM: `${process.execPath} ${BINARY}`,
    ...(folds ? { TERM_PROGRAM: 'vscode' } : {}),
    ...(setting.api ? { EXTRUCT_API_URL: setting.api.url } : {}),
    ...setting.env,
  };
  const child = spawn(file, [...args], { cols: columns, rows, env });
  let bytes = '';
  let drawn = '';
  let isCursorVisible = true;
  child.onData((data) => {
    bytes += data;
    terminal.write(data, () => {
      drawn += data;
    });
  });
  terminal.parser.registerCsiHandler({ prefix: '?', final: 'h' }, (params) => note(params, true));
  terminal.parser.registerCsiHandler({ prefix: '?', final: 'l' }, (params) => note(params, false));
  const note = (params: readonly (number | number[])[], isSet: boolean) => {
    if (params.includes(25)) isCursorVisible = isSet;
    return false;
  };
  const exited = new Promise<number>((resolve) =>
    child.onExit(({ exitCode, signal }) => resolve(signal ? 128 + signal : exitCode)),
  );
  onTestFinished(() => {
    try {
      child.kill('SIGKILL');
    } catch {
      // It has ended.
    }
    terminal.dispose();
  });
  const from = (first: number) => {
    const buffer = terminal.buffer.active;
    const lines = Array.from(
      { length: buffer.length - first },
      (_, index) =>
        buffer
          .getLine(first + index)
          ?.translateToString(true)
          .trimEnd() ?? '',
    );
    while (lines.at(-1) === '') lines.pop();
    return lines;
  };
  return {
    lines: () => from(terminal.buffer.active.baseY),
    everything: () => from(0),
    bytes: () => bytes,
    isCursorVisible: () => isCursorVisible,
    showsKeys: () => !/\s-echo\b/.test(modesOf(child)),
    isWhole: () => drawn.length === bytes.length && drawn.lastIndexOf(FRAME_ENDS) >= drawn.lastIndexOf(FRAME_BEGINS),
    type: (keys) => child.write(keys),
    resize(newColumns, newRows) {
      terminal.resize(newColumns, newRows);
      child.resize(newColumns, newRows);
    },
    exited,
    pid: child.pid,
  };
}

/** What stty tells of a terminal: both ends of a pseudo-terminal have the same modes. Only its types do not know node-pty's own end. */
function modesOf(child: object): string {
  const { fd } = child as { readonly fd: number };
  return spawnSync('stty', ['-a'], { stdio: [fd, 'pipe', 'ignore'], encoding: 'utf8' }).stdout;
}

/** Waits until the screen shows the text; fails with what stands there instead. */
export async function shows(screen: Screen, text: string | RegExp): Promise<void> {
  await expect.poll(() => (screen.isWhole() ? screen.lines().join('\n') : 'half of a frame')).toMatch(text);
}
