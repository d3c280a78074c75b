import { expect, it, test } from 'vitest';
import { gatherBatches } from './batches.ts';
import { readCsv } from './csv-reader.ts';
import type { DeclaredInputs } from './input-values.ts';
import { type Item, readItems } from './read-items.ts';

/** The text in pieces of `size` characters. */
async function* pieces(text: string, size = 3): AsyncGenerator<string> {
  for (let at = 0; at < text.length; at += size) yield text.slice(at, at + size);
}

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}

const declared: DeclaredInputs = {
  text: { schema: { type: 'string' } },
  count: { schema: { type: 'integer' } },
  words: { schema: { type: 'array', items: { type: 'string' } } },
};

const items = (text: string, common = {}): Promise<Item[]> => all(readItems(pieces(text), declared, common));

test.each([
  [
    'a,b\n1,2\n',
    [
      [1, 'a', 'b'],
      [2, '1', '2'],
    ],
  ],
  [
    'a,b\r\n1,2',
    [
      [1, 'a', 'b'],
      [2, '1', '2'],
    ],
  ],
  [
    'a\r1\r2',
    [
      [1, 'a'],
      [2, '1'],
      [3, '2'],
    ],
  ],
  [
    '\uFEFFa\n\n\n1\n',
    [
      [1, 'a'],
      [4, '1'],
    ],
  ],
  ['"a, ""b"""," c "\n', [[1, 'a, "b"', ' c ']]],
  [
    '"two\nlines","x\r\ny"\nz,""\n',
    [
      [1, 'two\nlines', 'x\r\ny'],
      [4, 'z', ''],
    ],
  ],
  [',\n', [[1, '', '']]],
  ['', []],
])('the CSV text %j has these records, however it is cut', async (text, records) => {
  for (const size of [1, 2, 5, 1000]) {
    const found = await all(readCsv(pieces(text, size)));
    expect(found.map(({ line, fields }) => [line, ...fields])).toEqual(records);
  }
});

test.each([
  ['a\nb"c\n', /^line 2: no CSV: a quote within a field/],
  ['a\n"b"c\n', /^line 2: no CSV: "c" behind the end/],
  ['a\nb\n"c\nd\n', /^line 3: no CSV: a quoted field has no end/],
])('the text %j is no CSV, and the error has the line', async (text, message) => {
  await expect(all(readCsv(pieces(text)))).rejects.toThrow(message);
});

it('a table of CSV is a job a record; an empty field leaves its input to the default', async () => {
  expect(await items('text, count,words\na,1,"[""x"",""y""]"\n"b\nc",,\n', { count: 9 })).toEqual([
    { line: 2, execution: { inputs: { text: 'a', count: 1, words: ['x', 'y'] } } },
    { line: 3, execution: { inputs: { text: 'b\nc', count: 9 } } },
  ]);
});

it('a record that is no job is told by its line, and the others are jobs still', async () => {
  expect(await items('text,words\na\nb,[1\nc,d\n')).toEqual([
    { line: 2, error: 'expected 2 fields as in the header, found 1' },
    { line: 3, error: expect.stringMatching(/^input words: begins like JSON/) },
    { line: 4, execution: { inputs: { text: 'c', words: ['d'] } } },
  ]);
});

it('a header that names what the process does not take is refused before any job', async () => {
  await expect(items('text,cuont\na,1\n')).rejects.toThrow('header: "cuont" is no input; the process has text, count');
  await expect(items('text,text\na,b\n')).rejects.toThrow('header: "text" stands there twice');
});

it('a table of JSON has inputs, or execute bodies, a line', async () => {
  const text = '\n{"text": "a"}\n{"inputs": {"text": "b"}, "labels": ["l"]}\n{oops}\n{"inputs": 5}\n[1]';
  expect(await items(text, { count: 2 })).toEqual([
    { line: 2, execution: { inputs: { text: 'a', count: 2 } } },
    { line: 3, execution: { inputs: { text: 'b', count: 2 }, labels: ['l'] } },
    { line: 4, error: expect.stringMatching(/^no JSON: /) },
    { line: 5, execution: { inputs: { inputs: 5, count: 2 } } },
    { line: 6, error: expect.stringMatching(/^expected a JSON object/) },
  ]);
});

it('nothing is no job', async () => {
  expect(await items('')).toEqual([]);
  expect(await items(' \n')).toEqual([]);
});

it('batches end where they have as many items or characters as they may', async () => {
  const refused: [number, string][] = [];
  const tell = (line: number, error: string): number => refused.push([line, error]);
  const lines = (text: string, maxItems: number, maxChars: number): Promise<(readonly number[])[]> =>
    all(gatherBatches(readItems(pieces(text), declared, {}), { maxItems, maxChars }, tell)).then((batches) =>
      batches.map((batch) => batch.lines),
    );
  const text = 'text\na\nb\nc,d\ne\nlonger than any other\n';
  expect(await lines(text, 2, 1000)).toEqual([
    [2, 3],
    [5, 6],
  ]);
  expect(refused).toEqual([[4, 'expected 1 fields as in the header, found 2']]);
  expect(await lines(text, 10, 50)).toEqual([[2, 3], [5], [6]]);
});
