import type { JsonObject } from '../json/json.ts';

const common: JsonObject = { index: true, store: false, meta: {} };
const withDocValues: JsonObject = { ...common, doc_values: true, null_value: null };
const number: JsonObject = { ...withDocValues, ignore_malformed: false, coerce: true };
const date: JsonObject = {
  ...withDocValues,
  format: 'strict_date_optional_time||epoch_millis',
  locale: '',
  ignore_malformed: false,
  boost: 1,
};

const range: JsonObject = { ...common, doc_values: true, coerce: true, boost: 1 };

/** The parameters of each field type as they hold where a mapping does not give them. */
const defaults: ReadonlyMap<string, JsonObject> = new Map<string, JsonObject>([
  ...['long', 'integer', 'short', 'byte', 'double', 'float', 'half_float', 'scaled_float'].map(
    (type): [string, JsonObject] => [type, number],
  ),
  ...['integer_range', 'long_range', 'float_range', 'double_range', 'ip_range'].map((type): [string, JsonObject] => [
    type,
    range,
  ]),
  ['date_range', { ...range, format: date.format, locale: '' }],
  ['date', date],
  ['date_nanos', date],
  ['boolean', { ...withDocValues, boost: 1 }],
  ['ip', { ...withDocValues, ignore_malformed: false }],
  [
    'keyword',
    {
      ...withDocValues,
      eager_global_ordinals: false,
      ignore_above: 2_147_483_647,
      index_options: 'docs',
      norms: false,
      similarity: null,
      normalizer: 'default',
      split_queries_on_whitespace: false,
      boost: 1,
    },
  ],
  [
    'text',
    {
      ...common,
      boost: 1,
      index_options: 'positions',
      term_vector: 'no',
      norms: true,
      analyzer: 'default',
      similarity: null,
      eager_global_ordinals: false,
      position_increment_gap: -1,
      fielddata: false,
      fielddata_frequency_filter: { min: 0, max: 2_147_483_647, min_segment_size: 0 },
      index_prefixes: null,
      index_phrases: false,
    },
  ],
]);

/** A field's definition with the parameters that it does not give. */
export function withMappingDefaults(definition: JsonObject): JsonObject {
  const merged = { ...defaults.get(String(definition.type)), ...definition };
  if (definition.type !== 'text') return merged;
  const {
    analyzer = 'default',
    search_analyzer: search = analyzer,
    search_quote_analyzer: quote = search,
  } = merged as {
    readonly [name: string]: unknown;
  };
  return { ...merged, analyzer, search_analyzer: search, search_quote_analyzer: quote };
}
