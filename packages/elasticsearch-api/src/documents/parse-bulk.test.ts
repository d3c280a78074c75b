import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseBulk } from './parse-bulk.ts';

const read = (text: string): unknown[] =>
  [...parseBulk(Buffer.from(text))].map(({ action, metadata, source }) => [
    action,
    metadata,
    source === undefined ? undefined : Buffer.from(source).toString(),
  ]);

test('actions come with their metadata and the bytes of their documents', () => {
  const text = '{"index":{"_index":"i","_id":1}}\r\n{ "a" : 1 }\r\n\n{"delete":{"_id":"x","_type":"_doc"}}\n';
  expect(read(text)).toEqual([
    ['index', { _index: 'i', _id: '1' }, '{ "a" : 1 }'],
    ['delete', { _id: 'x' }, undefined],
  ]);
});

test.each([
  ['{"index":{}}\n{}', 'The bulk request must be terminated by a newline [\\n]'],
  ['[]\n{}\n', 'Malformed action/metadata line [1], expected START_OBJECT but found [START_ARRAY]'],
  ['{}\n', 'Malformed action/metadata line [1], expected FIELD_NAME but found [END_OBJECT]'],
  ['{"foo":{}}\n{}\n', 'expected one of [create, delete, index, update] but found [foo]'],
  ['{"index":{"foo":1}}\n{}\n', 'Action/metadata line [1] contains an unknown parameter [foo]'],
  [
    '{"delete":{"_id":"a"}}\n{"index":{"_id":[1]}}\n{}\n',
    'line [2], expected a simple value for field [_id] but found [START_ARRAY]',
  ],
])('%j is refused', (text, reason) => {
  expect(() => read(text)).toThrow(reason);
});

test('a last action without its document is dropped', () => {
  expect(read('{"index":{"_id":"a"}}\n')).toEqual([]);
});

test('as many documents are read as were written', () => {
  fc.assert(
    fc.property(fc.array(fc.dictionary(fc.string(), fc.jsonValue()), { maxLength: 20 }), (documents) => {
      const text = documents.map((document) => `{"index":{}}\n${JSON.stringify(document)}\n`).join('');
      if (text === '') return;
      const sources = read(text).map((entry) => (entry as unknown[])[2]);
      expect(sources).toEqual(documents.map((document) => JSON.stringify(document)));
    }),
  );
});
