import type { Hit } from '@daybook/search-engine';
import { illegalArgument, validationFailed } from '../errors/errors.ts';
import type { Parameters } from '../http/parameters.ts';
import type { JsonObject } from '../json/json.ts';
import { filterSource, type SourceFilter } from '../json/source-filter.ts';
import { parseScriptBody, type ScriptRequest } from '../painless/parse-script-body.ts';
import { toNumber } from '../query-dsl/option-readers.ts';
import type { QueryContext } from '../query-dsl/query-context.ts';
import { parseSearchBody } from '../search/parse-search-body.ts';
import { withParameters } from '../search/search-parameters.ts';
import type { SearchSpecification } from '../search/search-specification.ts';
import { checkWithoutEffect } from '../search/without-effect.ts';
import type { byQueryParameters } from './by-query-parameters.ts';
import { maxDocsOf, parseSlices } from './max-docs.ts';

/** Which documents something is to be done to. */
export interface ByQueryRequest {
  /** Its `size` is that of a batch. */
  readonly search: SearchSpecification;
  readonly maxDocs: number | undefined;
  readonly slices: number | 'auto';
  readonly proceedOnConflicts: boolean;
  /** Of an update by query. */
  readonly script?: ScriptRequest;
}

/** Documents of a batch where nothing else is said. */
export const defaultBatchSize = 1000;

/** Reads an update by query, or a delete by query, which takes no `script`. */
export function parseByQuery(
  { max_docs: maxDocsOfBody, conflicts, script, ...searchBody }: JsonObject,
  parameters: Parameters<typeof byQueryParameters>,
  context: QueryContext,
): ByQueryRequest {
  const { size: maxDocsAsSize = -1, scroll_size: scrollSize, slices, ...others } = parameters;
  const size = scrollSize === undefined ? {} : { size: scrollSize };
  if (scrollSize === -1) throw illegalArgument('[size] parameter cannot be negative, found [-1]');
  const body = parseSearchBody({ size: defaultBatchSize, ...withoutDefaultSize(searchBody) }, context);
  const maxDocs = maxDocsOf(
    maxDocsAsSize === -1 ? undefined : maxDocsAsSize,
    maxDocsOfBody === undefined ? undefined : Math.trunc(toNumber(maxDocsOfBody)),
    parameters.max_docs,
  );
  checkWithoutEffect(parameters);
  return {
    search: withParameters(body, { ...others, ...size }),
    maxDocs,
    slices: parseSlices(slices, maxDocs),
    proceedOnConflicts: proceeds(conflicts ?? parameters.conflicts),
    ...(script === undefined ? {} : { script: parseScriptBody(script) }),
  };
}

/** A search body without the size that asks for the default one. */
export function withoutDefaultSize({ size, ...others }: JsonObject): JsonObject {
  return size === undefined || size === -1 ? others : { ...others, size };
}

/** Refuses what a scan of documents cannot do; `others` are complaints about the rest of the request. */
export function checkScan(
  { request, storedFields, slice }: SearchSpecification,
  slices: string | undefined,
  ...others: readonly (string | false)[]
): void {
  if (request.collapse !== undefined) throw illegalArgument('cannot use `collapse` in a scroll context');
  if (request.searchAfter !== undefined) {
    throw illegalArgument('`search_after` cannot be used in a scroll context.');
  }
  const hasSlices = slices !== undefined && slices !== '1';
  const complaints = [
    request.from > 0 && 'using [from] is not allowed in a scroll context',
    request.size === 0 && '[size] cannot be [0] in a scroll context',
    request.from > 0 && 'from is not supported in this context',
    storedFields.length > 0 && 'stored_fields is not supported in this context',
    slice !== undefined && hasSlices && "can't specify both manual and automatic slicing at the same time",
    ...others,
  ].filter((complaint) => complaint !== false);
  if (complaints.length > 0) throw validationFailed(...complaints);
}

/** A complaint where documents would be written without a source. */
export function missingSource({ source, isSourceRequested }: SearchSpecification): string | false {
  return isSourceRequested && !source.enabled && '_source:false is not supported in this context';
}

/** compat: what a filter leaves out of a source is not written either. */
export function filteredBytes(hit: Hit, filter: SourceFilter): Uint8Array {
  return filterSource(hit.source(), filter)?.bytes ?? Buffer.from('{}');
}

/** What `conflicts` says: whether to go on after one. */
export function proceeds(conflicts: unknown): boolean {
  if (conflicts === undefined || conflicts === 'abort') return false;
  if (conflicts === 'proceed') return true;
  throw illegalArgument(`conflicts may only be "proceed" or "abort" but was [${String(conflicts)}]`);
}
