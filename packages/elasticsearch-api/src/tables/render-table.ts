import { DaybookError } from '@daybook/errors';
import { illegalArgument } from '../errors/errors.ts';
import type { ApiResponse } from '../http/endpoint.ts';
import { timeText, unitMs } from '../http/time-value.ts';
import { matchesPattern } from '../wildcards/wildcard.ts';
import { byteUnits, sizeText } from './size-text.ts';
import type { Cell, Column, Table } from './table.ts';

/** Query parameters of every `_cat` API. */
export const tableParameters: {
  readonly h: 'list';
  readonly s: 'list';
  readonly v: 'boolean';
  readonly help: 'boolean';
  readonly bytes: 'string';
  readonly time: 'string';
  readonly ts: 'ignored';
  readonly size: 'ignored';
  readonly local: 'ignored';
  readonly master_timeout: 'time';
} = {
  h: 'list',
  s: 'list',
  v: 'boolean',
  help: 'boolean',
  bytes: 'string',
  time: 'string',
  ts: 'ignored',
  size: 'ignored',
  local: 'ignored',
  master_timeout: 'time',
};

/** What a request says about a table. */
export interface TableRequest {
  readonly parameters: {
    readonly h?: readonly string[];
    readonly s?: readonly string[];
    readonly v?: boolean;
    readonly help?: boolean;
    readonly bytes?: string;
    readonly time?: string;
  };
  readonly wantsText: boolean;
}

/** Writes a table as text or JSON: the chosen columns, in the chosen order of rows. In JSON every value is a string. */
export function renderTable<Row>(table: Table<Row>, request: TableRequest): ApiResponse {
  const { parameters } = request;
  if (parameters.help) return { body: null, text: renderHelp(table.columns) };
  const columns = chooseColumns(table.columns, parameters.h);
  const rows = sortRows(table, parameters.s ?? []);
  if (request.wantsText) return { body: null, text: renderText(columns, rows, parameters) };
  const objects = rows.map((row) =>
    Object.fromEntries(
      columns.map(({ heading, column }) => [heading, formatCell(column.value(row), parameters) ?? null]),
    ),
  );
  return { body: objects };
}

interface ChosenColumn<Row> {
  /** As the request named it. */
  readonly heading: string;
  readonly column: Column<Row>;
}

function chooseColumns<Row>(
  columns: readonly Column<Row>[],
  names: readonly string[] | undefined,
): readonly ChosenColumn<Row>[] {
  if (names === undefined || names.length === 0) {
    return columns.filter((column) => !column.hidden).map((column) => ({ heading: column.name, column }));
  }
  return names.flatMap((name) => {
    if (name.includes('*')) {
      return columns
        .filter((column) => matchesPattern(name, column.name))
        .map((column) => ({ heading: column.name, column }));
    }
    const column = columnNamed(columns, name);
    return column === undefined ? [] : [{ heading: name, column }];
  });
}

function columnNamed<Row>(columns: readonly Column<Row>[], name: string): Column<Row> | undefined {
  // compat: of several columns with one alias the last has it.
  return columns.find((column) => column.name === name) ?? columns.findLast((column) => column.aliases?.includes(name));
}

function sortRows<Row>(table: Table<Row>, keys: readonly string[]): readonly Row[] {
  const orders = keys.map((key) => {
    const [, name = key, direction = 'asc'] = /^(.*?)(?::(asc|desc))?$/.exec(key) ?? [];
    const column = columnNamed(table.columns, name);
    if (column === undefined) throw unknownSortKey(name);
    return { column, sign: direction === 'desc' ? -1 : 1 };
  });
  return [...table.rows].sort((a, b) => {
    for (const { column, sign } of orders) {
      const order = compareCells(column.value(a), column.value(b));
      if (order !== 0) return sign * order;
    }
    return 0;
  });
}

function unknownSortKey(name: string): DaybookError {
  return new DaybookError('invalid-argument', `Unable to sort by unknown sort key \`${name}\``, {
    detail: { reason: 'unsupported_operation_exception', status: 500 },
  });
}

function compareCells(a: Cell, b: Cell): number {
  const [x, y] = [comparable(a), comparable(b)];
  if (x === y) return 0;
  if (x === undefined) return -1;
  if (y === undefined) return 1;
  return x < y ? -1 : 1;
}

function comparable(cell: Cell): string | number | undefined {
  if (typeof cell !== 'object') return cell;
  return 'bytes' in cell ? cell.bytes : cell.ms;
}

function renderText<Row>(
  columns: readonly ChosenColumn<Row>[],
  rows: readonly Row[],
  units: TableRequest['parameters'],
): string {
  const lines = rows.map((row) => columns.map(({ column }) => formatCell(column.value(row), units) ?? ''));
  if (units.v) lines.unshift(columns.map(({ heading }) => heading));
  const widths = columns.map((_, position) => Math.max(0, ...lines.map((line) => line[position]?.length ?? 0)));
  return lines.map((line) => layOut(line, columns, widths)).join('');
}

function layOut<Row>(
  line: readonly string[],
  columns: readonly ChosenColumn<Row>[],
  widths: readonly number[],
): string {
  const cells = line.map((cell, position) => {
    const width = widths[position] ?? 0;
    if (columns[position]?.column.align === 'right') return cell.padStart(width);
    // compat: nothing is padded at the end of a line, and what is empty there leaves its blank.
    return position === line.length - 1 ? cell : cell.padEnd(width);
  });
  return `${cells.join(' ')}\n`;
}

function renderHelp<Row>(columns: readonly Column<Row>[]): string {
  const lines = columns.map(({ name, aliases = [], description }) => [name, aliases.join(','), description]);
  const widths = [0, 1].map((position) => Math.max(0, ...lines.map((line) => line[position]?.length ?? 0)));
  return lines
    .map(
      ([name = '', aliases = '', description = '']) =>
        `${name.padEnd(widths[0] ?? 0)} | ${aliases.padEnd(widths[1] ?? 0)} | ${description}\n`,
    )
    .join('');
}

function formatCell(cell: Cell, { bytes, time }: TableRequest['parameters']): string | undefined {
  if (cell === undefined) return undefined;
  if (typeof cell !== 'object') return String(cell);
  return 'bytes' in cell ? formatBytes(cell.bytes, bytes) : formatMilliseconds(cell.ms, time);
}

/** `1.2s`, or a whole number of the unit that was asked for. */
function formatMilliseconds(ms: number, wanted = ''): string {
  const wantedMs = unitMs.get(wanted);
  return wantedMs === undefined ? timeText(ms) : String(Math.floor(Math.round((ms / wantedMs) * 1e6) / 1e6));
}

/** `28.2kb`, or a whole number of the unit that was asked for. */
function formatBytes(bytes: number, unit: string | undefined): string {
  if (unit !== undefined) {
    const power = byteUnits.findIndex((name) => name === unit || name[0] === unit);
    if (power < 0) throw illegalArgument(`Unsupported bytes unit [${unit}], expected one of [${byteUnits.join(', ')}]`);
    return String(Math.floor(bytes / 1024 ** power));
  }
  return sizeText(bytes);
}
