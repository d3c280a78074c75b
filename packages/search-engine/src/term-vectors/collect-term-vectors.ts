import { DaybookError, isDaybookError } from '@daybook/errors';
import type { Token } from '../analysis/analyzer.ts';
import { OrdinalColumn } from '../columns/ordinal-column.ts';
import { fieldPaths } from '../fetch/source-fields.ts';
import { sourceValues } from '../fetch/source-values.ts';
import { analyzeValues } from '../highlight/analyzed-text.ts';
import { parseSource } from '../index/source.ts';
import type { FieldType } from '../mapping/field-type.ts';
import type { Mapping } from '../mapping/mapping.ts';
import { parseDocument } from '../mapping/parse-document.ts';
import type { Searchable } from '../query/compile/query-context.ts';
import type { Steps } from '../steps/steps.ts';
import { fieldStatistics, totalTermFrequencies } from './field-statistics.ts';
import { selectTerms } from './select-terms.ts';
import type { FieldStatistics, FieldTermVector, TermVectorsRequest, VectorTerm } from './term-vectors.ts';

/** Each is an object of its own until the answer is written. */
const MAX_TOKENS = 2_000_000;

/** The id in errors about a document that is not in the index. */
const NO_ID = '_id_for_tv_api';

/** Takes a document's texts and keywords apart once more, and counts its terms in the index; fields without terms are left out. */
export function* collectTermVectors(index: Searchable, request: TermVectorsRequest): Steps<readonly FieldTermVector[]> {
  const source = parseSource(request.source);
  const { mapping } = index;
  if (!request.isIndexed) parseDocument(mapping, { id: NO_ID, source, bytes: request.source });
  const names = request.fields?.flatMap((pattern) => mapping.matchingFields(pattern));
  const chosen = names ?? mapping.fields().map(({ path }) => path);
  const vectors: FieldTermVector[] = [];
  let tokenCount = 0;
  for (const name of [...new Set(chosen)].sort()) {
    yield;
    const field = mapping.field(name);
    // compat: an alias has no terms of its own.
    if (field === undefined || field.path !== name || !isOfTerms(field)) continue;
    if (names === undefined && request.isIndexed && keptVector(field) === 'no') continue;
    const analyzer = analyzerNamed(index, request.analyzers.get(name));
    const normalizeTerm = (text: string): string => field.normalizeTerm(text);
    const analyzed = analyzer === undefined ? field : { analyzer, normalizeTerm };
    const values = request.isIndexed ? ownValues(mapping, name, source) : indexedValues(mapping, field, source);
    const tokens = analyzeValues(analyzed, values.map(String));
    tokenCount += tokens.length;
    if (tokenCount > MAX_TOKENS) throw tooManyTokens();
    if (tokens.length > 0) vectors.push(yield* vectorOf(index, name, field, tokens, request));
  }
  return vectors;
}

function isOfTerms(field: FieldType): boolean {
  return field.indexed && (field.type === 'text' || field.type === 'keyword');
}

/** compat: of a document of the index, what its source has for the field itself, whatever the mapping makes of it. */
function ownValues(mapping: Mapping, path: string, source: unknown): readonly unknown[] {
  const own = mapping.sourcePaths(path).at(-1) ?? path;
  return sourceValues(source, own).filter((value) => value !== null && typeof value !== 'object');
}

/** What the index would hold of the document. */
function indexedValues(mapping: Mapping, field: FieldType, source: unknown): readonly unknown[] {
  return fieldPaths(mapping, field, undefined).flatMap((read) => read(source));
}

/** What the mapping keeps, as its `term_vector` says. */
function keptVector(field: FieldType): string {
  return String(field.toJson().term_vector ?? 'no');
}

/** compat: an analyzer that there is not is passed over. */
function analyzerNamed(index: Searchable, name: string | undefined): FieldType['analyzer'] {
  if (name === undefined) return undefined;
  try {
    return index.analyzer(name);
  } catch (error) {
    if (isDaybookError(error)) return undefined;
    throw error;
  }
}

function* vectorOf(
  { data }: Searchable,
  name: string,
  field: FieldType,
  tokens: readonly Token[],
  request: TermVectorsRequest,
): Steps<FieldTermVector> {
  const terms = termsOf(tokens);
  const kept = keptVector(field);
  // compat: what the mapping keeps is told, and of a field of which it keeps nothing, or that is analysed otherwise, all.
  const isWhole = kept === 'no' || !request.isIndexed || request.analyzers.has(name);
  const places = {
    hasPositions: isWhole || kept.includes('positions'),
    hasOffsets: isWhole || kept.includes('offsets'),
  };
  const column = data.column(field.column);
  if (!(column instanceof OrdinalColumn) || column.docsWithValue === 0) {
    const statistics = { docCount: 1, sumDocFreq: terms.length, sumTotalTermFreq: tokens.length };
    return { field: name, statistics, terms: request.filter === undefined ? terms : [], ...places };
  }
  const statistics: FieldStatistics = yield* fieldStatistics(column);
  const docFreq = (term: string): number => column.docCount(column.dictionary.ordinal(term));
  const selected =
    request.filter === undefined ? terms : yield* selectTerms(terms, request.filter, docFreq, statistics.docCount);
  const counted = request.termStatistics ? yield* withStatistics(column, selected) : selected;
  return { field: name, statistics, terms: counted, ...places };
}

function termsOf(tokens: readonly Token[]): readonly VectorTerm[] {
  const byTerm = new Map<string, Token[]>();
  for (const token of tokens) {
    const same = byTerm.get(token.term);
    if (same === undefined) byTerm.set(token.term, [token]);
    else same.push(token);
  }
  return Array.from(byTerm, ([term, places]) => ({ term, tokens: places, bytes: Buffer.from(term) }))
    .sort((a, b) => Buffer.compare(a.bytes, b.bytes))
    .map(({ term, tokens: places }) => ({ term, tokens: places }));
}

function* withStatistics(column: OrdinalColumn, terms: readonly VectorTerm[]): Steps<readonly VectorTerm[]> {
  const ordinals = terms.map(({ term }) => column.dictionary.ordinal(term));
  const inIndex = ordinals.filter((ordinal) => ordinal !== 0 && column.docCount(ordinal) > 0);
  const frequencies = yield* totalTermFrequencies(column, inIndex);
  return terms.map((entry, at) => {
    const ordinal = ordinals[at]!;
    const totalTermFreq = frequencies.get(ordinal);
    if (totalTermFreq === undefined) return entry;
    return { ...entry, statistics: { docFreq: column.docCount(ordinal), totalTermFreq } };
  });
}

function tooManyTokens(): DaybookError {
  return new DaybookError(
    'limit-exceeded',
    `[request] Data too large, data for [<term_vectors>] would have more than [${MAX_TOKENS}] tokens`,
    { detail: { reason: 'circuit_breaking_exception' } },
  );
}
