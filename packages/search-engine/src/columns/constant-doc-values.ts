import { CHUNK_DOCS } from './chunk-docs.ts';
import type { DocSet } from './doc-set.ts';
import type { OrdinalDocValues } from './doc-values.ts';

/** One and the same term for every document. */
export function constantDocValues(term: string, docs: DocSet): OrdinalDocValues {
  const ordinals = new Uint8Array(CHUNK_DOCS).fill(1);
  return {
    type: 'ordinal',
    dictionary: {
      size: 1,
      term: () => term,
      ordinal: (given) => (given === term ? 1 : 0),
      compare: () => 0,
    },
    chunk: () => ({ single: true, ordinals }),
    docCount: () => docs.size,
  };
}
