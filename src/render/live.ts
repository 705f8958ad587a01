import type { ChalkInstance } from 'chalk';
import stringWidth from 'string-width';
import type { Clock } from '../core/clock.ts';
import type { Progress } from '../core/progress.ts';
import { letPass, type TerminalStream } from './aside.ts';
import { drawAnew, drawChanges, erase, HIDE_CURSOR, type Parking, SHOW_CURSOR } from './frame.ts';
import type { Renderer } from './renderer.ts';
import { liveView } from './view.ts';

/** A terminal, as far as the live view needs to know one. */
interface Terminal {
  readonly stream: TerminalStream;
  /** The streams that others write on this terminal with; the view's own is one of them. */
  readonly shared: readonly TerminalStream[];
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Whether it can show more than ASCII. */
  readonly unicode: boolean;
  /** Whether it is ours to draw on. */
  isForeground(): boolean;
  /** Tells of the process being stopped (Ctrl-Z) and continued (`fg`, `bg`); returns how to stop listening. */
  onSuspend(leave: () => void, comeBack: () => void): () => void;
  /** Has it show no keys that are typed; returns how to have it show them again. */
  quietKeys(): () => void;
}

/** Time between two steps of the spinner, in milliseconds. */
const STEP_MS = 100;

/** Time between two frames when there is no news, in milliseconds: the view counts seconds. */
const FRAME_MS = 1000;

/** News is drawn at once, but no more often than this, in milliseconds: many tasks bring a lot of it. */
const NEWS_MS = 250;

/** Frames leave so much time for each byte, in milliseconds: the view may stand in somebody's slow connection for an hour. */
const MS_PER_BYTE = 0.5;

/** The keys are made quiet so long after the first frame, in milliseconds: the first request leaves before that. */
const QUIET_AFTER_MS = 10;

/**
 * A window that is being made narrower keeps its size for so long before lines are drawn that are to be found again by their widths,
 * in milliseconds: they may reach it when it is narrower still, and are cut then.
 */
const RESIZED_MS = 100;

/** The spinner and two blanks stand before the first line; the lines below are indented alike. */
const INDENT = 3;

/** The live view on a terminal: redrawn in place below whatever else is printed, gone without a trace when closed. */
export function liveProgress(terminal: Terminal, clock: Clock, paint: ChalkInstance): Renderer {
  const { stream, unicode } = terminal;
  const parking = parkingOf(terminal.env);
  const tasks = new Map<string, Progress>();
  const write = stream.write.bind(stream);
  const spinner = unicode ? ['⠋', '⠙', '⠸', '⠴', '⠦', '⠇'] : ['|', '/', '-', '\\'];
  let steps = 0;
  /** What stands on the screen; null while nothing does. */
  let drawn: readonly string[] | null = null;
  let drawnAt = Number.NEGATIVE_INFINITY;
  let pauseMs = 0;
  let isNews = false;
  let isAway = false;
  let isMidLine = false;
  let quieting: NodeJS.Timeout | undefined;
  let resizing: NodeJS.Timeout | undefined;
  let showKeys: (() => void) | null = null;

  const columnsNow = () => stream.columns || 80;
  const turned = (lines: readonly string[]) =>
    lines.map((line, row) => (row > 0 ? ' '.repeat(INDENT) : `${paint.cyan(spinner[steps % spinner.length])}  `) + line);
  let view: readonly string[] = [];
  const newView = () => {
    // One row less than there are, so that the top line never scrolls away, and one for the cursor where it stands below.
    const rows = (stream.rows || 24) - (parking === 'below' ? 2 : 1);
    const screen = { columns: Math.max(1, columnsNow() - INDENT), rows: Math.max(1, rows), unicode };
    drawnAt = clock.now();
    isNews = false;
    view = liveView([...tasks.values()], drawnAt, screen, paint);
    return turned(view);
  };

  /** How many rows above the cursor the lines begin. */
  const upFrom = (lines: readonly string[]) => (parking === 'below' ? foldedRows(lines, columnsNow()) : 0);
  const begin = () => {
    drawn = newView();
    write(HIDE_CURSOR + drawAnew(drawn, parking, 0));
    quieting ??= setTimeout(() => {
      showKeys = terminal.quietKeys();
    }, QUIET_AFTER_MS);
  };
  const leave = () => {
    if (drawn) write(erase(upFrom(drawn)));
    if (quieting) write(SHOW_CURSOR);
    drawn = null;
    clearTimeout(quieting);
    quieting = undefined;
    showKeys?.();
    showKeys = null;
  };
  const redraw = (lines: readonly string[]) => {
    if (!drawn) return 0;
    const up = upFrom(drawn);
    const bytes = lines.length === drawn.length ? drawChanges(drawn, lines, up) : drawAnew(lines, parking, up);
    drawn = lines;
    if (bytes !== '') write(bytes);
    return Buffer.byteLength(bytes);
  };

  const step = () => {
    if (resizing) return;
    const idleMs = clock.now() - drawnAt;
    if (!drawn) return idleMs >= FRAME_MS ? comeBack() : undefined;
    steps += 1;
    if (idleMs >= Math.max(pauseMs, isNews ? NEWS_MS : FRAME_MS)) pauseMs = redraw(newView()) * MS_PER_BYTE;
    else redraw(turned(view));
  };
  // A job in the background draws nothing: the screen is somebody else's until `fg`.
  const comeBack = () => {
    drawnAt = clock.now();
    if (isAway || isMidLine) return;
    if (terminal.isForeground()) return begin();
    // Stopped by SIGSTOP and sent to the background: the shell has long taken the terminal back.
    drawn = null;
    showKeys = null;
  };
  const redrawAll = () => {
    resizing = undefined;
    if (!drawn) return;
    const up = upFrom(drawn);
    drawn = newView();
    write(drawAnew(drawn, parking, up));
  };
  const onResize = () => {
    if (parking === 'first line') return redrawAll();
    clearTimeout(resizing);
    resizing = setTimeout(redrawAll, RESIZED_MS);
  };

  const stepping = setInterval(step, STEP_MS);
  const stopListening = terminal.onSuspend(
    () => {
      isAway = true;
      leave();
    },
    () => {
      isAway = false;
      comeBack();
    },
  );
  const stopPassing = letPass(
    terminal.shared,
    () => {
      if (drawn) write(erase(upFrom(drawn)));
    },
    (endsLine) => {
      isMidLine = !endsLine;
      if (!drawn) return;
      if (endsLine) write(drawAnew(drawn, parking, 0));
      else drawn = null;
    },
  );
  stream.on('resize', onResize);
  const tell = (progress: Progress) => {
    tasks.set(progress.id, progress);
    isNews = true;
    if (drawnAt === Number.NEGATIVE_INFINITY) comeBack();
  };
  return {
    update: tell,
    finish: tell,
    close() {
      stream.removeListener('resize', onResize);
      stopListening();
      stopPassing();
      clearInterval(stepping);
      clearTimeout(resizing);
      leave();
    },
  };
}

/** Terminals that show what xterm.js shows. */
const XTERM_JS = ['vscode', 'Hyper', 'Tabby'];

/**
 * xterm.js takes the cursor a row down for each that it adds anywhere as it folds lines, as if the cursor stood below them; kitty
 * loses it where the lines do not fit on the screen any more. tmux and screen, also inside these, know better.
 */
function parkingOf({ TERM, TERM_PROGRAM, TMUX, STY }: Terminal['env']): Parking {
  if (TMUX || STY) return 'first line';
  return TERM === 'xterm-kitty' || XTERM_JS.includes(TERM_PROGRAM ?? '') ? 'below' : 'first line';
}

/** How many rows the lines take in a window of so many columns that folds them. */
function foldedRows(lines: readonly string[], columns: number): number {
  return lines.reduce((rows, line) => rows + Math.max(1, Math.ceil(stringWidth(line) / columns)), 0);
}
