import type { WriteOperation } from '@daybook/search-engine';

/** What an update does to the document that there is, or to a missing one. */
export interface UpdateOutcome {
  readonly operation: ReturnType<(WriteOperation & { type: 'update' })['apply']>;
  /** The document as it will be, or as it is if it is not written: where the request wants it back. */
  readonly source: Uint8Array | undefined;
  /** Whether there is neither a document nor anything to stand in for it. */
  readonly isMissing: boolean;
}

/** What an update comes to while the document is the one that it was. */
export interface PreparedUpdate {
  /** Of the index. */
  readonly uuid: string;
  /** Of the document; undefined if there is none. */
  readonly seqNo: number | undefined;
  readonly outcome: UpdateOutcome;
}
