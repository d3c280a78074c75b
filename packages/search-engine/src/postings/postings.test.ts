import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CHUNK_DOCS } from '../columns/doc-set.ts';
import { KeywordColumn } from '../columns/keyword-column.ts';
import { finish, type Steps } from '../steps/steps.ts';

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
  .map(([chunk, offset]) => chunk * CHUNK_DOCS + offset);
const write = fc.record({ kind: fc.constant('write' as const), doc, keywords: fc.subarray(TERMS) });
const action = fc.oneof(
  { weight: 6, arbitrary: write },
  { weight: 2, arbitrary: fc.constant({ kind: 'fork' as const }) },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('read' as const),
      steps: fc.nat({ max: CHUNKS }),
      term: fc.constantFrom(...TERMS),
    }),
  },
);

test('postings that are read in steps are those of their column, whatever is written and forked meanwhile', () => {
  fc.assert(
    fc.property(fc.array(write, { maxLength: 20 }), fc.array(action, { maxLength: 40 }), (first, actions) => {
      let current: Version = { column: new KeywordColumn(() => LIMIT), keywords: new Map() };
      const versions: Version[] = [current];
      const reads: Steps<unknown>[] = [];
      for (const each of [...first, ...actions]) {
        if (each.kind === 'write') {
          current.column.set(each.doc, each.keywords);
          current.keywords.set(each.doc, each.keywords);
        } else if (each.kind === 'fork') {
          current = { column: current.column.fork(() => LIMIT), keywords: new Map(current.keywords) };
          versions.push(current);
        } else {
          const steps = current.column.findDocs(current.column.dictionary.ordinal(each.term));
          for (let step = 0; step < each.steps; step++) steps.next();
          reads.push(steps);
        }
        // Others go on meanwhile with what they read before the fork.
        for (const steps of reads.slice(0, 2)) steps.next();
      }
      for (const steps of reads) finish(steps);
      for (const version of versions) {
        for (const term of TERMS) {
          const expected = [...version.keywords]
            .filter(([, keywords]) => keywords.includes(term))
            .map(([found]) => found);
          expect(docsOf(version, term)).toEqual(expected.sort((a, b) => a - b));
        }
      }
    }),
    { numRuns: 300 },
  );
});
