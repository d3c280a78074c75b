import type { Index, StoredDocument } from '@daybook/search-engine';
import { valueJson } from '../json/floating-point.ts';
import type { JsonTree } from '../json/json.ts';
import { filterSource, noSource, type SourceFilter, wholeSource } from '../json/source-filter.ts';

/** What of a document a request wants; absent where it does not say. */
export interface WantedParts {
  readonly source?: SourceFilter | undefined;
  readonly storedFields?: readonly string[] | undefined;
}

/** A document as get and mget answer it; one that is missing is no error. */
export function renderDocument(
  index: Index,
  { id, typed }: { readonly id: string; readonly typed: boolean },
  document: StoredDocument | undefined,
  wanted: WantedParts,
): JsonTree {
  const _type = typed ? '_doc' : undefined;
  if (document === undefined) return { _index: index.name, _type, _id: id, found: false };
  return {
    _index: index.name,
    _type,
    _id: id,
    _version: document.version,
    _seq_no: document.seqNo,
    _primary_term: document.primaryTerm,
    _ignored: document.ignored.length > 0 ? document.ignored : undefined,
    ...renderParts(index, document, wanted),
  };
}

/** compat: it is read with what is stored, and not where nothing of that is wanted. */
function showsRouting({ source, storedFields }: WantedParts): boolean {
  const isWhole = source === undefined && storedFields === undefined;
  return isWhole || source?.enabled === true || (storedFields !== undefined && storedFields.length > 0);
}

/** A document that was found, without what it is known by. */
export function renderParts(
  index: Index,
  document: StoredDocument,
  wanted: WantedParts,
): { readonly [name: string]: JsonTree } {
  const { source, storedFields } = wanted;
  // compat: whoever asks for stored fields gets no source without asking for it.
  const withoutWish = storedFields === undefined || storedFields.includes('_source') ? wholeSource : noSource;
  const fields = storedFields === undefined ? {} : index.storedFields(document, storedFields);
  return {
    found: true,
    _routing: showsRouting(wanted) ? document.routing : undefined,
    _source: filterSource(document.source(), source ?? withoutWish),
    fields: Object.keys(fields).length === 0 ? undefined : valueJson(fields),
  };
}
