import { expect, test } from 'vitest';
import { keptFiles } from './kept-files.ts';

test('files that are less than half alive are not kept', () => {
  const kept = keptFiles([
    { generation: 1, bytes: 100, live: 50 },
    { generation: 2, bytes: 100, live: 49 },
    { generation: 3, bytes: 0, live: 0 },
  ]);
  expect(kept).toEqual(new Map([[1, 100]]));
});

test('of many files the fullest eight are kept', () => {
  const files = Array.from({ length: 12 }, (_, at) => ({ generation: at + 1, bytes: 1000 - at, live: 900 - at }));
  expect([...keptFiles(files).keys()]).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
});
