import { stripVTControlCharacters } from 'node:util';
import { letPass, type TerminalStream } from './aside.ts';
import { type Environment, isMultiplexed } from './environment.ts';
import { drawAnew, drawChanges, erase, HIDE_CURSOR, type Parking, SHOW_CURSOR } from './frame.ts';
import { widthOf } from './width.ts';

/** A terminal, as far as a canvas needs to know one. */
export interface Terminal {
  readonly stream: TerminalStream;
  /** The streams that others write on this terminal with; the view's own is one of them. */
  readonly shared: readonly TerminalStream[];
  readonly env: Environment;
  /** Has it show no keys that are typed; returns how to have it show them again. */
  quietKeys(): () => void;
}

/** The rows of a terminal below whatever else is printed, to be drawn on in place. */
interface Canvas {
  /** How many columns and rows there are to draw on. */
  size(): { readonly columns: number; readonly rows: number };
  /** Whether something may be drawn now: not in the middle of somebody else's line, nor of a resize. */
  isFree(): boolean;
  /** Draws the lines in place of those that stand there, with codes that draw nothing behind them. Returns how many bytes that took. */
  draw(lines: readonly string[], codes?: string): number;
  /** Forgets what stands there: the terminal is somebody else's now. */
  forget(): void;
  /** Takes the lines away, and gives the terminal back as it was; `codes` are written as well. */
  leave(codes: string): void;
  /** Leaves others alone for good. */
  close(): void;
}

/** The keys are made quiet so long after the first frame, in milliseconds: the first request leaves before that. */
const QUIET_AFTER_MS = 10;

/**
 * A window that is being made narrower keeps its size for so long before lines are drawn that are to be found again by their widths,
 * in milliseconds: they may reach it when it is narrower still, and are cut then.
 */
const RESIZED_MS = 100;

/** A canvas on the terminal. `redraw` is called when all is to be drawn anew: the window has another size. */
export function createCanvas(terminal: Terminal, redraw: () => void): Canvas {
  const { stream } = terminal;
  const write = stream.write.bind(stream);
  const parking = parkingOf(terminal.env);
  const pushesFolded = parking === 'first line' && isVte(terminal.env);
  /** What stands on the screen; null while nothing does. */
  let drawn: readonly string[] | null = null;
  let isWhole = true;
  let isMidLine = false;
  const keys = keysOf(terminal);
  let resizing: NodeJS.Timeout | undefined;
  let lastColumns = stream.columns || 80;
  let isNarrowed = false;

  /** An empty line above the others, once a window that needs it has become narrower. */
  const gap = () => (isNarrowed && pushesFolded && (stream.rows || 24) > 2 ? [''] : []);
  const size = () => {
    // One row less than there are, so that the top line never scrolls away, and one for the cursor where it stands below.
    const rows = (stream.rows || 24) - (parking === 'below' ? 2 : 1) - gap().length;
    return { columns: stream.columns || 80, rows: Math.max(1, rows) };
  };
  /** How many rows above the cursor the lines begin. */
  const rowsUp = () => (drawn && parking === 'below' ? foldedRows(drawn, size().columns) : 0);

  const codesFor = (lines: readonly string[]) => {
    if (!drawn) return HIDE_CURSOR + drawAnew(lines, parking, 0);
    return isWhole && lines.length === drawn.length ? drawChanges(drawn, lines, rowsUp()) : drawAnew(lines, parking, rowsUp());
  };
  const resized = () => {
    resizing = undefined;
    isWhole = false;
    const { columns } = size();
    isNarrowed ||= columns < lastColumns;
    lastColumns = columns;
    redraw();
  };
  const onResize = () => {
    if (parking === 'first line') return resized();
    clearTimeout(resizing);
    resizing = setTimeout(resized, RESIZED_MS);
  };
  const stopPassing = letPass(
    terminal.shared,
    () => void (drawn && write(erase(rowsUp()))),
    (endsLine) => {
      isMidLine = !endsLine;
      if (drawn && endsLine) write(drawAnew(drawn, parking, 0));
      else drawn = null;
    },
  );
  stream.on('resize', onResize);
  const forget = () => {
    drawn = null;
    keys.forget();
  };
  return {
    size,
    isFree: () => !isMidLine && resizing === undefined,
    draw(shown, codes = '') {
      const lines = [...gap(), ...shown];
      if (!drawn) keys.quietSoon();
      const bytes = codesFor(lines) + codes;
      drawn = lines;
      isWhole = true;
      if (bytes !== '') write(bytes);
      return Buffer.byteLength(bytes);
    },
    forget,
    leave(codes) {
      const cursor = keys.areQuiet() ? SHOW_CURSOR : '';
      const bytes = (drawn ? erase(rowsUp()) : '') + cursor + codes;
      if (bytes !== '') write(bytes);
      keys.show();
      drawn = null;
    },
    close() {
      stream.removeListener('resize', onResize);
      clearTimeout(resizing);
      stopPassing();
    },
  };
}

/** The keys of a terminal that is drawn on, of which it shows none. */
function keysOf({ quietKeys }: Terminal) {
  let quieting: NodeJS.Timeout | undefined;
  let showKeys: (() => void) | null = null;
  const forget = () => {
    clearTimeout(quieting);
    [quieting, showKeys] = [undefined, null];
  };
  return {
    quietSoon() {
      quieting ??= setTimeout(() => {
        showKeys = quietKeys();
      }, QUIET_AFTER_MS);
    },
    /** Also while they are only about to be. */
    areQuiet: () => quieting !== undefined,
    show() {
      showKeys?.();
      forget();
    },
    /** Leaves them to whom the terminal belongs now. */
    forget,
  };
}

/** Terminals that show what xterm.js shows. */
const XTERM_JS = ['vscode', 'Hyper', 'Tabby'];

/**
 * xterm.js takes the cursor a row down for each that it adds anywhere as it folds lines, as if the cursor stood below them; kitty
 * loses it where the lines do not fit on the screen any more. tmux and screen, also inside these, know better.
 */
function parkingOf(env: Environment): Parking {
  const { TERM, TERM_PROGRAM } = env;
  if (isMultiplexed(env)) return 'first line';
  return TERM === 'xterm-kitty' || XTERM_JS.includes(TERM_PROGRAM ?? '') ? 'below' : 'first line';
}

/**
 * VTE keeps the end of the cursor's line in its row of the screen as it folds the line, and pushes as many rows from the top into the
 * history: in the end the line's own first row, again with each step of a window that is drawn narrower. An empty line does not fold.
 */
function isVte(env: Environment): boolean {
  return Boolean(env.VTE_VERSION) && !isMultiplexed(env);
}

/** How many rows the lines take in a window of so many columns that folds them. */
function foldedRows(lines: readonly string[], columns: number): number {
  return lines.reduce((rows, line) => rows + Math.max(1, Math.ceil(widthOf(stripVTControlCharacters(line)) / columns)), 0);
}
