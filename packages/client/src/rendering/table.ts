import { safeText } from './safe-text.ts';
import type { Style, Tint } from './style.ts';

/** A column of a table, and of the CSV file that says the same. */
export interface Column<Row> {
  readonly title: string;
  /** What the row has there, for a person; empty where it has nothing. */
  readonly text: (row: Row) => string;
  /** What a program should read instead, such as a time in the place of an age. */
  readonly raw?: (row: Row) => string | number | undefined;
  readonly align?: 'right';
  readonly tint?: (row: Row) => Tint | undefined;
}

const GAP = '  ';

/** A table with one line per row. The last column ends at `width` characters; without one it is whole. */
export function renderTable<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  { style, width }: { readonly style: Style; readonly width?: number | undefined },
): string {
  const cells = rows.map((row) => columns.map(({ text }) => safeText(text(row))));
  const widths = columns.map(({ title }, at) => Math.max(lengthOf(title), ...cells.map((line) => lengthOf(line[at]!))));
  const last = columns.length - 1;
  const before = widths.slice(0, last).reduce((sum, each) => sum + each + GAP.length, 0);
  const room = width === undefined ? Number.POSITIVE_INFINITY : Math.max(8, width - before);
  const line = (texts: readonly string[], tintOf: (at: number) => Tint | undefined): string =>
    texts
      .map((text, at) => {
        const tint = tintOf(at);
        const shown = at === last ? cut(text, room) : text;
        const space = at === last && columns[at]!.align !== 'right' ? '' : ' '.repeat(widths[at]! - lengthOf(shown));
        const tinted = tint === undefined || shown === '' ? shown : style(tint, shown);
        return columns[at]!.align === 'right' ? `${space}${tinted}` : `${tinted}${space}`;
      })
      .join(GAP)
      .trimEnd();
  const header = line(
    columns.map(({ title }) => title),
    () => 'dim',
  );
  return [header, ...cells.map((texts, row) => line(texts, (at) => columns[at]!.tint?.(rows[row]!)))]
    .map((each) => `${each}\n`)
    .join('');
}

/** Lines of `name  value`, without those that have no value. */
export function renderPairs(pairs: readonly (readonly [string, string | undefined])[], style: Style): string {
  const known = pairs.flatMap(([name, value]) => (value === undefined || value === '' ? [] : [[name, value] as const]));
  const width = Math.max(0, ...known.map(([name]) => name.length));
  return known.map(([name, value]) => `${style('dim', name.padEnd(width))}  ${value}\n`).join('');
}

/** Rows as CSV (RFC 4180), with the titles as its header. */
export function renderCsv<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string {
  const header = columns.map(({ title }) => title.toLowerCase());
  const lines = rows.map((row) =>
    columns.map(({ raw, text }) => String((raw === undefined ? text(row) : raw(row)) ?? '')),
  );
  return [header, ...lines].map((line) => `${line.map(quoted).join(',')}\n`).join('');
}

function quoted(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

function lengthOf(text: string): number {
  return [...text].length;
}

function cut(text: string, room: number): string {
  return lengthOf(text) <= room ? text : `${[...text].slice(0, room - 1).join('')}…`;
}
