import type { Query, SearchRequest, SortValue } from '@daybook/search-engine';
import { parseAggregations } from '../aggregations/parse-aggregations.ts';
import { illegalArgument, parsingError, unsupported } from '../errors/errors.ts';
import { parseTimeMs } from '../http/time-value.ts';
import { isJsonObject, type JsonObject, tokenOf } from '../json/json.ts';
import { wholeSource } from '../json/source-filter.ts';
import { contentBoolean, toNumber } from '../query-dsl/option-readers.ts';
import { parseTopQuery } from '../query-dsl/parse-query.ts';
import type { QueryContext } from '../query-dsl/query-context.ts';
import { parseIndexBoosts } from './index-boosts.ts';
import { parseCollapse } from './parse-collapse.ts';
import { parseFieldRequests } from './parse-field-requests.ts';
import { parseHighlight } from './parse-highlight.ts';
import { parseSlice } from './parse-slice.ts';
import { parseSort } from './parse-sort.ts';
import { parseSourceFilter } from './parse-source-filter.ts';
import { readContent } from './read-content.ts';
import type { SearchSpecification } from './search-specification.ts';
import { checkGroups } from './search-statistics.ts';

/** Parts of a body that are one string, number or boolean. */
const scalars: ReadonlySet<string> = new Set([
  'from',
  'size',
  'min_score',
  'terminate_after',
  'track_scores',
  'explain',
  'version',
  'seq_no_primary_term',
  'track_total_hits',
  'timeout',
  'profile',
]);

/** Parts of a body that are not offered; empty ones ask for nothing. */
const notOffered: ReadonlySet<string> = new Set(['rescore', 'runtime_mappings', 'script_fields', 'suggest']);

/** Parses a search body. */
export function parseSearchBody(body: JsonObject, context: QueryContext): SearchSpecification {
  let specification = defaultSpecification();
  for (const [name, value] of Object.entries(body)) {
    if (scalars.has(name) && (value === null || typeof value === 'object')) throw unknownKey(name, value);
    const read = readers.get(name);
    if (read !== undefined) specification = read(specification, value, context);
    else if (notOffered.has(name)) refuseUnlessEmpty(name, value);
    // `ext` is for plugins, of which there are none.
    else if (name !== 'ext') throw unknownKey(name, value);
  }
  return specification;
}

function unknownKey(name: string, value: unknown): Error {
  return parsingError(`Unknown key for a ${tokenOf(value)} in [${name}].`);
}

type Reader = (specification: SearchSpecification, value: unknown, context: QueryContext) => SearchSpecification;

function withRequest(
  specification: SearchSpecification,
  request: Partial<SearchSpecification['request']>,
): SearchSpecification {
  return { ...specification, request: { ...specification.request, ...request } };
}

const refuseProfile: Reader = (specification, value) => {
  if (contentBoolean(value)) throw unsupported('[profile] of a search');
  return specification;
};

const readAggregations: Reader = (s, value, context) =>
  withRequest(s, { aggregations: parseAggregations(value, { query: context, parseSearch: parseSearchBody }) });

const readers: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ['query', (s, value, context) => withRequest(s, { query: parseTopQuery(value, context) })],
  ['post_filter', (s, value, context) => withRequest(s, { postFilter: parseTopQuery(value, context) })],
  ['aggs', readAggregations],
  ['aggregations', readAggregations],
  // compat: Elasticsearch 7 takes -1 in the body for the defaults.
  ['from', (s, value) => withRequest(s, { from: Math.max(0, Math.trunc(toNumber(value))) })],
  ['size', (s, value) => withRequest(s, { size: sizeOf(Math.trunc(toNumber(value))) })],
  ['sort', (s, value) => withRequest(s, { sort: parseSort(value) })],
  ['search_after', (s, value) => withRequest(s, { searchAfter: parseSearchAfter(value) })],
  [
    'collapse',
    (s, value, context) => {
      const { field, innerHits } = parseCollapse(value, context, parseSearchBody);
      return { ...withRequest(s, { collapse: field }), innerHits };
    },
  ],
  ['min_score', (s, value) => withRequest(s, { minScore: toNumber(value) })],
  ['terminate_after', (s, value) => withRequest(s, terminateAfterOf(value))],
  ['track_scores', (s, value) => withRequest(s, { trackScores: contentBoolean(value) })],
  ['stats', (s, value) => ({ ...s, statisticsGroups: parseGroups(value) })],
  ['_source', (s, value) => ({ ...s, source: parseSourceFilter(value), isSourceRequested: true })],
  ['fields', (s, value) => ({ ...s, fields: parseFieldRequests('fields', value) })],
  ['docvalue_fields', (s, value) => ({ ...s, docValueFields: parseFieldRequests('docvalue_fields', value) })],
  ['stored_fields', (s, value) => withStoredFields(s, parseStoredFields(value))],
  ['indices_boost', (s, value) => ({ ...s, indexBoosts: parseIndexBoosts(value) })],
  ['slice', (s, value) => ({ ...s, slice: parseSlice(value) })],
  ['profile', refuseProfile],
  ['explain', (s, value) => ({ ...s, explain: contentBoolean(value) })],
  ['version', (s, value) => ({ ...s, version: contentBoolean(value) })],
  ['seq_no_primary_term', (s, value) => ({ ...s, seqNoPrimaryTerm: contentBoolean(value) })],
  ['track_total_hits', (s, value) => ({ ...s, trackTotalHits: parseTrackTotalHits(value) })],
  ['pit', (s, value) => ({ ...s, pointInTime: parsePointInTime(value) })],
  ['timeout', (s, value) => withRequest(s, { timeoutMs: parseTimeMs(String(value), 'timeout') })],
  ['highlight', (s, value, context) => ({ ...s, highlight: parseHighlight(value, context) })],
]);

function parseGroups(value: unknown): readonly string[] {
  if (!Array.isArray(value)) throw unknownKey('stats', value);
  return checkGroups(value.map(String));
}

function sizeOf(size: number): number {
  if (size < -1) throw illegalArgument(`[size] must be 0 or more, or -1 for the default; got [${size}]`);
  return size === -1 ? 10 : size;
}

function parseSearchAfter(value: unknown): readonly SortValue[] {
  if (!Array.isArray(value)) throw unknownKey('search_after', value);
  if (value.length === 0) throw illegalArgument('Values must contains at least one value.');
  return value.map((element: unknown) => {
    if (element === null || typeof element === 'string' || typeof element === 'number') return element;
    if (typeof element === 'boolean') return String(element);
    throw parsingError(
      'Expected [VALUE_STRING] or [VALUE_NUMBER] or [VALUE_BOOLEAN] or [VALUE_NULL] but found ' +
        `[${tokenOf(element)}] inside search_after.`,
    );
  });
}

/** True for an exact total, false for none, or the number up to which to count. */
export function parseTrackTotalHits(value: unknown): boolean | number {
  if (value === true || value === 'true') return true;
  if (value === false || value === 'false') return false;
  const limit = Math.trunc(toNumber(value));
  if (limit < -1) {
    throw illegalArgument(`[track_total_hits] parameter must be positive or equals to -1, got ${limit}`);
  }
  return limit === -1 ? false : limit;
}

/** The part of a request that stops a search early; 0 stops none. */
function terminateAfterOf(value: unknown): Pick<SearchRequest, 'terminateAfter'> {
  const terminateAfter = Math.trunc(toNumber(value));
  return terminateAfter === 0 ? {} : { terminateAfter: Math.max(0, terminateAfter) };
}

/** compat: what the query string says must not be negative, and what a body says may. */
export function terminateAfterOfParameter(value: number): Pick<SearchRequest, 'terminateAfter'> {
  if (value < 0) throw illegalArgument('terminateAfter must be > 0');
  return terminateAfterOf(value);
}

function parseStoredFields(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.map(String);
  if (typeof value === 'string') return [value];
  throw parsingError(
    value === null
      ? 'Unknown key for a VALUE_NULL in [stored_fields].'
      : `Expected [VALUE_STRING] or [START_ARRAY] in [stored_fields] but found [${tokenOf(value)}]`,
  );
}

/** compat: whoever asks for stored fields gets no source without asking for it; `_none_` leaves out the id as well. */
export function withStoredFields(specification: SearchSpecification, names: readonly string[]): SearchSpecification {
  const withIds = !names.includes('_none_');
  if (!withIds && names.length > 1) throw illegalArgument('cannot combine _none_ with other fields');
  const keepsSource = names.includes('_source') || specification.isSourceRequested;
  return {
    ...specification,
    source: keepsSource ? specification.source : { ...wholeSource, enabled: false },
    storedFields: withIds ? names : [],
    withIds,
  };
}

function parsePointInTime(value: unknown): NonNullable<SearchSpecification['pointInTime']> {
  if (!isJsonObject(value)) throw unknownKey('pit', value);
  const { id, keep_alive: keepAlive } = readContent('pit', value, { id: 'string', keep_alive: 'string' });
  // compat: the words are the real product's.
  if (id === undefined) throw illegalArgument('point int time id is not provided');
  return keepAlive === undefined ? { id } : { id, keepAliveMs: parseTimeMs(keepAlive, 'keep_alive') };
}

function refuseUnlessEmpty(name: string, value: unknown): void {
  const empty =
    value === false || value === null || (typeof value === 'object' && Object.keys(value ?? {}).length === 0);
  if (!empty) throw unsupported(`[${name}] in a search`);
}

/** The query of a search that states none. */
export const matchEverything: Query = { type: 'matchAll' };

/** What a request without a body asks for. */
export function defaultSpecification(): SearchSpecification {
  return {
    request: { query: matchEverything, from: 0, size: 10, sort: [], trackScores: false, aggregations: {} },
    source: wholeSource,
    isSourceRequested: false,
    docValueFields: [],
    fields: [],
    storedFields: [],
    highlight: [],
    innerHits: [],
    indexBoosts: [],
    explain: false,
    version: false,
    seqNoPrimaryTerm: false,
    trackTotalHits: true,
    withIds: true,
    statisticsGroups: [],
  };
}
