/** The variables by which a terminal tells what it is. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Whether tmux or screen stands between us and the terminal: they keep to themselves what they do not know. */
export function isMultiplexed({ TMUX, STY }: Environment): boolean {
  return Boolean(TMUX || STY);
}

/** Whether a variable that says yes or no says yes. */
export function isSet(value: string | undefined): boolean {
  return !['', '0', 'false'].includes(value?.toLowerCase() ?? '');
}

/**
 * Whether a terminal can show more than ASCII: unless the variable says otherwise, by the locale, in the order in which POSIX reads it;
 * the Linux console's font has no bars. Without any locale we hope.
 */
export function hasUnicode({ EXTRUCT_ASCII, LC_ALL, LC_CTYPE, LANG, TERM }: Environment): boolean {
  if (isSet(EXTRUCT_ASCII)) return false;
  return /utf-?8/i.test(LC_ALL || LC_CTYPE || LANG || 'UTF-8') && TERM !== 'linux';
}

/**
 * A text for a person, with its ellipses in ASCII where there is nothing else: no other sign of ours stands in tables and messages. The
 * letters of names stay as they are.
 */
export function forScreen(text: string, { unicode }: { readonly unicode: boolean }): string {
  return unicode ? text : text.replaceAll('…', '~');
}
