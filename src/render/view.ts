import type { ChalkInstance } from 'chalk';
import type { Progress } from '../core/progress.ts';
import { toAscii } from './ascii.ts';
import type { Screen } from './screen.ts';
import { taskView } from './task-view.ts';
import { tasksView } from './tasks-view.ts';

/**
 * The live view's lines, top down, none wider than the screen and no more than it has rows. The first one begins with a blank, the
 * place of the spinner. `now` is the clock's, in ms.
 */
export function liveView(all: readonly Progress[], now: number, screen: Screen, paint: ChalkInstance): string[] {
  const [only] = all;
  const lines = only && all.length === 1 ? taskView(only, now, screen, paint) : tasksView(all, now, screen, paint);
  return screen.unicode ? lines : lines.map(toAscii);
}
