import type { HighlightField } from '@daybook/search-engine';
import { contentParseError, illegalArgument, parsingError } from '../errors/errors.ts';
import { isJsonObject, type JsonObject, tokenOf } from '../json/json.ts';
import type { Options } from '../query-dsl/option-readers.ts';
import type { QueryContext } from '../query-dsl/query-context.ts';
import { failedField, readContent, readMember } from './read-content.ts';

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
  highlight_query: 'object',
  boundary_scanner_locale: 'text',
  boundary_max_scan: 'integer',
  boundary_chars: 'text',
  force_source: 'boolean',
  phrase_limit: 'integer',
  options: 'object',
  highlight_filter: 'boolean',
} as const;

const GLOBAL_KINDS = { ...OPTION_KINDS, encoder: 'string', tags_schema: 'string', fields: 'objects' } as const;
const FIELD_KINDS = { ...OPTION_KINDS, matched_fields: 'strings', fragment_offset: 'integer' } as const;

const STYLED = { preTags: Array.from({ length: 10 }, (_, at) => `<em class="hlt${at + 1}">`), postTags: ['</em>'] };
const PLAIN = { preTags: ['<em>'], postTags: ['</em>'] };

const DEFAULTS: Omit<HighlightField, 'pattern'> = {
  type: 'unified',
  ...PLAIN,
  numberOfFragments: 5,
  fragmentSize: 100,
  isOrderedByScore: false,
  requireFieldMatch: true,
  noMatchSize: 0,
  encoder: 'default',
  boundaryScanner: undefined,
  boundaryChars: '.,!? \t\n',
  boundaryMaxScan: 20,
  fragmentOffset: 6,
  phraseLimit: 256,
  matchedFields: [],
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
  return (fields as readonly unknown[]).map((element: unknown) => {
    const entries = isJsonObject(element) ? Object.entries(element) : [];
    if (entries.length === 1) return entries[0]!;
    const cause =
      '[fields] can be a single object with any number of fields or an array where each entry is an object with a single field';
    throw failedField('highlight', 'fields', contentParseError(cause));
  });
}

function readField(pattern: string, value: unknown, context: QueryContext): Partial<HighlightField> {
  try {
    if (!isJsonObject(value)) {
      throw contentParseError(`[highlight_field] Expected START_OBJECT but was: ${tokenOf(value)}`);
    }
    const options = readContent('highlight_field', value, FIELD_KINDS);
    return {
      ...fieldOptions('highlight_field', options, context),
      ...given('matchedFields', options.matched_fields),
      ...number('fragmentOffset', options.fragment_offset),
    };
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
    ...(pre?.[0] === undefined ? {} : { preTags: pre }),
    ...(post?.[0] === undefined ? {} : { postTags: post }),
    ...number('fragmentSize', options.fragment_size),
    ...number('numberOfFragments', options.number_of_fragments),
    ...number('noMatchSize', options.no_match_size),
    ...number('boundaryMaxScan', options.boundary_max_scan),
    ...number('phraseLimit', options.phrase_limit),
    ...given('boundaryChars', options.boundary_chars),
    ...given('requireFieldMatch', options.require_field_match),
    ...given('type', options.type),
    ...given('fragmenter', options.fragmenter),
    ...(options.order === undefined ? {} : { isOrderedByScore: options.order.toLowerCase() === 'score' }),
    ...(scanner === undefined ? {} : { boundaryScanner: boundaryScannerOf(parser, scanner) }),
    ...(isJsonObject(query) ? { highlightQuery: parseHighlightQuery(parser, query, context) } : {}),
  };
}

/** compat: -1 is as if the number was not given. */
function number<N extends string>(name: N, value: number | undefined): { readonly [K in N]?: number } {
  return given(name, value === -1 ? undefined : value);
}

function given<N extends string, T>(name: N, value: T | undefined): { readonly [K in N]?: T } {
  return (value === undefined ? {} : { [name]: value }) as { readonly [K in N]?: T };
}

function parseHighlightQuery(parser: string, query: JsonObject, context: QueryContext) {
  return readMember(parser, 'highlight_query', () => context.parse(query, context));
}

function boundaryScannerOf(parser: string, name: string): HighlightField['boundaryScanner'] {
  const scanner = name.toLowerCase();
  if (scanner === 'sentence' || scanner === 'word' || scanner === 'chars') return scanner;
  const type = 'org.elasticsearch.search.fetch.subphase.highlight.HighlightBuilder.BoundaryScannerType';
  throw failedField(parser, 'boundary_scanner', illegalArgument(`No enum constant ${type}.${name.toUpperCase()}`));
}
