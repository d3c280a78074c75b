/** What an operation asks of one document. The values are never used twice. */
export type Operation =
  | { readonly type: 'index'; readonly value: number }
  | { readonly type: 'create'; readonly value: number }
  /** Of a document that is there. */
  | { readonly type: 'update'; readonly value: number }
  /** Indexes when the document still has that sequence number. */
  | { readonly type: 'compare-and-set'; readonly value: number; readonly ifSeqNo: number }
  | { readonly type: 'delete' }
  | { readonly type: 'get' };

/** What came back; `unknown` when nothing did, so that the operation may have been done or not. */
export type Outcome =
  | { readonly type: 'written'; readonly seqNo: number; readonly version: number }
  | { readonly type: 'found'; readonly value: number; readonly seqNo: number }
  | { readonly type: 'absent' }
  | { readonly type: 'conflict' }
  | { readonly type: 'unknown' };

/** One operation of a client: it took effect at one moment between its call and its return, if at all. */
export interface Event {
  readonly id: string;
  readonly operation: Operation;
  readonly outcome: Outcome;
  readonly calledAt: number;
  /** Infinity without an answer. */
  readonly returnedAt: number;
}
