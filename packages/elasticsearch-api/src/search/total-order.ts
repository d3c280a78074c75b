import type { SortKey } from '@daybook/search-engine';

const BY_DOCUMENT: SortKey = { field: '_shard_doc', direction: 'asc' };

/** Sort keys in which no two hits are equal, so that pages neither repeat nor pass over one: with the document's place last, unless it is a key already. */
export function inTotalOrder(keys: readonly SortKey[]): readonly SortKey[] {
  return keys.some(({ field }) => field === '_doc' || field === '_shard_doc') ? keys : [...keys, BY_DOCUMENT];
}
