import type { ChalkInstance } from 'chalk';
import ora from 'ora';
import stringWidth from 'string-width';
import type { Clock } from '../core/clock.ts';
import type { Progress } from '../core/progress.ts';
import type { Renderer } from './renderer.ts';
import { liveView } from './view.ts';

/** A terminal, as far as the live view needs to know one. */
interface Terminal {
  readonly stream: NodeJS.WritableStream & { columns?: number; rows?: number };
  /** Whether it can show more than ASCII. */
  readonly unicode: boolean;
  /** Whether it is ours to draw on. */
  isForeground(): boolean;
  /** Tells of the process being stopped (Ctrl-Z) and continued (`fg`, `bg`); returns how to stop listening. */
  onSuspend(leave: () => void, comeBack: () => void): () => void;
}

/** How often a job in the background looks whether it was brought to the front, in milliseconds. */
const FOREGROUND_MS = 500;

/** Time between redraws, in milliseconds: the view counts seconds, and each redraw costs the terminal a kilobyte. */
const FRAME_MS = 1000;

/** News is drawn at once, but no more often than this, in milliseconds: many tasks bring a lot of it. */
const NEWS_MS = 250;

/** ora puts the spinner and two blanks before its text; the lines below are indented alike. */
const INDENT = 3;

// While a frame is drawn the terminal must not wrap: should it and we disagree about the width of an emoji, the line is
// cut at the edge instead of pushing all that follows one row down.
const NO_WRAP = '\u001B[?7l';
const WRAP = '\u001B[?7h';

/** The live view on a terminal: redrawn in place below whatever else is printed, gone without a trace when closed. */
export function liveProgress(terminal: Terminal, clock: Clock, paint: ChalkInstance): Renderer {
  const { stream, unicode } = terminal;
  const tasks = new Map<string, Progress>();
  let drawn: string[] = [];
  let drawnAt = 0;

  const frame = () => {
    const columns = Math.max(1, (stream.columns || 80) - INDENT);
    // Two rows less than there are: one for the cursor below the view, one so that the top line never scrolls away.
    const rows = Math.max(1, (stream.rows || 24) - 2);
    drawnAt = clock.now();
    drawn = liveView([...tasks.values()], clock.now(), { columns, rows, unicode }, paint);
    return `${NO_WRAP}${drawn.join(`\n${' '.repeat(INDENT)}`)}${WRAP}\n`;
  };
  const spinner = ora({
    stream,
    isEnabled: true,
    // ora's default takes the terminal into raw mode, where Ctrl-C and Ctrl-Z are only bytes.
    discardStdin: false,
    spinner: { frames: unicode ? ['⠋', '⠙', '⠸', '⠴', '⠦', '⠇'] : ['|', '/', '-', '\\'] },
    interval: FRAME_MS,
    color: paint.level > 0 ? 'cyan' : false,
    suffixText: frame,
  } as Parameters<typeof ora>[0]);

  /**
   * A narrower terminal has wrapped the lines that stand there into more rows than ora knows of. They are cleared here, by
   * their widths. The cursor stands on an empty line of its own, because terminals differ in how they rewrap the cursor's line.
   */
  const onResize = () => {
    if (!spinner.isSpinning) return;
    const columns = stream.columns || 80;
    const extra = drawn.reduce((rows, line) => rows + Math.max(0, Math.ceil((stringWidth(line) + INDENT) / columns) - 1), 0);
    spinner.clear();
    if (extra > 0) stream.write(`\u001B[${extra}A\u001B[J\r`);
    spinner.render();
  };

  // A job in the background draws nothing: the screen is somebody else's until `fg`.
  let isLeaving = false;
  const start = () => {
    if (!spinner.isSpinning && !isLeaving && terminal.isForeground()) spinner.start();
  };
  const lookout = setInterval(start, FOREGROUND_MS);
  const stopListening = terminal.onSuspend(
    () => {
      isLeaving = true;
      spinner.stop();
    },
    () => {
      isLeaving = false;
      start();
    },
  );
  stream.on('resize', onResize);
  const tell = (progress: Progress) => {
    tasks.set(progress.id, progress);
    if (spinner.isSpinning && clock.now() - drawnAt >= NEWS_MS) spinner.render();
    start();
  };
  return {
    update: tell,
    finish: tell,
    close() {
      stream.removeListener('resize', onResize);
      stopListening();
      clearInterval(lookout);
      if (spinner.isSpinning) spinner.stop();
    },
  };
}
