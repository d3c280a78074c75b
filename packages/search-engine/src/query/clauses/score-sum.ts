import { CHUNK_DOCS, type ChunkNumbers } from '../../columns/doc-set.ts';
import { MAX_WORDS, WordScores } from '../../text/word-scores.ts';
import type { Clause } from './clause.ts';
import { WordClause } from './word-clause.ts';

/**
 * Adds up the scores of several clauses, in their order and without rounding, for many documents at once: what is written is the sum. Of clauses
 * that are `required` every document matches; the others count where they do.
 */
export function scoreSum(clauses: readonly Clause[], areRequired: boolean): ChunkNumbers {
  const summands: ChunkNumbers[] = [];
  for (let at = 0; at < clauses.length; ) {
    const words = wordsFrom(clauses, at);
    summands.push(words.length > 0 ? addWords(words) : addClause(clauses[at]!, areRequired));
    at += Math.max(1, words.length);
  }
  return (chunk, offsets, count, into) => {
    into.fill(0, 0, count);
    for (const add of summands) add(chunk, offsets, count, into);
  };
}

/** The words at a place that are looked for in one field, no more than are scored together. */
function wordsFrom(clauses: readonly Clause[], from: number): readonly WordClause[] {
  const words: WordClause[] = [];
  for (let at = from; at < clauses.length && words.length < MAX_WORDS; at++) {
    const clause = clauses[at];
    if (!(clause instanceof WordClause) || (words.length > 0 && clause.column !== words[0]!.column)) break;
    words.push(clause);
  }
  return words;
}

function addWords(words: readonly WordClause[]): ChunkNumbers {
  const scores = new WordScores(words[0]!.column, words);
  return (chunk, offsets, count, into) => scores.add(chunk, offsets, count, into);
}

function addClause(clause: Clause, isRequired: boolean): ChunkNumbers {
  if (!isRequired || clause.scores === undefined) {
    return (chunk, offsets, count, into) => {
      const base = chunk * CHUNK_DOCS;
      for (let i = 0; i < count; i++) {
        const doc = base + offsets[i]!;
        into[i]! += isRequired ? clause.score(doc) : clause.scoreOrZero(doc);
      }
    };
  }
  let own = new Float64Array(0);
  return (chunk, offsets, count, into) => {
    if (own.length < count) own = new Float64Array(count);
    clause.scores?.(chunk, offsets, count, own);
    for (let i = 0; i < count; i++) into[i]! += own[i]!;
  };
}
