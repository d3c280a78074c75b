import type { JsonTree } from '../json/json.ts';
import { filterSource } from '../json/source-filter.ts';
import type { AppliedWrite } from './applied-write.ts';

/** A write's outcome as its API and each item of a bulk answer have it. */
export function renderWrite(
  indexName: string,
  applied: AppliedWrite,
  options: { readonly typed: boolean; readonly forcedRefresh: boolean },
): { readonly [name: string]: JsonTree } {
  const { result, get } = applied;
  const shards = result.result === 'noop' ? 0 : 1;
  return {
    _index: indexName,
    _type: options.typed ? '_doc' : undefined,
    _id: result.id,
    _version: result.version,
    result: result.result,
    forced_refresh: options.forcedRefresh ? true : undefined,
    _shards: { total: shards, successful: shards, failed: 0 },
    _seq_no: result.seqNo,
    _primary_term: result.primaryTerm,
    get:
      get === undefined
        ? undefined
        : {
            _seq_no: result.seqNo,
            _primary_term: result.primaryTerm,
            found: true,
            _source: filterSource(get.source, get.filter),
          },
  };
}

const statuses: Readonly<Record<AppliedWrite['result']['result'], number>> = {
  created: 201,
  updated: 200,
  deleted: 200,
  noop: 200,
  not_found: 404,
};

/** The HTTP status of a write. */
export function writeStatus(applied: AppliedWrite): number {
  return statuses[applied.result.result];
}
