import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CHUNK_DOCS } from '../columns/chunk-docs.ts';
import { KeywordColumn } from '../columns/keyword-column.ts';

const CHUNKS = 4;
const DOCS_OF_CHUNK = 5;
const LIMIT = CHUNKS * CHUNK_DOCS;
const TERMS = ['a', 'b', 'c', 'd', 'e'];

/** A column, and the keywords that its documents have. */
interface Version {
  readonly column: KeywordColumn;
  readonly keywords: Map<number, readonly string[]>;
}

function docsOf({ column }: Version, term: string): readonly number[] {
  const docs: number[] = [];
  column.docs(column.dictionary.ordinal(term)).forEachChunk((chunk, offsets, count) => {
    for (let at = 0; at < count; at++) docs.push(chunk * CHUNK_DOCS + offsets[at]!);
  });
  return docs;
}

const doc = fc
  .tuple(fc.nat({ max: CHUNKS - 1 }), fc.nat({ max: DOCS_OF_CHUNK - 1 }))
  .map(([chunk, at]) => chunk * CHUNK_DOCS + at * 10_000);
const write = fc.record({ kind: fc.constant('write' as const), doc, keywords: fc.subarray(TERMS) });
const action = fc.oneof(
  { weight: 6, arbitrary: write },
  { weight: 2, arbitrary: fc.constant({ kind: 'fork' as const }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('derive' as const), steps: fc.integer({ min: 1, max: 20 }) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('read' as const), term: fc.constantFrom(...TERMS) }) },
);

test('documents of a term are those of the column, whatever is written and forked while its postings are made', () => {
  let finished = 0;
  fc.assert(
    fc.property(fc.array(write, { maxLength: 20 }), fc.array(action, { maxLength: 40 }), (first, actions) => {
      let current: Version = { column: new KeywordColumn(() => LIMIT), keywords: new Map() };
      const versions: Version[] = [current];
      for (const each of [...first, ...actions]) {
        if (each.kind === 'write') {
          current.column.set(each.doc, each.keywords);
          current.keywords.set(each.doc, each.keywords);
        } else if (each.kind === 'fork') {
          current = { column: current.column.fork(() => LIMIT), keywords: new Map(current.keywords) };
          versions.push(current);
        } else if (each.kind === 'derive') {
          for (let step = 0; step < each.steps && current.column.lacksPostings; step++) current.column.derivePostings();
        } else expect(docsOf(current, each.term)).toEqual(expectedDocs(current, each.term));
      }
      if (current.column.requestPostings() !== undefined) finished++;
      for (const version of versions) {
        for (const term of TERMS) expect(docsOf(version, term)).toEqual(expectedDocs(version, term));
      }
    }),
    { numRuns: 300 },
  );
  expect(finished).toBeGreaterThan(0);
});

function expectedDocs({ keywords }: Version, term: string): readonly number[] {
  const docs = [...keywords].filter(([, terms]) => terms.includes(term)).map(([found]) => found);
  return docs.sort((a, b) => a - b);
}
