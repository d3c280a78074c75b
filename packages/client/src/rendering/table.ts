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

/** What a person sees of a table. */
interface TableLook {
  readonly style: Style;
  readonly width?: number | undefined;
}

const GAP = '  ';

/** A table with one line per row. The last column ends at `width` characters; without one it is whole. */
export function renderTable<Row>(columns: readonly Column<Row>[], rows: readonly Row[], look: TableLook): string {
  return tableRenderer(columns, look)(rows);
}

/** Renders a table a part at a time: the header stands above the first one, and columns only become wider. */
export function tableRenderer<Row>(
  columns: readonly Column<Row>[],
  { style, width }: TableLook,
): (rows: readonly Row[]) => string {
  let widths = columns.map(({ title }) => lengthOf(title));
  let isFirst = true;
  const last = columns.length - 1;

  function line(texts: readonly string[], tintOf: (at: number) => Tint | undefined): string {
    const before = widths.slice(0, last).reduce((sum, each) => sum + each + GAP.length, 0);
    const room = width === undefined ? Number.POSITIVE_INFINITY : Math.max(8, width - before);
    return texts
      .map((text, at) => {
        const tint = tintOf(at);
        const shown = at === last ? cut(text, room) : text;
        const space = at === last && columns[at]!.align !== 'right' ? '' : ' '.repeat(widths[at]! - lengthOf(shown));
        const tinted = tint === undefined || shown === '' ? shown : style(tint, shown);
        return columns[at]!.align === 'right' ? `${space}${tinted}` : `${tinted}${space}`;
      })
      .join(GAP)
      .trimEnd();
  }

  return (rows) => {
    const cells = rows.map((row) => columns.map(({ text }) => safeText(text(row))));
    widths = widths.map((known, at) => cells.reduce((widest, texts) => Math.max(widest, lengthOf(texts[at]!)), known));
    const titles = columns.map(({ title }) => title);
    const header = isFirst ? [line(titles, () => 'dim')] : [];
    isFirst = false;
    const lines = cells.map((texts, row) => line(texts, (at) => columns[at]!.tint?.(rows[row]!)));
    return [...header, ...lines].map((each) => `${each}\n`).join('');
  };
}

/** Lines of `name  value`, without those that have no value. */
export function renderPairs(pairs: readonly (readonly [string, string | undefined])[], style: Style): string {
  const known = pairs.flatMap(([name, value]) => (value === undefined || value === '' ? [] : [[name, value] as const]));
  const width = Math.max(0, ...known.map(([name]) => name.length));
  return known.map(([name, value]) => `${style('dim', name.padEnd(width))}  ${value}\n`).join('');
}

/** Renders rows as CSV (RFC 4180) a part at a time, with the titles as its header. */
export function csvRenderer<Row>(columns: readonly Column<Row>[]): (rows: readonly Row[]) => string {
  let header = [columns.map(({ title }) => title.toLowerCase())];
  return (rows) => {
    const lines = rows.map((row) =>
      columns.map(({ raw, text }) => String((raw === undefined ? text(row) : raw(row)) ?? '')),
    );
    const all = [...header, ...lines];
    header = [];
    return all.map((line) => `${line.map(quoted).join(',')}\n`).join('');
  };
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
