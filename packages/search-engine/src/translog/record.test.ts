import { expect, test } from 'vitest';
import { decodeRecord, encodeCatalogChange, encodeDocumentHeader } from './record.ts';

test('a record of a document reads back as it was written', () => {
  const source = Buffer.from('{"ünï":"😀"}');
  const header = encodeDocumentHeader('index', 7, 2 ** 40, 3, 'jöb');
  const record = decodeRecord(Buffer.concat([header, source]));
  expect(record).toEqual({
    type: 'index',
    indexNumber: 7,
    seqNo: 2 ** 40,
    version: 3,
    id: 'jöb',
    source,
    sourceOffset: header.length,
  });
});

test('a record of a routed document has the value behind the id', () => {
  const source = Buffer.from('{}');
  const payload = Buffer.concat([encodeDocumentHeader('move', 1, 2, 3, 'ab', 'ü'), source]);
  expect(payload.toString('hex')).toBe(
    ['06', '01000000', '0000000000000040', '0000000000000840', '0200', '6162', '0200', 'c3bc', '7b7d'].join(''),
  );
  const record = { type: 'move', indexNumber: 1, seqNo: 2, version: 3, id: 'ab', routing: 'ü' };
  expect(decodeRecord(payload)).toEqual({ ...record, source, sourceOffset: payload.length - 2 });
});

test('a deletion and a change of the catalog read back as they were written', () => {
  const deletion = { type: 'delete', indexNumber: 1, seqNo: 5, version: 2, id: 'a' } as const;
  expect(decodeRecord(encodeDocumentHeader('delete', 1, 5, 2, 'a'))).toEqual(deletion);
  const change = { type: 'delete-index', number: 4 } as const;
  expect(decodeRecord(encodeCatalogChange(change))).toEqual({ type: 'catalog', change });
});

test.each([[Buffer.of(9, 1, 2)], [Buffer.of(1, 2, 3)]])('a payload that nobody wrote is corrupt', (payload) => {
  expect(() => decodeRecord(payload)).toThrow(/the translog has a record/);
});
