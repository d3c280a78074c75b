import { expect, it } from 'vitest';
import { plain } from './style.ts';
import { type Column, csvRenderer, renderPairs, renderTable, tableRenderer } from './table.ts';

interface Row {
  readonly name: string;
  readonly size: number;
  readonly note: string;
}

const columns: readonly Column<Row>[] = [
  { title: 'NAME', text: ({ name }) => name, tint: () => 'red' },
  { title: 'SIZE', text: ({ size }) => `${size} B`, raw: ({ size }) => size, align: 'right' },
  { title: 'NOTE', text: ({ note }) => note },
];
const rows: readonly Row[] = [
  { name: 'a', size: 5, note: 'short' },
  { name: 'longer', size: 12_345, note: 'says, "more"\nthan one line' },
];

it('A table has columns as wide as what stands in them, and keeps every row on one line', () => {
  expect(renderTable(columns, rows, { style: plain })).toBe(
    ['NAME       SIZE  NOTE', 'a           5 B  short', 'longer  12345 B  says, "more" than one line', ''].join('\n'),
  );
});

it('A table that is rendered a part at a time has one header, and columns that only become wider', () => {
  const render = tableRenderer(columns, { style: plain });
  const parts = [[rows[0]!], [rows[1]!], [rows[0]!], []].map(render);
  expect(parts).toEqual([
    'NAME  SIZE  NOTE\na      5 B  short\n',
    'longer  12345 B  says, "more" than one line\n',
    'a           5 B  short\n',
    '',
  ]);
});

it('The last column of a table ends where the terminal does', () => {
  const [, , last] = renderTable(columns, rows, { style: plain, width: 30 }).split('\n');
  expect(last).toBe('longer  12345 B  says, "more"…');
});

it('What would steer a terminal is not written to it', () => {
  const evil = [{ name: '\u001b]0;title\u0007x\u202e', size: 1, note: 'a\tb' }];
  const table = renderTable(columns, evil, { style: plain });
  expect(table.split('\n')[1]).toBe(']0;title x   1 B  a b');
});

it('Tints do not count as width', () => {
  const tinted = renderTable(columns, rows, { style: (tint, text) => `<${tint}>${text}</>` });
  expect(tinted.split('\n')[1]).toBe('<red>a</>           5 B  short');
});

it('CSV has what programs read, and quotes what needs it', () => {
  expect(csvRenderer(columns)(rows)).toBe('name,size,note\na,5,short\nlonger,12345,"says, ""more""\nthan one line"\n');
});

it('Pairs without a value are left out', () => {
  const pairs = [['job', 'j1'] as const, ['error', undefined] as const, ['message', 'hi'] as const];
  expect(renderPairs(pairs, plain)).toBe('job      j1\nmessage  hi\n');
});
