import { CHUNK_DOCS, type ChunkNumbers } from '../../columns/doc-set.ts';
import { MAX_WORDS, WordScores } from '../../text/word-scores.ts';
import { manyByColumn } from './by-column.ts';
import type { Clause } from './clause.ts';
import { IntervalScores } from './interval-scores.ts';
import { MatchScores } from './match-scores.ts';
import { NumericRangeClause } from './numeric-range-clause.ts';
import { TermClause } from './term-clause.ts';
import { TermSums } from './term-sums.ts';
import { WordClause } from './word-clause.ts';

/** Fewer terms or ranges of one column are asked about one by one. */
const LEAST_TOGETHER = 4;

/**
 * Adds up the scores of several clauses, without rounding, for many documents at once: what is written is the sum. Of clauses that are `required` every
 * document matches; the others count where they do.
 */
export function scoreSum(clauses: readonly Clause[], areRequired: boolean): ChunkNumbers {
  const together = areRequired ? { summands: [], others: clauses } : sumByColumn(clauses);
  const { others } = together;
  const summands: ChunkNumbers[] = [...together.summands];
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

/** The terms and the ranges of columns of which there are many, and the clauses that are left. */
function sumByColumn(clauses: readonly Clause[]): { summands: readonly ChunkNumbers[]; others: readonly Clause[] } {
  if (clauses.length < LEAST_TOGETHER) return { summands: [], others: clauses };
  const summands: ChunkNumbers[] = [];
  const summed = new Set<Clause>();
  const terms = clauses.filter((clause) => clause instanceof TermClause);
  for (const [column, group] of manyByColumn(terms, LEAST_TOGETHER)) {
    const sums = new TermSums(column, group);
    summands.push((chunk, offsets, count, into) => sums.add(chunk, offsets, count, into));
    for (const term of group) summed.add(term);
  }
  const ranges = clauses.filter((clause) => clause instanceof NumericRangeClause);
  for (const [column, group] of manyByColumn(ranges, LEAST_TOGETHER)) {
    const sums = new IntervalScores(column, group);
    summands.push((chunk, offsets, count, into) => sums.add(chunk, offsets, count, into));
    for (const range of group) summed.add(range);
  }
  return { summands, others: clauses.filter((clause) => !summed.has(clause)) };
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
