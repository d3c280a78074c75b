import type { StoredDocument } from '@daybook/search-engine';
import type { JsonTree } from '../json/json.ts';
import { filterSource, type SourceFilter } from '../json/source-filter.ts';

/** A document as get and mget answer it; one that is missing is no error. */
export function renderDocument(
  names: { readonly index: string; readonly id: string; readonly typed: boolean },
  document: StoredDocument | undefined,
  filter: SourceFilter,
): JsonTree {
  const identity = { _index: names.index, _type: names.typed ? '_doc' : undefined, _id: names.id };
  if (document === undefined) return { ...identity, found: false };
  return {
    ...identity,
    _version: document.version,
    _seq_no: document.seqNo,
    _primary_term: document.primaryTerm,
    _ignored: document.ignored.length > 0 ? document.ignored : undefined,
    found: true,
    _source: filterSource(document.source(), filter),
  };
}
