import type { Progress } from '../core/progress.ts';

/** Where progress is shown. Each watched task is identified by its ID; `close` is called once, at the end. */
export interface Renderer {
  /** The task's progress has changed. An answer that settles the task comes with `finish` alone. */
  update(progress: Progress): void;
  /** The task has ended: `progress.outcome` is there. */
  finish(progress: Progress): void;
  /** Gives the terminal back. */
  close(): void;
}

/** A stream that text is written to: all that a sink may know of it. */
export interface Output {
  /** The width in columns, where it is a terminal's. */
  readonly columns?: number | undefined;
  write(text: string): unknown;
}

/** A renderer that shows nothing: `--progress none`. */
export const silent: Renderer = { update() {}, finish() {}, close() {} };

/** Renderers as one: each hears of everything. */
export function together(renderers: readonly Renderer[]): Renderer {
  const all = (tell: (renderer: Renderer) => void) => renderers.forEach(tell);
  return {
    update: (progress) => all((renderer) => renderer.update(progress)),
    finish: (progress) => all((renderer) => renderer.finish(progress)),
    close: () => all((renderer) => renderer.close()),
  };
}
