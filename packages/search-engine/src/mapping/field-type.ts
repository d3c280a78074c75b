import type { Analyzer } from '../analysis/analyzer.ts';
import type { QueryValue, RangeQuery, RangeRelation } from '../query/query.ts';
import type { Similarity } from '../text/similarity.ts';
import type { IndexedValue, ValueForm } from './field-values.ts';
import type { FrequencyFilter } from './frequency-filter.ts';
import type { JsonObject } from './json.ts';
import type { RangeKind } from './range/range-kind.ts';

/** The names of field types as mappings spell them. */
export type FieldTypeName =
  | 'keyword'
  | '_routing'
  | 'text'
  | 'long'
  | 'integer'
  | 'short'
  | 'byte'
  | 'double'
  | 'float'
  | 'half_float'
  | 'scaled_float'
  | 'binary'
  | 'boolean'
  | 'date'
  | 'date_nanos'
  | 'ip'
  | 'flattened'
  | 'integer_range'
  | 'long_range'
  | 'float_range'
  | 'double_range'
  | 'date_range'
  | 'ip_range';

/** Nothing; how often they occur; their places too; and where they stand in the text. */
export type IndexOptions = 'docs' | 'freqs' | 'positions' | 'offsets';

/** What the conversion of a query's value depends on besides the field. */
export interface QueryTime {
  /** What `now` means: one instant for the whole request. */
  readonly nowMs: number;
}

/**
 * What a query on a field asks of the field's column, with values converted to the column's own form. A range without a bound is open
 * on that side; strings compare by their UTF-8 bytes.
 */
export type ValueCondition =
  | { readonly type: 'none' }
  | { readonly type: 'all' }
  | { readonly type: 'term'; readonly value: IndexedValue }
  | {
      readonly type: 'range';
      readonly lower?: IndexedValue;
      readonly includeLower: boolean;
      readonly upper?: IndexedValue;
      readonly includeUpper: boolean;
    }
  /** Of ranges only: how they lie to that of the query, whose keys both belong to it. */
  | {
      readonly type: 'relation';
      readonly relation: RangeRelation;
      readonly lowest: bigint;
      readonly highest: bigint;
    };

/** What only a field of ranges has. */
export interface RangeForm {
  /** What the ranges run over. */
  readonly kind: RangeKind;
  /** One value of a document as a field of a hit shows it, bounds in this format (of dates only); undefined where it is no range. */
  shown(value: unknown, format: string | undefined): string | JsonObject | undefined;
  /** The same as a stored field shows it: `[1 : 5)`. */
  storedText(value: unknown): string;
}

/** Writes a column's value as the wire shows it. */
export type ValueFormatter = (value: IndexedValue) => string;

/**
 * One searchable field of a mapping: a leaf, a multi-field, or one key of a flattened object. Immutable. Conversion of a value that cannot
 * be one of this type throws `invalid-argument` with the wire's error type in `detail.reason`.
 */
export interface FieldType {
  /** Full path, such as `inputs.name` or `title.keyword`. */
  readonly path: string;
  readonly type: FieldTypeName;
  /** The form of the values in the field's column. */
  readonly form: ValueForm;
  /** The key of the field's values in a parsed document: the path, except for the keys of a flattened object, which share one column. */
  readonly column: string;
  /** What stands before every value of this field within a shared column; else empty. */
  readonly columnPrefix: string;
  /** Whether queries may use it. */
  readonly indexed: boolean;
  /** Whether sorting and aggregations may use it. */
  readonly docValues: boolean;
  readonly stored: boolean;
  /** Of ranges only. */
  readonly range?: RangeForm | undefined;
  /** Of text only: what makes the terms of a document, of a query, and of a quoted phrase. */
  readonly analyzer?: Analyzer;
  readonly searchAnalyzer?: Analyzer;
  readonly searchQuoteAnalyzer?: Analyzer;
  /** Of text only: whether long texts score less. */
  readonly norms?: boolean;
  /** How its terms are scored; default: {@link BM25}. */
  readonly similarity?: Similarity;
  /** What is multiplied with the scores of single values that are looked for; any number that the mapping has. */
  readonly boost: number;
  /** Of text only: what is kept of its words besides which documents have them. */
  readonly indexOptions?: IndexOptions;
  /** Of text only: which of its terms sorts and aggregations see; undefined for all. */
  readonly fieldDataFilter?: FrequencyFilter | undefined;
  /** The parameters of the mapping that are not defaults, in Elasticsearch's own form, multi-fields included. */
  toJson(): JsonObject;
  /** Values that equal `value` (for a date: that lie in it; for an address with a prefix length: that lie in the network). */
  termCondition(value: QueryValue, time: QueryTime): ValueCondition;
  rangeCondition(range: RangeQuery, time: QueryTime): ValueCondition;
  /** Documents that have the field at all. */
  existsCondition(): ValueCondition;
  /** Applies the keyword's normalizer or the text's filters to a part of a word: for prefix, wildcard, regexp and fuzzy. */
  normalizeTerm(text: string): string;
  /**
   * How values are written with this format and time zone (both optional), or undefined where a value needs no other form than its own:
   * keywords and numbers without a format. Throws on a format that the type does not take.
   */
  formatter(format?: string, timeZone?: string): ValueFormatter | undefined;
  /** What a column, or the analyzer, is given for one JSON value of a document that is no list: nothing where it is null or left out. */
  indexedValues(value: unknown): readonly IndexedValue[];
}
