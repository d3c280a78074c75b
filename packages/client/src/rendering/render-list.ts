import { type Format, json } from './print.ts';
import type { Style } from './style.ts';
import { type Column, csvRenderer, tableRenderer } from './table.ts';

/** What a person sees of a list. */
interface ListLook {
  readonly style: Style;
  readonly width?: number | undefined;
}

/** Renders a list a part at a time. */
export interface ListRenderer<Row> {
  readonly rows: (rows: readonly Row[]) => string;
  readonly end: () => string;
}

/** A list in the format that was asked for. Programs get the rows as the ADES gave them; the first column is the id. */
export function renderList<Row>(
  format: Format,
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  look: ListLook,
): string {
  const renderer = listRenderer(format, columns, look);
  return `${renderer.rows(rows)}${renderer.end()}`;
}

/** The same for a list of which only a part is there at once. */
export function listRenderer<Row>(format: Format, columns: readonly Column<Row>[], look: ListLook): ListRenderer<Row> {
  const noEnd = (): string => '';
  switch (format) {
    case 'json':
      return jsonRenderer();
    case 'ndjson':
      return { rows: (rows) => rows.map((row) => `${JSON.stringify(row)}\n`).join(''), end: noEnd };
    case 'csv':
      return { rows: csvRenderer(columns), end: noEnd };
    case 'ids':
      return { rows: (rows) => rows.map((row) => `${columns[0]!.text(row)}\n`).join(''), end: noEnd };
    case 'table':
      return { rows: tableRenderer(columns, look), end: noEnd };
  }
}

/** One array, as {@link json} writes it. */
function jsonRenderer<Row>(): ListRenderer<Row> {
  let isEmpty = true;
  const item = (row: Row): string => {
    const before = isEmpty ? '[' : ',';
    isEmpty = false;
    return `${before}\n  ${json(row).trimEnd().replaceAll('\n', '\n  ')}`;
  };
  return { rows: (rows) => rows.map(item).join(''), end: () => (isEmpty ? '[]\n' : '\n]\n') };
}
