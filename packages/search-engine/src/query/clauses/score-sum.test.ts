import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Analyzer } from '../../analysis/analyzer.ts';
import { BitSet } from '../../columns/bit-set.ts';
import { TextColumn } from '../../text/text-column.ts';
import { scoredTerm } from '../compile/term-scores.ts';
import { BoolClause } from './bool-clause.ts';
import type { Clause } from './clause.ts';

const WORDS = ['disk', 'full', 'memory', 'orbit', 'scan', 'timeout'];

/** Words that are apart by blanks; each blank more is a position without a word. */
const ANALYZER = {
  positionIncrementGap: 3,
  analyzeInParts: (text: string) => {
    const tokens = text.split(' ').flatMap((term, position) => (term === '' ? [] : [{ term, position }]));
    return [{ tokens, position: 0 }];
  },
} as unknown as Analyzer;

const word = fc.oneof({ weight: 5, arbitrary: fc.constantFrom(...WORDS) }, { weight: 1, arbitrary: fc.constant('') });
const text = fc.oneof(
  { weight: 6, arbitrary: fc.array(word, { maxLength: 12 }).map((words) => words.join(' ')) },
  // More words, and more of one, than are counted at once.
  { weight: 1, arbitrary: fc.array(word, { minLength: 250, maxLength: 270 }).map((words) => words.join(' ')) },
  { weight: 1, arbitrary: fc.integer({ min: 14, max: 17 }).map((times) => 'disk '.repeat(times).trimEnd()) },
);
const texts = fc.array(fc.array(text, { maxLength: 2 }), { minLength: 1, maxLength: 20 });
const wanted = fc.array(fc.record({ word: fc.constantFrom(...WORDS), title: fc.boolean() }), { maxLength: 6 });

// A small dictionary, and one too large for a table of its words.
test.each([
  [0, 300],
  [65_536, 5],
])('scores of many documents at once are those of each by itself, beside %i other words', (others, numRuns) => {
  fc.assert(
    fc.property(texts, texts, wanted, wanted, fc.boolean(), (messages, titles, must, should, isNested) => {
      const docs = Math.max(messages.length, titles.length);
      const columnOf = (all: readonly (readonly string[])[]): TextColumn => {
        const column = new TextColumn(() => docs);
        for (let n = 0; n < others; n++) column.dictionary.add(`other-${n}`);
        for (const [doc, values] of all.entries()) column.set(doc, values, { analyzer: ANALYZER, onceEach: false });
        return column;
      };
      const [message, title] = [columnOf(messages), columnOf(titles)];
      const live = BitSet.forDocs(docs);
      for (let doc = 0; doc < docs; doc++) live.add(doc);
      const clauses = (all: readonly { readonly word: string; readonly title: boolean }[]): readonly Clause[] =>
        all.map((each) => {
          const column = each.title ? title : message;
          return scoredTerm(column, { norms: !each.title }, column.dictionary.ordinal(each.word), 1.3);
        });
      const minShould = must.length === 0 ? 1 : 0;
      const parts = { must: clauses(must), filter: [], should: clauses(should), mustNot: [], minShould };
      const inner = new BoolClause(parts, live, docs);
      const outer = { must: [inner], filter: [], should: clauses(should.slice(0, 1)), mustNot: [], minShould: 0 };
      const clause = isNested ? new BoolClause(outer, live, docs) : inner;
      clause.docs().forEachChunk((chunk, offsets, count) => {
        const scores = new Float64Array(count).fill(Number.NaN);
        clause.scores(chunk, offsets, count, scores);
        expect([...scores]).toEqual([...offsets.subarray(0, count)].map((doc) => clause.score(doc)));
      });
    }),
    { numRuns },
  );
});
