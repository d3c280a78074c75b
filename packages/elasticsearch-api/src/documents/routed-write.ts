import type { Index } from '@daybook/search-engine';
import { documentRouting } from '../indices/document-routing.ts';
import type { DocumentWrite } from './document-write.ts';

/** The write with the routing value that it has by its target. Refuses another than the target's, and none where the mapping requires one. */
export function routedWrite(index: Index, write: DocumentWrite): DocumentWrite {
  const routing = documentRouting(index, write.target, write.id, write.routing);
  return routing === undefined ? write : { ...write, routing };
}
