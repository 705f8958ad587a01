import { type Environment, isMultiplexed } from './environment.ts';
import { cut } from './format.ts';

/** BEL: the terminal beeps, blinks or marks its tab, as its user likes. */
export const BELL = '\u0007';
const OSC = '\u001b]';
const STRING_TERMINATOR = '\u001b\\';

/** A notification is a glance, in columns. */
const TEXT_COLUMNS = 120;

/**
 * What makes a terminal notify its user: OSC 9 or OSC 777 where the terminal is known to have it, else the bell. By an allow-list,
 * since other terminals print the text, or take it for a progress bar. Inside tmux or screen neither gets through.
 */
export function notification(text: string, env: Environment): string {
  const safe = cut(text, TEXT_COLUMNS).replaceAll(';', ',');
  if (isMultiplexed(env)) return BELL;
  if (['iTerm.app', 'WezTerm', 'ghostty'].includes(env.TERM_PROGRAM ?? '')) return `${OSC}9;${safe}${STRING_TERMINATOR}`;
  if (/^(?:rxvt|foot)/.test(env.TERM ?? '')) return `${OSC}777;notify;extruct-task;${safe}${STRING_TERMINATOR}`;
  return BELL;
}
