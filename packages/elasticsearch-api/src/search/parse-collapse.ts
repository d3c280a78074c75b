import { contentParseError, illegalArgument, parsingError } from '../errors/errors.ts';
import { isJsonObject, type JsonObject, tokenOf } from '../json/json.ts';
import { checkTokens, contentBoolean } from '../query-dsl/option-readers.ts';
import type { QueryContext } from '../query-dsl/query-context.ts';
import { failedField, readContent, readMember } from './read-content.ts';
import type { InnerHits, SearchSpecification } from './search-specification.ts';

const DEFAULT_SIZE = 3;
const maxInnerHits = 20;
const KINDS = { field: 'string', max_concurrent_group_searches: 'integer', inner_hits: 'objects' } as const;
const INNER_KINDS = {
  name: 'string',
  ignore_unmapped: 'boolean',
  from: 'integer',
  size: 'integer',
  explain: 'boolean',
  version: 'boolean',
  seq_no_primary_term: 'boolean',
  track_scores: 'boolean',
} as const;
const INNER_OPTIONS: ReadonlySet<string> = new Set(
  (
    'name ignore_unmapped from size explain version seq_no_primary_term track_scores stored_fields docvalue_fields fields ' +
    'script_fields sort _source highlight collapse'
  ).split(' '),
);

/** Parses the body of a search. */
type ParseBody = (body: JsonObject, context: QueryContext) => SearchSpecification;

/** The field of which each value gives one hit, and the searches that show what else stands in its group. */
export function parseCollapse(
  value: unknown,
  context: QueryContext,
  parseBody: ParseBody,
): { readonly field: string; readonly innerHits: readonly InnerHits[] } {
  if (!isJsonObject(value)) throw parsingError(`Unknown key for a ${tokenOf(value)} in [collapse].`);
  const {
    field,
    inner_hits: given,
    max_concurrent_group_searches: concurrent = 1,
  } = readContent('collapse', value, KINDS);
  if (concurrent < 1) {
    const cause = illegalArgument('maxConcurrentGroupRequests` must be positive');
    throw failedField('collapse', 'max_concurrent_group_searches', cause);
  }
  if (field === undefined) throw illegalArgument('[collapse] must have a [field]');
  if (given === undefined) return { field, innerHits: [] };
  const list: readonly unknown[] = Array.isArray(given) ? given : [given];
  if (list.length > maxInnerHits) throw illegalArgument(`[collapse] takes at most [${maxInnerHits}] [inner_hits]`);
  return { field, innerHits: list.map((element) => parseInnerHits(element, context, parseBody)) };
}

function parseInnerHits(value: unknown, context: QueryContext, parseBody: ParseBody): InnerHits {
  try {
    if (!isJsonObject(value)) throw contentParseError(`[inner_hits] Expected START_OBJECT but was: ${tokenOf(value)}`);
    const unknown = Object.keys(value).find((name) => !INNER_OPTIONS.has(name));
    if (unknown !== undefined) throw contentParseError(`[inner_hits] unknown field [${unknown}]`);
    if (isJsonObject(value.collapse)) checkInnerCollapse(value.collapse);
    checkTokens('inner_hits', value, INNER_KINDS);
    readMember('inner_hits', 'ignore_unmapped', () => contentBoolean(value.ignore_unmapped ?? false));
    for (const name of ['from', 'size']) {
      if (Number(value[name]) >= 0 || value[name] === undefined) continue;
      throw failedField('inner_hits', name, illegalArgument(`illegal ${name} value, at least 0 or greater`));
    }
  } catch (error) {
    throw failedField('collapse', 'inner_hits', error);
  }
  const { name, ignore_unmapped: _, ...body } = value;
  if (typeof name !== 'string') throw illegalArgument('Field name cannot be null');
  return { name, specification: parseBody({ size: DEFAULT_SIZE, ...body }, context) };
}

/** Groups within a group are not grouped again. */
function checkInnerCollapse(collapse: JsonObject): void {
  const unknown = Object.keys(collapse).find((name) => name !== 'field');
  if (unknown === undefined) return;
  throw failedField('inner_hits', 'collapse', contentParseError(`[collapse] unknown field [${unknown}]`));
}
