import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CHUNK_DOCS } from '../../columns/chunk-docs.ts';
import { KeywordColumn } from '../../columns/keyword-column.ts';
import { SortedDocs } from '../../columns/sorted-docs.ts';
import { finish } from '../../steps/steps.ts';
import { scoredTerm } from '../compile/term-scores.ts';
import { toBitSet } from './filtered-docs.ts';
import { narrowDocs } from './narrow.ts';

const LIMIT = 2 * CHUNK_DOCS;
const doc = fc.nat({ max: LIMIT - 1 });

test('documents that few others prohibit are all of them but those', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(doc, { minLength: 40, maxLength: 60 }),
      fc.array(fc.oneof(doc, fc.nat({ max: 59 })), { maxLength: 2 }),
      fc.boolean(),
      (drawn, few, isBitSet) => {
        const docs = drawn.toSorted((a, b) => a - b);
        // A small number stands for a document of the set.
        const prohibited = few.map((each) => docs[each] ?? each);
        const labels = new KeywordColumn(() => LIMIT);
        for (const each of prohibited) labels.set(each, ['b']);
        const clause = scoredTerm(labels, {}, labels.dictionary.ordinal('b'), 1);
        const sorted = new SortedDocs(Uint32Array.from(docs));
        const set = isBitSet ? toBitSet(sorted, LIMIT) : sorted;
        const narrowed = finish(narrowDocs(set, { required: [], prohibited: [clause] }));
        expect(narrowed.firstFrom(0, LIMIT)).toEqual(docs.filter((each) => !prohibited.includes(each)));
        expect(set.size).toBe(docs.length);
      },
    ),
  );
});
