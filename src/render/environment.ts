/** The variables by which a terminal tells what it is. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Whether tmux or screen stands between us and the terminal: they keep to themselves what they do not know. */
export function isMultiplexed({ TMUX, STY }: Environment): boolean {
  return Boolean(TMUX || STY);
}
