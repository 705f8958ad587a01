import type { ChalkInstance } from 'chalk';
import type { Clock } from '../core/clock.ts';
import type { Progress } from '../core/progress.ts';
import { createCanvas, type Terminal } from './canvas.ts';
import { progressMark } from './progress-mark.ts';
import type { Renderer } from './renderer.ts';
import { liveView } from './view.ts';

/** A terminal that the live view is shown on. */
interface LiveTerminal extends Terminal {
  /** Whether it can show more than ASCII. */
  readonly unicode: boolean;
  /** Whether it is ours to draw on. */
  isForeground(): boolean;
  /** Tells of the process being stopped (Ctrl-Z) and continued (`fg`, `bg`); returns how to stop listening. */
  onSuspend(leave: () => void, comeBack: () => void): () => void;
}

/** Time between two steps of the spinner, in milliseconds. */
const STEP_MS = 100;

/** Time between two frames when there is no news, in milliseconds: the view counts seconds. */
const FRAME_MS = 1000;

/** News is drawn at once, but no more often than this, in milliseconds: many tasks bring a lot of it. */
const NEWS_MS = 250;

/** Frames leave so much time for each byte, in milliseconds: the view may stand in somebody's slow connection for an hour. */
const MS_PER_BYTE = 0.5;

/** Frames leave so many times the time that one took: twenty thousand tasks take a tenth of a second to draw, and polls have to go out. */
const PAUSE_FACTOR = 25;

/** The live view on a terminal: redrawn in place below whatever else is printed, gone without a trace when closed. */
export function liveProgress(terminal: LiveTerminal, clock: Clock, paint: ChalkInstance): Renderer {
  const mark = progressMark(terminal.env);
  const picture = createPicture(terminal.unicode, paint);
  let isShown = false;
  let isAway = false;
  let isNews = false;
  let lookedAt = Number.NEGATIVE_INFINITY;
  let pauseMs = 0;

  const draw = () => {
    if (!isShown || !canvas.isFree()) return;
    lookedAt = clock.now();
    isNews = false;
    const lines = picture.drawn(lookedAt, canvas.size());
    const bytes = canvas.draw(lines, mark.next(picture.tasks(), lookedAt));
    pauseMs = Math.max(bytes * MS_PER_BYTE, (clock.now() - lookedAt) * PAUSE_FACTOR);
  };
  const canvas = createCanvas(terminal, draw);

  // A job in the background draws nothing: the screen is somebody else's until `fg`. One that comes back there after a stop that it
  // did not hear of has no lines to take away either.
  const look = () => {
    lookedAt = clock.now();
    isShown = !isAway && terminal.isForeground();
    if (isShown) draw();
    else canvas.forget();
  };
  const step = () => {
    picture.turn();
    const idleMs = clock.now() - lookedAt;
    if (!isShown) return idleMs >= FRAME_MS ? look() : undefined;
    if (idleMs >= Math.max(pauseMs, isNews ? NEWS_MS : FRAME_MS)) draw();
    else if (canvas.isFree()) canvas.draw(picture.turned());
  };
  const leave = () => {
    isShown = false;
    canvas.leave(mark.end());
  };

  const stepping = setInterval(step, STEP_MS);
  const stopListening = terminal.onSuspend(
    () => {
      isAway = true;
      leave();
    },
    () => {
      isAway = false;
      canvas.forget();
      look();
    },
  );
  const tell = (progress: Progress) => {
    picture.note(progress);
    isNews = true;
    if (lookedAt === Number.NEGATIVE_INFINITY) look();
  };
  return {
    update: tell,
    finish: tell,
    close() {
      clearInterval(stepping);
      stopListening();
      leave();
      canvas.close();
    },
  };
}

/** What the live view shows: how the tasks stand, and a spinner that turns between two frames too. */
function createPicture(unicode: boolean, paint: ChalkInstance) {
  const spinner = unicode ? ['⠋', '⠙', '⠸', '⠴', '⠦', '⠇'] : ['|', '/', '-', '\\'];
  const byId = new Map<string, Progress>();
  let view: readonly string[] = [];
  let steps = 0;
  const tasks = () => [...byId.values()];
  const turned = () => view.map((line, row) => (row > 0 ? line : paint.cyan(spinner[steps % spinner.length]) + line.slice(1)));
  return {
    tasks,
    note: (progress: Progress) => void byId.set(progress.id, progress),
    turn() {
      steps += 1;
    },
    /** The frame as it was drawn last, with the spinner as it stands now. */
    turned,
    drawn(now: number, { columns, rows }: { readonly columns: number; readonly rows: number }) {
      view = liveView(tasks(), now, { columns, rows, unicode }, paint);
      return turned();
    },
  };
}
