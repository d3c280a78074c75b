import type { TermFilter } from '@daybook/search-engine';
import { parseError } from '../errors/errors.ts';
import type { Parameters } from '../http/parameters.ts';
import { isJsonObject, type JsonObject } from '../json/json.ts';
import { toBoolean, toNumber } from '../query-dsl/option-readers.ts';

/** The terms of one document, as a request asks for them. */
export interface TermVectorsItem {
  readonly index?: string;
  readonly id?: string;
  readonly routing?: string;
  /** A document that need not be in the index. */
  readonly doc?: JsonObject;
  readonly version?: number;
  readonly fields?: readonly string[];
  readonly analyzers: ReadonlyMap<string, string>;
  readonly filter?: TermFilter;
  readonly offsets: boolean;
  readonly positions: boolean;
  readonly termStatistics: boolean;
  readonly fieldStatistics: boolean;
}

/** Query parameters that say the same as the body. */
export const termVectorsParameters: {
  readonly fields: 'list';
  readonly offsets: 'boolean';
  readonly positions: 'boolean';
  readonly payloads: 'boolean';
  readonly term_statistics: 'boolean';
  readonly field_statistics: 'boolean';
  readonly routing: 'string';
  readonly preference: 'ignored';
  readonly realtime: 'boolean';
  readonly version: 'long';
  readonly version_type: 'ignored';
} = {
  fields: 'list',
  offsets: 'boolean',
  positions: 'boolean',
  payloads: 'boolean',
  term_statistics: 'boolean',
  field_statistics: 'boolean',
  routing: 'string',
  preference: 'ignored',
  realtime: 'boolean',
  version: 'long',
  version_type: 'ignored',
};

/** What the query string asks for; what it does not say is as the product has it. */
export function itemOfParameters(parameters: Parameters<typeof termVectorsParameters>): TermVectorsItem {
  const { fields, version, routing } = parameters;
  return {
    ...(fields === undefined ? {} : { fields }),
    ...(version === undefined ? {} : { version }),
    ...(routing === undefined ? {} : { routing }),
    analyzers: new Map(),
    offsets: parameters.offsets ?? true,
    positions: parameters.positions ?? true,
    termStatistics: parameters.term_statistics ?? false,
    fieldStatistics: parameters.field_statistics ?? true,
  };
}

type Reader = (value: unknown) => Partial<TermVectorsItem>;

const readers: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ['_index', (value) => ({ index: String(value) })],
  ['_id', (value) => ({ id: String(value) })],
  ['_type', () => ({})],
  ['doc', (value) => ({ doc: isJsonObject(value) ? value : refuse('field [doc] must be an object') })],
  ['fields', (value) => ({ fields: readFields(value) })],
  ['offsets', (value) => ({ offsets: toBoolean(value) })],
  ['positions', (value) => ({ positions: toBoolean(value) })],
  ['payloads', (value) => (toBoolean(value) ? {} : {})],
  ['term_statistics', (value) => ({ termStatistics: toBoolean(value) })],
  ['termStatistics', (value) => ({ termStatistics: toBoolean(value) })],
  ['field_statistics', (value) => ({ fieldStatistics: toBoolean(value) })],
  ['fieldStatistics', (value) => ({ fieldStatistics: toBoolean(value) })],
  ['per_field_analyzer', (value) => ({ analyzers: readAnalyzers(value) })],
  ['filter', (value) => ({ filter: readFilter(value) })],
  ['version', (value) => ({ version: toNumber(value) })],
  ['version_type', () => ({})],
  ['routing', (value) => (value === null ? {} : { routing: String(value) })],
]);

/** Lays what an object of a body says over what is asked for around it. */
export function withBody(item: TermVectorsItem, body: JsonObject): TermVectorsItem {
  let result = item;
  for (const [name, value] of Object.entries(body)) {
    const read = readers.get(name) ?? refuse(`unknown field [${name}]`);
    result = { ...result, ...read(value) };
    if (result.id !== undefined && result.doc !== undefined) {
      refuse('either [id] or [doc] can be specified, but not both!');
    }
  }
  return result;
}

function refuse(what: string): never {
  throw parseError(`failed to parse term vectors request. ${what}`);
}

function readFields(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : refuse('field [fields] must be an array');
}

function readAnalyzers(value: unknown): ReadonlyMap<string, string> {
  if (!isJsonObject(value)) return refuse('field [per_field_analyzer] must be an object');
  return new Map(Object.entries(value).map(([field, analyzer]) => [field, String(analyzer)]));
}

const filterDefaults: TermFilter = {
  maxNumTerms: 25,
  minTermFreq: 1,
  maxTermFreq: Number.POSITIVE_INFINITY,
  minDocFreq: 1,
  maxDocFreq: Number.POSITIVE_INFINITY,
  minWordLength: 0,
  maxWordLength: 0,
};

const filterOptions: ReadonlyMap<string, keyof TermFilter> = new Map([
  ['max_num_terms', 'maxNumTerms'],
  ['min_term_freq', 'minTermFreq'],
  ['max_term_freq', 'maxTermFreq'],
  ['min_doc_freq', 'minDocFreq'],
  ['max_doc_freq', 'maxDocFreq'],
  ['min_word_length', 'minWordLength'],
  ['max_word_length', 'maxWordLength'],
]);

function readFilter(value: unknown): TermFilter {
  if (!isJsonObject(value)) return refuse('field [filter] must be an object');
  const given = Object.entries(value).map(([name, bound]) => {
    const option = filterOptions.get(name);
    if (option === undefined) refuse(`the field [${name}] is not valid for filter parameter for term vector request`);
    return [option, Math.trunc(toNumber(bound))];
  });
  const filter: TermFilter = { ...filterDefaults, ...Object.fromEntries(given) };
  return filter.maxNumTerms > 0 ? filter : refuse('[max_num_terms] must be greater than 0');
}
