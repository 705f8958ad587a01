import { type Environment, isMultiplexed } from './environment.ts';

/**
 * The text with the URL in it made a link (OSC 8), where the terminal is known to have them. Others would mostly pass over the
 * escape codes, but some print them, and many find a URL by themselves.
 */
export function withLink(text: string, url: string, env: Environment): string {
  return hasLinks(env) ? text.replace(url, `\u001b]8;;${url}\u001b\\${url}\u001b]8;;\u001b\\`) : text;
}

function hasLinks(env: Environment): boolean {
  const { TERM_PROGRAM, VTE_VERSION, KITTY_WINDOW_ID, WT_SESSION } = env;
  if (isMultiplexed(env)) return false;
  if (['iTerm.app', 'WezTerm', 'ghostty', 'vscode'].includes(TERM_PROGRAM ?? '')) return true;
  // VTE has links since 0.50.
  return Number(VTE_VERSION) >= 5000 || Boolean(KITTY_WINDOW_ID || WT_SESSION);
}
