import type { Analyzer } from '../analysis/analyzer.ts';
import { tokensByPosition } from '../analysis/by-position.ts';
import type { FuzzyOptions } from '../query/compile/fuzzy.ts';
import { compileRegexp } from '../query/patterns/regexp.ts';
import type { MultiMatchType, Query } from '../query/query.ts';
import { queryStringError } from './query-string-error.ts';
import type { SearchedField } from './searched-fields.ts';
import type { SyntaxLeaf } from './syntax-tree.ts';

/** An analyzer by the name that a query knows it by. */
export interface NamedAnalyzer {
  readonly name: string;
  readonly analyzer: Analyzer;
}

/** What applies to every leaf of a query string. */
export interface LeafOptions {
  readonly query: string;
  readonly defaultOperator: 'and' | 'or';
  readonly lenient: boolean;
  readonly allowLeadingWildcard: boolean;
  /** Whether the words before the end of a prefix are looked for as they are analysed. */
  readonly analyzeWildcard: boolean;
  /** Whether it is a simple query string. */
  readonly isSimple: boolean;
  readonly matchType: MultiMatchType;
  /** How much the fields that match less well count. */
  readonly tieBreaker: number;
  readonly phraseTieBreaker: number;
  /** In the place of each field's own. */
  readonly analyzer: NamedAnalyzer | undefined;
  /** The same for what stands in quotes. */
  readonly quoteAnalyzer: NamedAnalyzer | undefined;
  /** Of phrases that name none. */
  readonly phraseSlop: number;
  /** Of words that name no distance. */
  readonly fuzzy: FuzzyOptions;
  readonly regexp: { readonly maxDeterminizedStates?: number };
  readonly timeZone: string | undefined;
  readonly nowMs: number;
}

/** The query of one leaf over its fields; undefined when its text has no terms in any of them. */
export function leafQuery(leaf: SyntaxLeaf, fields: readonly SearchedField[], options: LeafOptions): Query | undefined {
  if (fields.length === 0) return { type: 'matchNone' };
  const queries: Query[] = [];
  for (const field of fields) {
    const query = fieldQuery(leaf, field, options);
    if (query !== undefined) queries.push(boosted(query, field.boost));
  }
  const [first] = queries;
  if (first === undefined) return undefined;
  if (queries.length === 1) return boosted(first, leaf.boost);
  if (leaf.kind === 'text' && options.matchType === 'cross_fields') {
    return boosted(crossFieldsQuery(leaf.text, fields, options), leaf.boost);
  }
  const tieBreaker = leaf.kind === 'phrase' ? options.phraseTieBreaker : options.tieBreaker;
  return boosted({ type: 'disMax', queries, tieBreaker }, leaf.boost);
}

function crossFieldsQuery(query: string, fields: readonly SearchedField[], options: LeafOptions): Query {
  const { analyzer, lenient, tieBreaker, defaultOperator: operator } = options;
  return {
    type: 'multiMatch',
    matchType: 'cross_fields',
    fields: fields.map(({ name, boost }) => (boost === 1 ? name : `${name}^${boost}`)),
    query,
    lenient,
    tieBreaker,
    operator,
    ...(analyzer === undefined ? {} : { analyzer: analyzer.name }),
  };
}

/** The query with its boost multiplied. */
export function boosted(query: Query, boost: number): Query {
  return boost === 1 ? query : { ...query, boost: (query.boost ?? 1) * boost };
}

function fieldQuery(leaf: SyntaxLeaf, field: SearchedField, options: LeafOptions): Query | undefined {
  const { name, type } = field;
  const { lenient } = options;
  // compat: of ids a query string finds whole ones only, and refuses nothing else.
  if (name === '_id' && !['all', 'exists', 'text', 'phrase'].includes(leaf.kind)) return { type: 'matchNone' };
  switch (leaf.kind) {
    case 'all':
      return { type: 'matchAll' };
    case 'exists':
      return { type: 'exists', field: name };
    case 'text':
    case 'phrase':
      return textQuery(leaf, field, options);
    case 'range': {
      const query = rangeQuery(leaf, name, options);
      return lenient && !accepts(() => type?.rangeCondition(query, options)) ? { type: 'matchNone' } : query;
    }
  }
  // compat: a lenient search finds nothing with a pattern in a field of numbers, addresses or ranges, where a strict one is refused; of ranges only a
  // simple one is.
  const isRange = type?.range !== undefined;
  if (lenient && (type?.form === 'number' || type?.type === 'ip' || isRange)) return { type: 'matchNone' };
  if (isRange && !options.isSimple) return { type: 'matchNone' };
  const normalize = (text: string): string => type?.normalizeTerm(text) ?? text;
  switch (leaf.kind) {
    case 'prefix':
      return options.analyzeWildcard
        ? analyzedPrefix(leaf.text, field, options)
        : { type: 'prefix', field: name, value: normalize(leaf.text) };
    case 'wildcard':
      if (!options.allowLeadingWildcard && /^[*?]/.test(leaf.pattern)) {
        throw queryStringError(options.query, "'*' or '?' not allowed as first character in WildcardQuery");
      }
      return { type: 'wildcard', field: name, value: normalizePattern(leaf.pattern, normalize) };
    case 'regexp':
      return lenient && !accepts(() => compileRegexp(leaf.pattern, false))
        ? { type: 'matchNone' }
        : { type: 'regexp', field: name, value: leaf.pattern, lenient, ...options.regexp };
    case 'fuzzy': {
      const value = normalize(leaf.text);
      return { type: 'fuzzy', field: name, value, ...options.fuzzy, ...fuzzinessOf(leaf.similarity, value) };
    }
  }
}

function textQuery(
  leaf: SyntaxLeaf & { kind: 'text' | 'phrase' },
  field: SearchedField,
  options: LeafOptions,
): Query | undefined {
  const { name, type } = field;
  if (type === undefined) return { type: 'term', field: name, value: leaf.text };
  const isPhrase = leaf.kind === 'phrase' || options.matchType === 'phrase';
  const own = isPhrase ? type.searchQuoteAnalyzer : type.searchAnalyzer;
  const named = leaf.kind === 'phrase' ? options.quoteAnalyzer : options.analyzer;
  const analyzer = named?.analyzer ?? (type.form === 'text' ? own : undefined);
  if (analyzer?.analyze(leaf.text).length === 0) return undefined;
  const common = {
    field: name,
    query: leaf.text,
    lenient: options.lenient,
    ...(named === undefined ? {} : { analyzer: named.name }),
  };
  if (isPhrase && (type.form === 'text' || named !== undefined)) {
    return {
      type: 'matchPhrase',
      ...common,
      slop: (leaf.kind === 'phrase' ? leaf.slop : undefined) ?? options.phraseSlop,
    };
  }
  if (options.matchType === 'phrase_prefix') return { type: 'matchPhrasePrefix', ...common };
  if (options.matchType === 'bool_prefix')
    return { type: 'matchBoolPrefix', ...common, operator: options.defaultOperator };
  if (options.timeZone !== undefined && (type.type === 'date' || type.type === 'date_nanos')) {
    const day = { ...leaf, kind: 'range', lower: leaf.text, upper: leaf.text, includeLower: true, includeUpper: true };
    const query = fieldQuery(day as SyntaxLeaf, field, options);
    return query === undefined ? undefined : boosted(query, type.boost);
  }
  return { type: 'match', ...common, operator: options.defaultOperator };
}

/** compat: each word of the text, and the last one as a prefix. Of a last position with several words each is one. */
function analyzedPrefix(text: string, { name, type }: SearchedField, options: LeafOptions): Query | undefined {
  const analyzer = options.analyzer?.analyzer ?? type?.searchAnalyzer;
  if (analyzer === undefined) return { type: 'prefix', field: name, value: type?.normalizeTerm(text) ?? text };
  const places = tokensByPosition(analyzer.analyze(text));
  const queries = places.map((place): Query => {
    const words = place.map(({ term }) => term);
    if (place === places.at(-1)) {
      return anyQuery(words.map((word) => ({ type: 'prefix', field: name, value: type?.normalizeTerm(word) ?? word })));
    }
    return words.length === 1
      ? { type: 'term', field: name, value: words[0]! }
      : { type: 'synonyms', field: name, words };
  });
  if (queries.length === 0 && options.isSimple) return { type: 'matchNone' };
  if (queries.length < 2 || options.defaultOperator === 'or')
    return queries.length === 0 ? undefined : anyQuery(queries);
  return { type: 'bool', must: queries, filter: [], should: [], mustNot: [] };
}

function anyQuery(queries: readonly Query[]): Query {
  const [only] = queries;
  if (queries.length === 1 && only !== undefined) return only;
  return { type: 'bool', must: [], filter: [], should: queries, mustNot: [] };
}

function rangeQuery(
  leaf: SyntaxLeaf & { kind: 'range' },
  field: string,
  options: LeafOptions,
): Query & { type: 'range' } {
  return {
    type: 'range',
    field,
    ...(leaf.lower === undefined ? {} : leaf.includeLower ? { gte: leaf.lower } : { gt: leaf.lower }),
    ...(leaf.upper === undefined ? {} : leaf.includeUpper ? { lte: leaf.upper } : { lt: leaf.upper }),
    ...(options.timeZone === undefined ? {} : { timeZone: options.timeZone }),
  };
}

function accepts(convert: () => unknown): boolean {
  try {
    convert();
    return true;
  } catch {
    // What the field cannot be asked for: the lenient parser goes on to the next field.
    return false;
  }
}

/** Applies the field's filters between the wildcards and the protected characters. */
function normalizePattern(pattern: string, normalize: (text: string) => string): string {
  return pattern.replace(/(\\[\s\S]|[*?])|[^*?\\]+/g, (part, kept: string | undefined) => kept ?? normalize(part));
}

function fuzzinessOf(similarity: number | undefined, text: string): { fuzziness?: string } {
  if (similarity === undefined) return {};
  if (similarity >= 1) return { fuzziness: String(Math.min(2, Math.trunc(similarity))) };
  // Lucene's FuzzyQuery.floatToEdits: below 1 the number is the share of letters that must agree.
  return { fuzziness: String(Math.min(2, Math.trunc((1 - similarity) * [...text].length))) };
}
