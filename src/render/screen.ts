/** What there is to draw on. */
export interface Screen {
  /** The width, in display columns. */
  readonly columns: number;
  /** How many lines may be drawn. */
  readonly rows: number;
  /** Whether it can show more than ASCII. */
  readonly unicode: boolean;
}
