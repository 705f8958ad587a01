/** What there is to draw on: columns and rows, and whether it can show more than ASCII. */
export interface Screen {
  readonly columns: number;
  readonly rows: number;
  readonly unicode: boolean;
}
