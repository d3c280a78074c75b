import { expect, test } from 'vitest';
import { Tombstones } from './tombstones.ts';
import { checkCondition, nextVersion } from './write-condition.ts';

const CURRENT = { version: 5, seqNo: 9 };

test.each([
  [{}, CURRENT],
  [{}, undefined],
  [{ ifSeqNo: 9, ifPrimaryTerm: 1 }, CURRENT],
  [{ version: 6, versionType: 'external' }, CURRENT],
  [{ version: 5, versionType: 'external_gte' }, CURRENT],
  [{ version: 1, versionType: 'external' }, undefined],
] as const)('the condition %j holds for %j', (condition, current) => {
  expect(() => checkCondition(condition, 'a', current)).not.toThrow();
});

test.each([
  [{ ifSeqNo: 8, ifPrimaryTerm: 1 }, CURRENT, 'required seqNo [8], primary term [1]. current document has seqNo [9]'],
  [{ ifSeqNo: 9, ifPrimaryTerm: 2 }, CURRENT, 'required seqNo [9], primary term [2]'],
  [{ ifSeqNo: 9, ifPrimaryTerm: 1 }, undefined, 'but no document was found'],
  [{ version: 5, versionType: 'external' }, CURRENT, 'current version [5] is higher or equal to the one provided [5]'],
  [{ version: 4, versionType: 'external_gte' }, CURRENT, 'current version [5] is higher than the one provided [4]'],
] as const)('the condition %j on %j is a conflict', (condition, current, message) => {
  expect(() => checkCondition(condition, 'a', current)).toThrow(message);
});

test('versions count up, unless they come from outside', () => {
  expect(nextVersion({}, undefined)).toBe(1);
  expect(nextVersion({}, 5)).toBe(6);
  expect(nextVersion({ version: 40, versionType: 'external' }, 5)).toBe(40);
});

test('a deleted document is remembered for a minute', () => {
  const tombstones = new Tombstones();
  tombstones.add('a', 3, 1000);
  expect(tombstones.version('a', 60_999)).toBe(3);
  expect(tombstones.version('a', 61_000)).toBeUndefined();
  tombstones.add('b', 1, 70_000);
  expect(tombstones.version('a', 1000)).toBeUndefined();
});
