import type { Progress } from '../core/progress.ts';
import { type Environment, isMultiplexed } from './environment.ts';

/** ST ends it: VTE does not take it with BEL. */
const mark = (state: string) => `\u001B]9;4;${state}\u001B\\`;

const NO_MARK = mark('0');

/** A terminal takes the mark of a program that has been silent for some 15 s for forgotten (Ghostty), in milliseconds. */
const REPEAT_MS = 10_000;

/**
 * The terminal's own mark of progress, on its tab or in the taskbar (OSC 9;4, of ConEmu): the share of the target, an error during an
 * outage, and that something is under way before the first answer. Only where the terminal is known to have it: others show a
 * notification for it, every time.
 */
export function progressMark(env: Environment) {
  let last = NO_MARK;
  let lastAt = 0;
  return {
    /** What is to be written for the mark now; mostly nothing. `now` is the clock's, in ms. */
    next(all: readonly Progress[], now: number): string {
      const next = mark(tabState(all));
      if (!hasMark(env) || (next === last && now - lastAt < REPEAT_MS)) return '';
      last = next;
      lastAt = now;
      return next;
    },
    /** Takes the mark away. */
    end(): string {
      const isThere = last !== NO_MARK;
      last = NO_MARK;
      return isThere ? NO_MARK : '';
    },
  };
}

function tabState(all: readonly Progress[]): string {
  const tasks = all.flatMap(({ task }) => task ?? []);
  const [found, wanted] = [tasks.map(({ funnel }) => funnel.highFit), tasks.map(({ target }) => target)].map(sum);
  const percent = wanted ? Math.min(100, Math.max(0, Math.round((100 * (found ?? 0)) / wanted))) : 0;
  if (all.some(({ outage }) => outage)) return `2;${percent}`;
  return tasks.length > 0 ? `1;${percent}` : '3';
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

/** The first version of each terminal that has the mark, by what it puts into TERM_PROGRAM. */
const SINCE: Readonly<Record<string, readonly number[]>> = {
  ghostty: [1, 2],
  'iTerm.app': [3, 6, 6],
  mintty: [3, 4, 2],
  rio: [0, 3],
  vscode: [1, 97],
  WezTerm: [20250209, 182623],
};

/** tmux passes it on since then, to terminals that it knows or is told to have it. */
const TMUX_SINCE = [3, 7];

/**
 * By TERM: kitty (before 0.38) and foot (before 1.20) show a notification for the mark, and do not tell their version. Of a terminal
 * that they were started from, they pass the variables on.
 */
const MAY_NOTIFY = /^(?:xterm-kitty|foot)/;

/** Windows Terminal and ConEmu, and of others those that are new enough. Inside screen it does not get through. */
function hasMark(env: Environment): boolean {
  const { TERM_PROGRAM = '', TERM_PROGRAM_VERSION } = env;
  if (MAY_NOTIFY.test(env.TERM ?? '')) return false;
  if (isMultiplexed(env)) return !env.STY && TERM_PROGRAM === 'tmux' && isAtLeast(TERM_PROGRAM_VERSION, TMUX_SINCE);
  if (env.WT_SESSION || env.ConEmuANSI === 'ON') return true;
  const since = SINCE[TERM_PROGRAM];
  if (since) return isAtLeast(TERM_PROGRAM_VERSION, since);
  return isAtLeast(env.VTE_VERSION, [8000]) || isAtLeast(env.KONSOLE_VERSION, [260_400]);
}

function isAtLeast(version: string | undefined, least: readonly number[]): boolean {
  const numbers = (version ?? '').split(/\D+/).map(Number);
  const index = least.findIndex((number, place) => (numbers[place] ?? 0) !== number);
  return index < 0 || (numbers[index] ?? 0) > (least[index] ?? 0);
}
