import type { ChalkInstance } from 'chalk';
import ora from 'ora';
import stringWidth from 'string-width';
import { type Clock, LONGEST_TIMER_MS } from '../core/clock.ts';
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

/** Time between redraws, in milliseconds: the view counts seconds. */
const FRAME_MS = 1000;

/** News is drawn at once, but no more often than this, in milliseconds: many tasks bring a lot of it. */
const NEWS_MS = 250;

/** ora puts the spinner and two blanks before its text; the lines below are indented alike. */
const INDENT = 3;

// While a frame is drawn the terminal must not wrap: if it and we disagree about the width of an emoji, the line is
// cut at the edge instead of pushing all that follows one row down.
const NO_WRAP = '\u001B[?7l';
const WRAP = '\u001B[?7h';

/**
 * The live view on a terminal: redrawn in place below whatever else is printed, gone without a trace when closed. ora draws
 * whole frames, keeps other output above them, hides the cursor and gives it back; in between only the lines that changed are
 * written, which is a tenth of the bytes: the view may stand in somebody's slow connection for an hour.
 */
export function liveProgress(terminal: Terminal, clock: Clock, paint: ChalkInstance): Renderer {
  const { stream, unicode } = terminal;
  const tasks = new Map<string, Progress>();
  const spinnerFrames = unicode ? ['⠋', '⠙', '⠸', '⠴', '⠦', '⠇'] : ['|', '/', '-', '\\'];
  // Taken before ora puts its own in its place, which takes every write for somebody else's and draws the frame anew below it.
  const write = stream.write.bind(stream);
  let drawn: readonly string[] = [];
  let drawnAt = 0;
  let frames = 0;

  const view = () => {
    const columns = Math.max(1, (stream.columns || 80) - INDENT);
    // Two rows less than there are: one for the cursor below the view, one so that the top line never scrolls away.
    const rows = Math.max(1, (stream.rows || 24) - 2);
    drawnAt = clock.now();
    return liveView([...tasks.values()], drawnAt, { columns, rows, unicode }, paint);
  };
  const frame = () => {
    drawn = view();
    return `${NO_WRAP}${drawn.join(`\n${' '.repeat(INDENT)}`)}${WRAP}\n`;
  };
  const spinner = ora({
    stream,
    isEnabled: true,
    // ora's default takes the terminal into raw mode, where Ctrl-C and Ctrl-Z are only bytes.
    discardStdin: false,
    spinner: { frames: spinnerFrames },
    interval: LONGEST_TIMER_MS,
    color: paint.level > 0 ? 'cyan' : false,
    suffixText: frame,
  } as Parameters<typeof ora>[0]);

  const redraw = () => {
    const lines = view();
    if (lines.length !== drawn.length) return void spinner.render();
    frames += 1;
    const turned = paint.cyan(spinnerFrames[frames % spinnerFrames.length] ?? '');
    const changed = lines.flatMap((line, row) =>
      line === drawn[row] ? [] : atRow(lines.length - row, INDENT, CLEAR_REST + line),
    );
    write(`${NO_WRAP}${atRow(lines.length, 0, turned)}${changed.join('')}${WRAP}`);
    drawn = lines;
  };

  /**
   * A narrower terminal has wrapped the lines that stand there into more rows than ora knows of. They are cleared here, by
   * their widths. The cursor stands on an empty line of its own, because terminals differ in how they rewrap the cursor's line.
   */
  const onResize = () => {
    if (!spinner.isSpinning) return;
    const columns = stream.columns || 80;
    const extra = drawn.reduce((rows, line) => rows + Math.max(0, Math.ceil((stringWidth(line) + INDENT) / columns) - 1), 0);
    spinner.clear();
    if (extra > 0) write(`\u001B[${extra}A\u001B[J\r`);
    spinner.render();
  };

  // A job in the background draws nothing: the screen is somebody else's until `fg`.
  let isLeaving = false;
  const tick = () => {
    if (spinner.isSpinning) redraw();
    else if (!isLeaving && terminal.isForeground()) spinner.start();
  };
  const ticking = setInterval(tick, FRAME_MS);
  const stopListening = terminal.onSuspend(
    () => {
      isLeaving = true;
      spinner.stop();
    },
    () => {
      isLeaving = false;
      tick();
    },
  );
  stream.on('resize', onResize);
  const tell = (progress: Progress) => {
    tasks.set(progress.id, progress);
    if (!spinner.isSpinning || clock.now() - drawnAt >= NEWS_MS) tick();
  };
  return {
    update: tell,
    finish: tell,
    close() {
      stream.removeListener('resize', onResize);
      stopListening();
      clearInterval(ticking);
      if (spinner.isSpinning) spinner.stop();
    },
  };
}

// Before a line, not behind it: after a line of full width the cursor stands on its last character, and would clear that.
const CLEAR_REST = '\u001B[K';

/** Writes `up` rows above the cursor's row, from a column on (0 is the first), and returns the cursor to the start of its line. */
function atRow(up: number, column: number, text: string): string {
  return `\u001B[${up}A\u001B[${column + 1}G${text}\u001B[${up}B\r`;
}
