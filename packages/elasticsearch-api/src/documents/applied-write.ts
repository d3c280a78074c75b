import type { WriteResult } from '@daybook/search-engine';
import type { SourceFilter } from '../json/source-filter.ts';

/** What one write did, and the source as it then was where the request wants it back. */
export interface AppliedWrite {
  readonly result: WriteResult;
  readonly get?: { readonly source: Uint8Array; readonly filter: SourceFilter };
}
