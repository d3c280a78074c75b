import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { NumericColumn } from '../columns/numeric-column.ts';
import { OrdinalColumn } from '../columns/ordinal-column.ts';
import { Dictionary } from '../dictionary/dictionary.ts';
import type { Engine, IndexDefinition } from '../engine/engine.ts';
import { openEngine } from '../engine/open-engine.ts';
import { finish, type Steps } from '../steps/steps.ts';
import type { LocalIndex } from './local-index.ts';
import type { PreparedDocument } from './prepared-document.ts';

const DEFINITION: IndexDefinition = {
  mappings: {
    properties: {
      labels: { type: 'keyword' },
      number: { type: 'double' },
      text: { type: 'text' },
      once: { type: 'text', index_options: 'docs' },
      inputs: { type: 'flattened' },
      hours: { type: 'integer_range' },
    },
  },
  settings: {},
  aliases: {},
};

let directory: string;
let engine: Engine;
let indices = 0;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'search-engine-prepared-'));
  engine = await openEngine({ directory, durability: 'async' });
});

afterAll(async () => {
  await engine.close();
  await rm(directory, { recursive: true });
});

const word = fc.constantFrom('disk', 'full', 'the', 'worker', 'Ünïcode', 'x'.repeat(40), '😀', '');
const sentence = fc.array(word, { maxLength: 6 }).map((words) => words.join(' '));
const label = fc.integer({ min: 0, max: 12 }).map((number) => `label-${number}`);
const many = fc
  .integer({ min: 0, max: 9 })
  .map((first) => Array.from({ length: 2500 }, (_, at) => `granule ${(at * 7 + first) % 2503}`));
const document = fc.record(
  {
    labels: fc.oneof({ weight: 15, arbitrary: fc.array(label, { maxLength: 5 }) }, many),
    number: fc.oneof(
      { weight: 9, arbitrary: fc.array(fc.integer({ min: -5, max: 5 }), { maxLength: 4 }) },
      // Refused.
      fc.constant('many'),
    ),
    text: fc.oneof(sentence, fc.array(sentence, { maxLength: 3 })),
    once: sentence,
    inputs: fc.dictionary(fc.constantFrom('a', 'b'), fc.oneof(label, fc.array(label, { maxLength: 3 }))),
    hours: fc.integer({ min: 0, max: 5 }).map((gte) => ({ gte, lte: gte + 3 })),
    // New to the mapping, which the first document that has it changes.
    fresh: sentence,
  },
  { requiredKeys: [], noNullPrototype: true },
);
const id = fc.integer({ min: 0, max: 6 }).map(String);
type Event =
  | { readonly type: 'prepare' | 'write'; readonly id: string; readonly document: object }
  | { readonly type: 'step'; readonly which: number; readonly steps: number }
  | { readonly type: 'delete'; readonly id: string }
  | { readonly type: 'finish' | 'renew' | 'fork' | 'map' | 'flush' };

function named<T extends string>(weight: number, type: T): fc.WeightedArbitrary<{ readonly type: T }> {
  return { weight, arbitrary: fc.constant({ type }) };
}

const event: fc.Arbitrary<Event> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ type: fc.constant('prepare' as const), id, document }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('write' as const), id, document }) },
  {
    weight: 5,
    arbitrary: fc.record({
      type: fc.constant('step' as const),
      which: fc.nat({ max: 2 }),
      steps: fc.integer({ min: 1, max: 12 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('delete' as const), id }) },
  named(3, 'finish'),
  named(2, 'renew'),
  named(1, 'fork'),
  named(1, 'flush'),
  named(1, 'map'),
);

const COLUMNS = ['labels', 'number', 'text', 'once', 'inputs', 'inputs._keyed', 'hours', 'fresh', 'fresh.keyword'];

/** What an index holds of its documents in a column. */
function contentOf({ data }: LocalIndex, name: string): { readonly values?: unknown; readonly rest?: unknown } {
  const column = data.column(name);
  const docs = Array.from({ length: data.documents.limit }, (_, doc) => doc);
  if (column === undefined) return {};
  const eachOf = (doc: number, value: (at: number) => unknown) =>
    Array.from({ length: column.count(doc) }, (_, at) => value(at));
  if (column instanceof NumericColumn) {
    return { values: docs.map((doc) => eachOf(doc, (at) => column.value(doc, at))), rest: column.docCount };
  }
  if (!(column instanceof OrdinalColumn)) return { rest: docs.map((doc) => column.count(doc)) };
  const term = (ordinal: number) => (ordinal === 0 ? 0 : column.dictionary.term(ordinal));
  const values = docs.map((doc) => eachOf(doc, (at) => term(column.value(doc, at))));
  const terms = [...new Set(values.flat())].filter((each) => typeof each === 'string').sort();
  const postings = terms.map((each) => {
    const ordinal = column.dictionary.ordinal(each);
    const found = column.docs(ordinal);
    return [each, column.docCount(ordinal), docs.filter((doc) => found.has(doc))];
  });
  return { values, rest: [column.docsWithValue, column.termCount, postings] };
}

function renewDictionaries(index: LocalIndex): void {
  for (const [, owner] of [...index.writableData().dictionaryOwners()]) {
    owner.startRenewal(new Dictionary());
    for (let doc = 0; doc < index.data.documents.limit; doc++) owner.renew(doc);
    owner.finishRenewal();
  }
}

/** Every live document's labels by its source. */
function labelsOf(index: LocalIndex): readonly (readonly string[])[] {
  return Array.from({ length: index.data.documents.limit }, (_, doc) => {
    if (!index.data.documents.isLive(doc)) return [];
    const { labels = [] } = JSON.parse(Buffer.from(index.intactSource(doc)!).toString());
    return [...new Set<string>(labels)];
  });
}

interface Preparation {
  readonly id: string;
  readonly source: Uint8Array;
  readonly steps: Steps<PreparedDocument | undefined>;
  /** Undefined while it is under way. */
  done?: { readonly prepared: PreparedDocument | undefined };
}

function takeStep(preparation: Preparation | undefined): void {
  if (preparation === undefined || preparation.done !== undefined) return;
  const step = preparation.steps.next();
  if (step.done === true) preparation.done = { prepared: step.value };
}

test('documents that are prepared while an index changes are written as those that are not', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(event, { maxLength: 40, size: 'max' }), async (events) => {
      const create = async () => (await engine.createIndex(`i${indices++}`, DEFINITION)) as LocalIndex;
      const [ahead, plain] = [await create(), await create()];
      const underWay: Preparation[] = [];
      const both = (write: (index: LocalIndex) => object) => {
        const [first, second] = [ahead, plain].map((index) => {
          try {
            return write(index);
          } catch (error) {
            return String(error);
          }
        });
        expect(first).toEqual(second);
      };
      const finishFirst = () => {
        const first = underWay.shift();
        if (first === undefined) return;
        const prepared = first.done === undefined ? finish(first.steps) : first.done.prepared;
        both((index) => {
          const operation = { type: 'index', id: first.id, source: first.source } as const;
          return index.write(index === ahead ? { ...operation, prepared } : operation);
        });
      };
      for (const each of events) {
        if (each.type === 'prepare') {
          const source = Buffer.from(JSON.stringify(each.document));
          underWay.push({ id: each.id, source, steps: engine.prepare(ahead, { id: each.id, source }) });
        } else if (each.type === 'step') {
          for (let taken = 0; taken < each.steps; taken++) takeStep(underWay[each.which]);
        } else if (each.type === 'write') {
          const source = Buffer.from(JSON.stringify(each.document));
          both((index) => index.write({ type: 'index', id: each.id, source }));
        } else if (each.type === 'delete') both((index) => index.write({ type: 'delete', id: each.id }));
        else if (each.type === 'finish') finishFirst();
        else if (each.type === 'renew') renewDictionaries(ahead);
        else if (each.type === 'fork') ahead.separate();
        else if (each.type === 'flush') await engine.flush();
        else {
          const field = { [`new${indices++}`]: { type: 'keyword' } };
          for (const { name } of [ahead, plain]) await engine.putMapping(name, { properties: field });
        }
      }
      while (underWay.length > 0) finishFirst();
      for (const name of COLUMNS) expect([name, contentOf(ahead, name)]).toEqual([name, contentOf(plain, name)]);
      const { values = labelsOf(plain).map(() => []) } = contentOf(plain, 'labels');
      expect(values).toEqual(labelsOf(plain));
      expect(ahead.mappings()).toEqual(plain.mappings());
      await engine.deleteIndices([ahead.name, plain.name]);
    }),
    { numRuns: 60 },
  );
});

test('what was prepared is not read again, unless the mapping has changed or it is of another routing value', async () => {
  const index = (await engine.createIndex('prepared', DEFINITION)) as LocalIndex;
  const source = Buffer.from('{"labels":["a","b"]}');
  const prepared = finish(engine.prepare(index, { id: '1', source }));
  // Nobody changes a source: here it shows who reads it.
  source.fill(0x20);
  expect(index.write({ type: 'index', id: '1', source, prepared })).toMatchObject({ result: 'created' });
  expect(() => index.write({ type: 'index', id: '1', source, routing: 'r', prepared })).toThrow('failed to parse');
  await engine.putMapping('prepared', { properties: { other: { type: 'keyword' } } });
  expect(() => index.write({ type: 'index', id: '1', source, prepared })).toThrow('failed to parse');
});

test('a large document is prepared in many steps', async () => {
  const index = (await engine.createIndex('large', DEFINITION)) as LocalIndex;
  const granules = Array.from({ length: 20_000 }, (_, at) => `granule ${at}`);
  const text = 'a few words '.repeat(50_000);
  const number = granules.map((_, at) => (at * 7919) % 10_007);
  const source = Buffer.from(JSON.stringify({ labels: granules, inputs: { granules }, number, text }));
  const steps = engine.prepare(index, { id: '1', source });
  let count = 0;
  while (steps.next().done !== true) count++;
  expect(count).toBeGreaterThan(20 + 40 + 18);
});

test('what cannot be written is not prepared', async () => {
  const index = await engine.createIndex('refusing', DEFINITION);
  const prepare = (source: string) => finish(engine.prepare(index, { source: Buffer.from(source) }));
  for (const source of ['', '[]', '{"number":"x"}', '{"inputs":1}']) expect(prepare(source)).toBeUndefined();
  const steps = engine.prepare(index, { source: Buffer.from('{}') });
  steps.next();
  await engine.deleteIndices(['refusing']);
  expect(finish(steps)).toBeUndefined();
});
