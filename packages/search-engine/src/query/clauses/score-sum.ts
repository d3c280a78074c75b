import { CHUNK_DOCS } from '../../columns/chunk-docs.ts';
import type { ChunkNumbers } from '../../columns/doc-set.ts';
import { MAX_WORDS, WordScores } from '../../text/word-scores.ts';
import type { Clause } from './clause.ts';
import { MatchScores } from './match-scores.ts';
import { totalsByColumn } from './totals-by-column.ts';
import { WordClause } from './word-clause.ts';

/**
 * Adds up the scores of several clauses, without rounding, for many documents at once: what is written is the sum. Of clauses that are `required` every
 * document matches; the others count where they do.
 */
export function scoreSum(clauses: readonly Clause[], areRequired: boolean): ChunkNumbers {
  const { totals, others } = areRequired
    ? { totals: [], others: clauses }
    : totalsByColumn(clauses, (clause) => clause.score());
  const summands: ChunkNumbers[] = totals.map(
    (each) => (chunk, offsets, count, into) => each.add(chunk, offsets, count, into),
  );
  for (let at = 0; at < others.length; ) {
    const words = wordsFrom(others, at);
    summands.push(words.length > 0 ? addWords(words) : addClause(others[at]!, areRequired));
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
  if (!isRequired) {
    const matching = new MatchScores(clause);
    return (chunk, offsets, count, into) => {
      const found = matching.read(chunk, offsets, count);
      for (let i = 0; i < found; i++) into[matching.places[i]!]! += matching.scores[i]!;
    };
  }
  if (clause.scores === undefined) {
    return (chunk, offsets, count, into) => {
      for (let i = 0; i < count; i++) into[i]! += clause.score(chunk * CHUNK_DOCS + offsets[i]!);
    };
  }
  let own = new Float64Array(0);
  return (chunk, offsets, count, into) => {
    if (own.length < count) own = new Float64Array(count);
    clause.scores?.(chunk, offsets, count, own);
    for (let i = 0; i < count; i++) into[i]! += own[i]!;
  };
}
