import type { PreparedDocument, WriteCondition } from '@daybook/search-engine';
import type { SourceFilter } from '../json/source-filter.ts';
import type { ScriptRequest } from '../painless/parse-script-body.ts';
import type { PreparedUpdate } from './prepared-update.ts';

/** The body of an update. */
export interface UpdateBody {
  /** Of the JSON that it was read from. */
  readonly bytes: number;
  readonly doc?: { readonly [name: string]: unknown };
  readonly docAsUpsert: boolean;
  readonly upsert?: { readonly [name: string]: unknown };
  readonly detectNoop: boolean;
  /** Instead of `doc`. */
  readonly script?: ScriptRequest;
  /** Whether the script makes a missing document too, from `upsert`. */
  readonly scriptedUpsert?: boolean;
  readonly source?: SourceFilter;
  /** What a partial document is to be routed by from then on; undefined: by what it is. */
  readonly routing?: string | undefined;
}

/** One write of one document as the wire asked for it. */
export interface DocumentWrite extends WriteCondition {
  /** The name of an index, or of an alias. */
  readonly target: string;
  readonly action: 'index' | 'create' | 'delete' | 'update';
  /** Absent: the engine makes one. */
  readonly id?: string;
  /** By which the document is routed to a shard. */
  readonly routing: string | undefined;
  /** Of index and create. */
  readonly source?: Uint8Array;
  /** Of update. */
  readonly update?: UpdateBody;
  /** Of update. None has to be tried again: nothing comes between its read and its write. */
  readonly retryOnConflict?: number;
  readonly requireAlias: boolean;
  /** What was made of the source ahead, where it is large. */
  readonly prepared?: PreparedDocument | undefined;
  /** What an update of a large document was found to come to. */
  readonly preparedUpdate?: PreparedUpdate;
}
