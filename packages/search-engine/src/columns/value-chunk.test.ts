import fc from 'fast-check';
import { expect, test } from 'vitest';
import { arraysOf, type FrozenValue, isNumberArray } from '../checkpoint/checkpoint-format.ts';
import { Dictionary } from '../dictionary/dictionary.ts';
import { finish } from '../steps/steps.ts';
import { FOREVER, Hold } from './hold.ts';
import { KeywordColumn } from './keyword-column.ts';
import type { NumberArray } from './number-array.ts';
import { NumericColumn } from './numeric-column.ts';
import { readStored, type Stored, StoredArray } from './stored-array.ts';

const DOCS = 50;
const doc = fc.integer({ min: 0, max: DOCS - 1 });

/** Writes of one document's values, with moments at which the column is frozen. */
function writes<T>(value: fc.Arbitrary<T>): fc.Arbitrary<(readonly [number, T[]] | 'freeze')[]> {
  const write = fc.tuple(doc, fc.oneof(fc.array(value, { maxLength: 1 }), fc.array(value, { maxLength: 5 })));
  return fc.array(
    fc.oneof({ weight: 10, arbitrary: write }, { weight: 1, arbitrary: fc.constant('freeze' as const) }),
    {
      maxLength: 300,
    },
  );
}

test('a numeric column holds what was written last, and a frozen one what was there then', () => {
  fc.assert(
    fc.property(writes(fc.integer({ min: -3, max: 3 })), (steps) => {
      const column = new NumericColumn(() => DOCS);
      const model: number[][] = Array.from({ length: DOCS }, () => []);
      const frozen: (readonly [ReturnType<NumericColumn['freeze']>, number[][]])[] = [];
      for (const step of steps) {
        if (step === 'freeze') frozen.push([column.freeze(FOREVER), model.map((values) => [...values])]);
        else {
          column.set(...step);
          model[step[0]] = step[1].toSorted((a, b) => a - b);
        }
      }
      frozen.push([column.freeze(FOREVER), model]);
      for (const [state, expected] of frozen)
        expect(readNumbers(NumericColumn.thaw(() => DOCS, state))).toEqual(expected);
    }),
  );
});

test('a keyword column holds what was written last, and a frozen one what was there then', () => {
  // More than 255 terms, so that ordinals are widened on the way.
  const keyword = fc.integer({ min: 0, max: 600 }).map((number) => `keyword-${number}`);
  fc.assert(
    fc.property(writes(keyword), (steps) => {
      const column = new KeywordColumn(() => DOCS);
      const model: string[][] = Array.from({ length: DOCS }, () => []);
      const frozen: (readonly [ReturnType<KeywordColumn['freeze']>, string[][]])[] = [];
      for (const step of steps) {
        if (step === 'freeze') frozen.push([column.freeze(FOREVER), model.map((values) => [...values])]);
        else {
          column.set(...step);
          model[step[0]] = [...new Set(step[1])].sort();
        }
      }
      frozen.push([column.freeze(FOREVER), model]);
      for (const [state, expected] of frozen) {
        const thawed = new KeywordColumn(() => DOCS, state);
        expect(readKeywords(thawed)).toEqual(expected);
        checkPostings(thawed, expected);
      }
      checkPostings(column, model);
    }),
  );
});

test('an array that was frozen once stands for one content, also after its hold was released', () => {
  fc.assert(
    fc.property(writes(fc.integer({ min: 0, max: 600 })), (steps) => {
      const numbers = new NumericColumn(() => DOCS);
      const keywords = new KeywordColumn(() => DOCS);
      /** As a checkpoint does: an array is copied once, while it is held. */
      const copies = new Map<Stored<NumberArray>, string>();
      for (const step of steps) {
        if (step !== 'freeze') {
          numbers.set(...step);
          keywords.set(step[0], step[1].map(String));
          continue;
        }
        const hold = new Hold();
        const frozen = { numbers: numbers.freeze(hold), keywords: keywords.freeze(hold) } as unknown as FrozenValue;
        for (const array of arraysOf(frozen)) {
          const content = String(array);
          expect(content).toBe(copies.get(array) ?? content);
          copies.set(array, content);
        }
        hold.release();
      }
    }),
  );
});

test('what was frozen stays as it is until its hold is released', () => {
  const column = new NumericColumn(() => DOCS);
  for (let i = 0; i < DOCS; i++) column.set(i, [i]);
  const hold = new Hold();
  const freeze = () => readStored(column.freeze(hold).chunks[0]!.values);
  const values = freeze();
  column.set(3, [100]);
  expect(values[3]).toBe(3);
  const memory = freeze().buffer;
  hold.release();
  column.set(3, [200]);
  expect(freeze().buffer).toBe(memory);
});

test('columns that are still in a file are read when they are wanted, and one that was forked stays as it was', () => {
  const steps = writes(fc.integer({ min: 0, max: 600 }));
  fc.assert(
    fc.property(steps, steps, (before, after) => {
      const model: number[][] = Array.from({ length: DOCS }, () => []);
      // Documents in use when they are forked: what comes behind them is written in the same memory.
      let docs = { limit: 0 };
      const docLimit =
        (of = docs) =>
        () =>
          of.limit;
      let numbers = new NumericColumn(docLimit());
      let keywords = new KeywordColumn(docLimit());
      const write = (at: number, values: readonly number[]) => {
        docs.limit = Math.max(docs.limit, at + 1);
        numbers.set(at, values);
        keywords.set(at, values.map(String));
        model[at] = values.toSorted((a, b) => a - b);
      };
      for (const step of before) if (step !== 'freeze') write(...step);
      numbers = NumericColumn.thaw(docLimit(), inFile(numbers.freeze(FOREVER)));
      keywords = new KeywordColumn(docLimit(), inFile(keywords.freeze(FOREVER)));
      const forked: (readonly [NumericColumn, KeywordColumn, number[][]])[] = [];
      for (const step of after) {
        if (step !== 'freeze') {
          write(...step);
          continue;
        }
        forked.push([numbers, keywords, [...model]]);
        docs = { ...docs };
        numbers = numbers.fork(docLimit());
        keywords = keywords.fork(docLimit());
      }
      for (const [someNumbers, someKeywords, expected] of [...forked, [numbers, keywords, model] as const]) {
        const terms = expected.map((values) => [...new Set(values.map(String))].sort());
        expect(readNumbers(someNumbers)).toEqual(expected);
        expect(readKeywords(someKeywords)).toEqual(terms);
        expect(visitedDocs(someKeywords)).toEqual(terms.flatMap((each, at) => each.map(() => at)));
      }
    }),
    // The last write moves the runs of all documents, also of those that the fork has.
    {
      examples: [
        [
          [
            [0, [0]],
            [0, [0, 1]],
          ],
          [[1, []], 'freeze', [2, [0]]],
        ],
      ],
    },
  );
});

test('postings follow the column once they have been used', () => {
  const column = new KeywordColumn(() => DOCS);
  for (let i = 0; i < DOCS; i++) column.set(i, i % 2 ? ['odd'] : ['even', 'second']);
  expect(column.docs(column.dictionary.ordinal('odd')).size).toBe(25);
  column.set(1, ['even']);
  column.set(2, []);
  expect(docsOf(column, 'odd')).not.toContain(1);
  expect(docsOf(column, 'even')).toContain(1);
  expect(docsOf(column, 'even')).not.toContain(2);
  expect(column.docCount(column.dictionary.ordinal('second'))).toBe(24);
});

test('terms that no document has any more leave the dictionary when they are the most', () => {
  const column = new KeywordColumn(() => DOCS);
  for (let i = 0; i < 10_000; i++) column.set(i % DOCS, [`value-${i}`, 'shared']);
  expect(column.dictionary.size).toBe(10_001);
  expect(column.isDense).toBe(false);
  column.startRenewal(new Dictionary());
  for (let doc = 0; doc < DOCS; doc++) column.renew(doc);
  column.finishRenewal();
  expect(column.dictionary.size).toBe(DOCS + 1);
  expect(readKeywords(column)[7]).toEqual(['shared', 'value-9957']);
  expect(docsOf(column, 'value-9957')).toEqual([7]);
  expect(column.docCount(column.dictionary.ordinal('shared'))).toBe(DOCS);
});

/** The same with its arrays in a file. */
function inFile<T>(frozen: T): T {
  if (isNumberArray(frozen)) {
    const array = readStored(frozen);
    return new StoredArray(array, () => array.slice()) as T;
  }
  if (Array.isArray(frozen)) return frozen.map(inFile) as T;
  if (typeof frozen !== 'object' || frozen === null) return frozen;
  return Object.fromEntries(Object.entries(frozen).map(([name, item]) => [name, inFile(item)])) as T;
}

function readNumbers(column: NumericColumn): number[][] {
  const chunk = column.chunk(0);
  return Array.from({ length: DOCS }, (_, offset) => {
    if (chunk === undefined) return [];
    if (chunk.single) return Number.isNaN(chunk.values[offset] ?? Number.NaN) ? [] : [chunk.values[offset]!];
    const start = chunk.starts[offset] ?? 0;
    return [...chunk.values.subarray(start, start + (chunk.counts[offset] ?? 0))];
  });
}

function readKeywords(column: KeywordColumn): string[][] {
  const chunk = column.chunk(0);
  return Array.from({ length: DOCS }, (_, offset) => {
    if (chunk === undefined) return [];
    const start = chunk.single ? offset : (chunk.starts[offset] ?? 0);
    const count = chunk.single ? Number((chunk.ordinals[offset] ?? 0) !== 0) : (chunk.counts[offset] ?? 0);
    return [...chunk.ordinals.subarray(start, start + count)].map((ordinal) => column.dictionary.term(ordinal)).sort();
  });
}

/** The documents of all ordinals, where the whole column is read. */
function visitedDocs(column: KeywordColumn): number[] {
  const docs: number[] = [];
  finish(column.visitValues((at) => docs.push(at)));
  return docs;
}

function docsOf(column: KeywordColumn, term: string): number[] {
  const docs: number[] = [];
  column
    .docs(column.dictionary.ordinal(term))
    .forEachChunk((_, offsets, count) => docs.push(...offsets.subarray(0, count)));
  return docs;
}

function checkPostings(column: KeywordColumn, expected: readonly (readonly string[])[]): void {
  for (const term of new Set(expected.flat())) {
    const docs = expected.flatMap((terms, each) => (terms.includes(term) ? [each] : []));
    expect(docsOf(column, term)).toEqual(docs);
    expect(column.docCount(column.dictionary.ordinal(term))).toBe(docs.length);
  }
}
