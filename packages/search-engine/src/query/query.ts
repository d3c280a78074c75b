import type { ShardLayout } from '../index/shard-layout.ts';
import type { SimpleOperator } from '../query-string/simple-syntax.ts';
import type { BoostMode, ScoreFunctionKind, ScoreMode } from './functions/score-function.ts';

/** What every query may carry; a boost multiplies the score, a name comes back in the hit's matched queries. */
export interface QueryCommon {
  readonly boost?: number;
  readonly name?: string;
}

/** A value as it stood in the request: compared after the field's own conversion. */
export type QueryValue = string | number | boolean;

/** How the ranges of a document lie to that of a query: they have a value in common, lie in it, or hold it. */
export type RangeRelation = 'intersects' | 'within' | 'contains';

/** Both bounds are optional; date fields take date math, a format and a time zone. */
export interface RangeQuery extends QueryCommon {
  readonly type: 'range';
  readonly field: string;
  readonly gt?: QueryValue;
  readonly gte?: QueryValue;
  readonly lt?: QueryValue;
  readonly lte?: QueryValue;
  readonly format?: string;
  readonly timeZone?: string;
  /** Of fields of ranges; default `intersects`. */
  readonly relation?: RangeRelation;
}

/** How analysed text is matched. */
export interface MatchOptions extends QueryCommon {
  readonly query: QueryValue;
  readonly operator?: 'and' | 'or';
  /** As on the wire: `2`, `-1`, `75%`, `3<90%`. */
  readonly minimumShouldMatch?: string;
  readonly analyzer?: string;
  readonly fuzziness?: string;
  readonly prefixLength?: number;
  readonly maxExpansions?: number;
  readonly transpositions?: boolean;
  readonly slop?: number;
  readonly lenient?: boolean;
  readonly zeroTermsQuery?: 'none' | 'all';
  /** Of words in more documents than this share of all, or from 1 on this many, none is required beside others: {@link CommonTermsOptions}. */
  readonly cutoffFrequency?: number;
}

/** How many of some terms are required. */
export interface TermGroupOptions {
  readonly operator: 'and' | 'or';
  /** Of `or`: as of {@link MatchOptions}. */
  readonly minimumShouldMatch?: string;
}

/** What is asked of the rare ones and of the frequent ones among the terms of a text. */
export interface CommonTermsOptions {
  /** Terms in more documents are frequent: below 1 a share of all documents, else a number of them. */
  readonly cutoffFrequency: number;
  readonly lowFrequency: TermGroupOptions;
  readonly highFrequency: TermGroupOptions;
}

/** The query string language (Lucene's syntax); parsed by the engine, since it needs the mapping. */
export interface QueryStringQuery extends QueryCommon {
  readonly type: 'queryString' | 'simpleQueryString';
  readonly query: string;
  /** Field names or patterns, each with an optional `^boost`. */
  readonly fields?: readonly string[];
  readonly defaultField?: string;
  readonly defaultOperator?: 'and' | 'or';
  readonly analyzer?: string;
  readonly analyzeWildcard?: boolean;
  readonly allowLeadingWildcard?: boolean;
  readonly lenient?: boolean;
  readonly minimumShouldMatch?: string;
  readonly timeZone?: string;
  readonly matchType?: MultiMatchType;
  /** How much the fields that match less well count; absent: as the match type says. */
  readonly tieBreaker?: number;
  /** Of what stands in quotes, in the place of `analyzer`. */
  readonly quoteAnalyzer?: string;
  /** What stands in quotes is looked for in the fields of these names with this behind them, where there are such. */
  readonly quoteFieldSuffix?: string;
  /** Of phrases that name none. */
  readonly phraseSlop?: number;
  /** Of words that are to be near and name no distance. */
  readonly fuzziness?: string;
  readonly prefixLength?: number;
  readonly maxExpansions?: number;
  readonly transpositions?: boolean;
  /** Of regular expressions. */
  readonly maxDeterminizedStates?: number;
  /** Whether operators are letters like others. */
  readonly escape?: boolean;
  /** Of a simple query string: the operators that are on; absent: all. */
  readonly operators?: readonly SimpleOperator[];
}

/** How several fields are matched together, in the wire's spelling. */
export type MultiMatchType =
  | 'best_fields'
  | 'most_fields'
  | 'cross_fields'
  | 'phrase'
  | 'phrase_prefix'
  | 'bool_prefix';

/** The operators of a regular expression that can be left out: `&`, `~`, `#`, `@`, `<1-9>`, and `<name>`, which finds no name. */
export const regexpOperators = ['intersection', 'complement', 'empty', 'anyString', 'interval', 'automaton'] as const;
/** One of {@link regexpOperators}. */
export type RegexpOperator = (typeof regexpOperators)[number];

/**
 * The engine's own query tree. The wire's query language is parsed to it before the engine sees it; field names and values
 * are unresolved here, the engine resolves them against the mapping of each index it searches.
 */
export type Query =
  | ({ readonly type: 'matchAll' } & QueryCommon)
  | ({ readonly type: 'matchNone' } & QueryCommon)
  | ({
      readonly type: 'term';
      readonly field: string;
      readonly value: QueryValue;
      readonly caseInsensitive?: boolean;
    } & QueryCommon)
  /** Words that stand for each other: they count as one. */
  | ({ readonly type: 'synonyms'; readonly field: string; readonly words: readonly string[] } & QueryCommon)
  | ({ readonly type: 'terms'; readonly field: string; readonly values: readonly QueryValue[] } & QueryCommon)
  | RangeQuery
  | ({ readonly type: 'exists'; readonly field: string } & QueryCommon)
  | ({
      readonly type: 'prefix' | 'wildcard' | 'regexp';
      readonly field: string;
      readonly value: string;
      readonly caseInsensitive?: boolean;
      /** Of a regular expression: those of its operators that have their meaning; default all. */
      readonly operators?: readonly RegexpOperator[];
      /** Of a regular expression: states that its automata may have in Lucene; default 10,000. */
      readonly maxDeterminizedStates?: number;
      /** Whether a regular expression that would be refused finds nothing instead. */
      readonly lenient?: boolean;
    } & QueryCommon)
  | ({
      readonly type: 'fuzzy';
      readonly field: string;
      readonly value: QueryValue;
      readonly fuzziness?: string;
      readonly prefixLength?: number;
      readonly maxExpansions?: number;
      readonly transpositions?: boolean;
    } & QueryCommon)
  | ({ readonly type: 'ids'; readonly values: readonly string[] } & QueryCommon)
  | ({
      readonly type: 'match' | 'matchPhrase' | 'matchPhrasePrefix' | 'matchBoolPrefix';
      readonly field: string;
    } & MatchOptions)
  | ({
      readonly type: 'multiMatch';
      readonly fields: readonly string[];
      readonly matchType: MultiMatchType;
      readonly tieBreaker?: number;
    } & MatchOptions)
  | ({
      /** The words of a text, of which those in many documents only count for the score. */
      readonly type: 'commonTerms';
      readonly field: string;
      readonly query: string;
      readonly analyzer?: string;
    } & CommonTermsOptions &
      QueryCommon)
  | QueryStringQuery
  | ({
      readonly type: 'bool';
      readonly must: readonly Query[];
      readonly filter: readonly Query[];
      readonly should: readonly Query[];
      readonly mustNot: readonly Query[];
      readonly minimumShouldMatch?: string;
      /** Whether a query string stands for it: every part of it is looked at, also beside one that finds nothing. */
      readonly isOfText?: true;
    } & QueryCommon)
  | ({ readonly type: 'constantScore'; readonly filter: Query } & QueryCommon)
  | ({ readonly type: 'disMax'; readonly queries: readonly Query[]; readonly tieBreaker?: number } & QueryCommon)
  | ({
      /** A part of all documents: those of one of `max` slices, by a field's value. */
      readonly type: 'slice';
      readonly id: number;
      readonly max: number;
      readonly field: string;
    } & QueryCommon)
  | ({
      /** The documents of some shards of the one index that is searched. */
      readonly type: 'shards';
      readonly layout: ShardLayout;
      readonly numbers: readonly number[];
    } & QueryCommon)
  | ({
      readonly type: 'functionScore';
      readonly query: Query;
      readonly functions: readonly ScoreFunction[];
      readonly scoreMode: ScoreMode;
      readonly boostMode: BoostMode;
      /** What the functions together give at most. */
      readonly maxBoost?: number;
      /** Documents that score less do not match. */
      readonly minScore?: number;
    } & QueryCommon)
  | ({
      readonly type: 'boosting';
      readonly positive: Query;
      readonly negative: Query;
      readonly negativeBoost: number;
    } & QueryCommon);

/** One function of a `functionScore` query: for the documents of its filter, times its weight. */
export interface ScoreFunction {
  readonly score: ScoreFunctionKind;
  readonly filter?: Query;
  readonly weight?: number;
}
