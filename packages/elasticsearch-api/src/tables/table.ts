/** A column of a `_cat` table. */
export interface Column<Row> {
  readonly name: string;
  readonly aliases?: readonly string[];
  readonly description: string;
  /** Undefined is left empty in text and null in JSON. A number of bytes or milliseconds is written with its unit. */
  readonly value: (row: Row) => Cell;
  readonly align?: 'left' | 'right';
  /** Shown only when `h` names it. */
  readonly hidden?: boolean;
}

/** One value of a table; bytes and milliseconds are written with a unit. */
export type Cell = string | number | undefined | { readonly bytes: number } | { readonly ms: number };

/** A table whose columns can be chosen by any of their names. */
export interface Table<Row> {
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
}
