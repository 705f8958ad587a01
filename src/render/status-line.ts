import ora from 'ora';
import type { TerminalStream } from './aside.ts';

/** One line of a terminal that says how far something is, behind a spinner. Whatever else is written there stands above it. */
export interface StatusLine {
  /** Shows a text in place of the one before. It must be ASCII. */
  show(text: string): void;
  clear(): void;
}

/** The spinner and the blank behind it; the last column stays free, because a line that fills it may fold. */
const BESIDE = 3;

/** Opens a status line on a stream that is a terminal. */
export function statusLine(stream: TerminalStream): StatusLine {
  // ora's default for `discardStdin` takes the terminal into raw mode, where Ctrl-C and Ctrl-Z are only bytes.
  const spinner = ora({ stream, isEnabled: true, discardStdin: false, color: false, spinner: 'line' });
  return {
    show(text) {
      // A terminal that does not tell its width says 0, and ora would go on for ever to clear infinitely many lines.
      if (!stream.columns) return;
      spinner.text = text.slice(0, Math.max(0, stream.columns - BESIDE));
      if (!spinner.isSpinning) spinner.start();
    },
    clear: () => void spinner.stop(),
  };
}
