import type { HighlightField } from '@daybook/search-engine';
import { contentParseError, illegalArgument, parsingError } from '../errors/errors.ts';
import { isJsonObject, type JsonObject, tokenOf } from '../json/json.ts';
import type { Options } from '../query-dsl/option-readers.ts';
import type { QueryContext } from '../query-dsl/query-context.ts';
import { failedField, readContent } from './read-content.ts';

const OPTION_KINDS = {
  pre_tags: 'strings',
  post_tags: 'strings',
  fragment_size: 'integer',
  number_of_fragments: 'integer',
  order: 'string',
  require_field_match: 'boolean',
  type: 'string',
  fragmenter: 'string',
  no_match_size: 'integer',
  boundary_scanner: 'string',
  highlight_query: 'any',
  boundary_scanner_locale: 'ignored',
  boundary_max_scan: 'ignored',
  boundary_chars: 'ignored',
  force_source: 'ignored',
  phrase_limit: 'ignored',
  options: 'ignored',
  highlight_filter: 'ignored',
} as const;

const GLOBAL_KINDS = { ...OPTION_KINDS, encoder: 'string', tags_schema: 'string', fields: 'any' } as const;
const FIELD_KINDS = { ...OPTION_KINDS, matched_fields: 'ignored', fragment_offset: 'ignored' } as const;

const STYLED = { preTag: '<em class="hlt1">', postTag: '</em>' };
const PLAIN = { preTag: '<em>', postTag: '</em>' };

const DEFAULTS: Omit<HighlightField, 'pattern'> = {
  type: 'unified',
  ...PLAIN,
  numberOfFragments: 5,
  fragmentSize: 100,
  isOrderedByScore: false,
  requireFieldMatch: true,
  noMatchSize: 0,
  encoder: 'default',
  boundaryScanner: 'sentence',
  fragmenter: 'span',
};

/** Reads `highlight` of a body: what is said of all fields, and what of each. */
export function parseHighlight(value: unknown, context: QueryContext): readonly HighlightField[] {
  if (!isJsonObject(value)) throw parsingError(`Unknown key for a ${tokenOf(value)} in [highlight].`);
  const options = readContent('highlight', value, GLOBAL_KINDS);
  const schema = options.tags_schema;
  if (schema !== undefined && schema !== 'default' && schema !== 'styled') {
    throw failedField('highlight', 'tags_schema', illegalArgument(`Unknown tag schema [${schema}]`));
  }
  const all: Omit<HighlightField, 'pattern'> = {
    ...DEFAULTS,
    ...(schema === 'styled' ? STYLED : {}),
    encoder: options.encoder === 'html' ? 'html' : 'default',
    ...fieldOptions('highlight', options, context),
  };
  return fieldEntries(options.fields).map(([pattern, given]) => ({
    ...all,
    pattern,
    ...readField(pattern, given, context),
  }));
}

function fieldEntries(fields: unknown): readonly (readonly [string, unknown])[] {
  if (fields === undefined) return [];
  if (isJsonObject(fields)) return Object.entries(fields);
  if (!Array.isArray(fields)) {
    throw contentParseError(`[highlight] fields doesn't support values of type: ${tokenOf(fields)}`);
  }
  return fields.map((element: unknown) => {
    const entries = isJsonObject(element) ? Object.entries(element) : [];
    if (entries.length === 1) return entries[0]!;
    const cause =
      '[fields] can be a single object with any number of fields or an array where each entry is an object with a single field';
    throw failedField('highlight', 'fields', contentParseError(cause));
  });
}

function readField(pattern: string, given: unknown, context: QueryContext): Partial<HighlightField> {
  try {
    if (!isJsonObject(given)) {
      throw contentParseError(`[highlight_field] Expected START_OBJECT but was: ${tokenOf(given)}`);
    }
    const options = readContent('highlight_field', given, FIELD_KINDS);
    return fieldOptions('highlight_field', options, context);
  } catch (error) {
    throw failedField('highlight', 'fields', failedField('fields', pattern, error));
  }
}

function fieldOptions(
  parser: string,
  options: Options<typeof OPTION_KINDS>,
  context: QueryContext,
): Partial<HighlightField> {
  const { pre_tags: pre, post_tags: post, highlight_query: query, boundary_scanner: scanner } = options;
  if (pre !== undefined && post === undefined) throw parsingError('pre_tags are set but post_tags are not set');
  return {
    ...(pre?.[0] === undefined ? {} : { preTag: pre[0] }),
    ...(post?.[0] === undefined ? {} : { postTag: post[0] }),
    ...given('fragmentSize', options.fragment_size),
    ...given('numberOfFragments', options.number_of_fragments),
    ...given('noMatchSize', options.no_match_size),
    ...given('requireFieldMatch', options.require_field_match),
    ...given('type', options.type),
    ...given('fragmenter', options.fragmenter),
    ...(options.order === undefined ? {} : { isOrderedByScore: options.order.toLowerCase() === 'score' }),
    ...(scanner === undefined ? {} : { boundaryScanner: boundaryScannerOf(parser, scanner) }),
    ...(isJsonObject(query) ? { highlightQuery: parseHighlightQuery(parser, query, context) } : {}),
  };
}

function given<N extends string, T>(name: N, value: T | undefined): { readonly [K in N]?: T } {
  return (value === undefined ? {} : { [name]: value }) as { readonly [K in N]?: T };
}

function parseHighlightQuery(parser: string, query: JsonObject, context: QueryContext) {
  try {
    return context.parse(query, context);
  } catch (error) {
    throw failedField(parser, 'highlight_query', error);
  }
}

function boundaryScannerOf(parser: string, name: string): HighlightField['boundaryScanner'] {
  const scanner = name.toLowerCase();
  if (scanner === 'sentence' || scanner === 'word' || scanner === 'chars') return scanner;
  const type = 'org.elasticsearch.search.fetch.subphase.highlight.HighlightBuilder.BoundaryScannerType';
  throw failedField(parser, 'boundary_scanner', illegalArgument(`No enum constant ${type}.${name.toUpperCase()}`));
}
