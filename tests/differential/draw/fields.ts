import type { Draw } from './draw.ts';
import { type FieldType, rangeTypes } from './values.ts';

/** A field of a session's index. */
export interface Field {
  readonly path: string;
  readonly type: FieldType;
  /** What stands in the mapping. */
  readonly mapping: Readonly<Record<string, unknown>>;
  /** Whether no document has several values. */
  readonly isSingle?: boolean;
}

const types: readonly FieldType[] = [
  ...(['keyword', 'keyword', 'text', 'text', 'long', 'integer', 'short', 'byte', 'double', 'float'] as const),
  ...(['half_float', 'scaled_float', 'date', 'date', 'date_nanos', 'boolean', 'ip'] as const),
  ...rangeTypes,
];

/** Types that every index has, so that every request has something to ask about. */
const always: readonly FieldType[] = ['keyword', 'text', 'long', 'double', 'date'];

/** Analysis that every session's index has. */
export const settings = {
  number_of_shards: 1,
  number_of_replicas: 0,
  // Documents that were deleted or replaced count in the scores until a merge has dropped them, which soft deletes put off.
  'soft_deletes.enabled': false,
  analysis: {
    normalizer: { lower: { type: 'custom', filter: ['lowercase', 'asciifolding'] } },
    filter: {
      both: { type: 'asciifolding', preserve_original: true },
      begins: { type: 'edge_ngram', min_gram: 1, max_gram: 4 },
      parts: { type: 'ngram', min_gram: 2, max_gram: 3 },
    },
    analyzer: {
      folded: { type: 'custom', tokenizer: 'whitespace', filter: ['lowercase', 'asciifolding'] },
      // Several words of one position, behind gaps too.
      both: { type: 'custom', tokenizer: 'standard', filter: ['lowercase', 'stop', 'both'] },
      begins: { type: 'custom', tokenizer: 'standard', filter: ['lowercase', 'begins'] },
      parts: { type: 'custom', tokenizer: 'standard', filter: ['lowercase', 'stop', 'parts'] },
    },
  },
  similarity: { counting: { type: 'BM25', discount_overlaps: false } },
};

/** Fields of all kinds, some of them inside an object. */
export function drawFields(draw: Draw): readonly Field[] {
  return [...always, ...draw.list(2, 6, () => draw.pick(types))].flatMap((type, at): readonly Field[] => {
    const path = `${draw.chance(0.2) ? 'inner.' : ''}${type}${at}`;
    const field = {
      path,
      type,
      mapping: { type, ...parameters(draw, type) },
      isSingle: type === 'date' && draw.chance(0.5),
    };
    if (type !== 'text' || draw.chance(0.3)) return [field];
    const raw = { type: 'keyword', ...draw.maybe(0.3, () => ({ ignore_above: 12 })) };
    return [
      { ...field, mapping: { ...field.mapping, fields: { raw } } },
      { path: `${path}.raw`, type: 'keyword' as const, mapping: {} },
    ];
  });
}

function parameters(draw: Draw, type: FieldType): Readonly<Record<string, unknown>> {
  switch (type) {
    case 'keyword':
      return {
        ...draw.maybe(0.2, () => ({ ignore_above: 3 })),
        ...draw.maybe(0.2, () => ({ null_value: 'none' })),
        ...draw.maybe(0.2, () => ({ normalizer: 'lower' })),
        ...draw.maybe(0.1, () => ({ copy_to: draw.pick<unknown>(['copied', ['copied', 'inner.copied']]) })),
        ...draw.maybe(0.05, () => ({ doc_values: false })),
      };
    case 'text':
      return {
        ...draw.maybe(0.5, () => ({
          analyzer: draw.pick([
            ...['whitespace', 'simple', 'english', 'stop', 'keyword', 'folded'],
            ...['both', 'begins', 'parts'],
          ]),
        })),
        ...draw.maybe(0.1, () => ({ similarity: 'counting' })),
        ...draw.maybe(0.1, () => ({ fielddata: true })),
        ...draw.maybe(0.1, () => ({ norms: false })),
        ...draw.maybe(0.2, () =>
          draw.pick([
            { position_increment_gap: 0 },
            { index_options: 'docs' },
            { index_options: 'freqs' },
            { index_options: 'offsets' },
            { term_vector: 'with_positions_offsets' },
          ]),
        ),
      };
    case 'date':
      return {
        ...draw.maybe(0.2, () => ({ format: 'strict_date_optional_time||epoch_millis' })),
        ...draw.maybe(0.2, () => ({ ignore_malformed: true })),
        ...draw.maybe(0.1, () => ({ null_value: '2024-01-05' })),
      };
    case 'date_nanos':
      return {};
    case 'boolean':
      return draw.maybe(0.2, () => ({ null_value: true }));
    case 'ip':
      return {
        ...draw.maybe(0.2, () => ({ ignore_malformed: true })),
        ...draw.maybe(0.2, () => ({ null_value: '::1' })),
      };
    case 'integer_range':
    case 'long_range':
    case 'float_range':
    case 'double_range':
    case 'date_range':
    case 'ip_range':
      return { ...draw.maybe(0.1, () => ({ coerce: false })), ...draw.maybe(0.1, () => ({ doc_values: false })) };
    default:
      return {
        ...(type === 'scaled_float' ? { scaling_factor: 4 } : {}),
        ...draw.maybe(0.2, () => ({ ignore_malformed: true })),
        ...draw.maybe(0.1, () => ({ coerce: false })),
        ...draw.maybe(0.2, () => ({ null_value: 7 })),
        ...draw.maybe(0.05, () => ({ doc_values: false })),
      };
  }
}

/** What becomes of names that no field has. */
const templates = {
  dynamic_templates: [
    { words: { match_mapping_type: 'string', match: '*_words', mapping: { type: 'text', analyzer: 'english' } } },
    { whole: { match_mapping_type: 'long', path_match: 'new.*', mapping: { type: 'integer' } } },
    { any: { match: 'any_*', mapping: { type: '{dynamic_type}', index: false } } },
  ],
};

/** The mapping of an index with these fields. */
export function mappingOf(fields: readonly Field[]): Record<string, unknown> {
  const properties: Record<string, unknown> = {};
  const inner: Record<string, unknown> = {};
  for (const { path, mapping } of fields) {
    if (!('type' in mapping)) continue;
    if (path.startsWith('inner.')) inner[path.slice('inner.'.length)] = mapping;
    else properties[path] = mapping;
  }
  if (Object.keys(inner).length > 0) properties.inner = { properties: inner };
  return { properties, ...templates };
}
