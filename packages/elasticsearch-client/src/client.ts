import type { BulkItem, BulkOperation } from './bulk.ts';
import type { CountRequest, SearchAnswer, SearchRequest } from './search.ts';
import type { Source } from './source.ts';

/** A document with the two numbers on which a conditional write depends. */
export interface StoredDocument<T = Source> {
  readonly id: string;
  readonly source: T;
  readonly seqNo: number;
  readonly primaryTerm: number;
}

/** How one call ends early. */
export interface CallOptions {
  readonly signal?: AbortSignal;
  /** Default: the client's. */
  readonly timeoutMs?: number;
}

/** When a write becomes visible to searches: at once, at the next refresh after waiting for it, or whenever. */
export type Refresh = boolean | 'wait_for';

/** How a document is written. */
export interface WriteOptions extends CallOptions {
  readonly refresh?: Refresh;
  /** 'conflict' when there is a document of that id. */
  readonly create?: boolean;
  /** 'conflict' unless the document is still as it was read. */
  readonly ifUnchanged?: { readonly seqNo: number; readonly primaryTerm: number };
}

/** Which members of the sources an answer carries. */
export interface SourceOptions extends CallOptions {
  readonly sourceExcludes?: readonly string[];
}

/** A request of any API. */
export interface RawRequest extends CallOptions {
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'DELETE';
  /** Path with its segments encoded, beginning with `/`. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>>;
  /** A value that is sent as JSON, or text that is sent as NDJSON. */
  readonly body?: { readonly json: unknown } | { readonly ndjson: string };
  /** Whether the same request twice has the effect of one; only then is it sent again when its fate is unknown. */
  readonly idempotent: boolean;
  /** Statuses of 400 and above that are answers here, not errors. */
  readonly expected?: readonly number[];
}

/** An answer: below 400, or one of the request's expected statuses. */
export interface RawAnswer {
  readonly status: number;
  /** The parsed JSON; undefined where there is none. */
  readonly body: unknown;
}

/**
 * The part of the Elasticsearch HTTP API that Daybook calls, in the form that Elasticsearch 7.10, OpenSearch 2 and our own
 * engine understand. Errors: 'unavailable' (no connection, a block, 429, 5xx, time limit of a call), 'conflict' (409), 'not-found',
 * 'invalid-argument', 'forbidden', 'unauthenticated', 'limit-exceeded' (413). A document that is not there is no error.
 */
export interface ElasticsearchClient {
  readonly url: string;
  request(request: RawRequest): Promise<RawAnswer>;

  /** Whether something that speaks the protocol answers. Never throws. */
  ping(options?: CallOptions): Promise<boolean>;
  /** Waits on the server for the indices to be usable; false when they are not within `waitMs`. */
  waitForIndices(indices: readonly string[], waitMs: number, options?: CallOptions): Promise<boolean>;

  index(index: string, id: string, source: Source, options?: WriteOptions): Promise<void>;
  /** Real-time: it sees every write that was acknowledged. */
  get<T = Source>(index: string, id: string, options?: SourceOptions): Promise<StoredDocument<T> | undefined>;
  /** Real-time; in the order of `ids`, undefined where there is none. An index that is missing is 'not-found'. */
  mget<T = Source>(
    index: string,
    ids: readonly string[],
    options?: SourceOptions,
  ): Promise<readonly (StoredDocument<T> | undefined)[]>;
  /** Whether there was a document. */
  delete(index: string, id: string, options?: CallOptions & { readonly refresh?: Refresh }): Promise<boolean>;
  /** One outcome per operation, in their order. Large sequences are sent in several requests. */
  bulk(
    operations: readonly BulkOperation[],
    options?: CallOptions & { readonly refresh?: Refresh },
  ): Promise<readonly BulkItem[]>;

  /** An index that is missing has no documents. */
  search<T = Source>(index: string, request: SearchRequest, options?: CallOptions): Promise<SearchAnswer<T>>;
  /** An index that is missing has no documents. */
  count(index: string, request?: CountRequest, options?: CallOptions): Promise<number>;
  refresh(index: string, options?: CallOptions): Promise<void>;
  /** How many documents were deleted. Documents that change meanwhile stay. */
  deleteByQuery(index: string, query: unknown, options?: CallOptions): Promise<number>;

  putIndexTemplate(name: string, template: Source, options?: CallOptions): Promise<void>;
  getIndexTemplate(name: string, options?: CallOptions): Promise<Source | undefined>;
  /** Whether it was created now; false when there is one of that name. */
  createIndex(index: string, body?: Source, options?: CallOptions): Promise<boolean>;
  /** Whether there was one. */
  deleteIndex(index: string, options?: CallOptions): Promise<boolean>;
  /** The mapping as the server shows it. */
  getMapping(index: string, options?: CallOptions): Promise<Source | undefined>;
  putMapping(index: string, mapping: Source, options?: CallOptions): Promise<void>;

  /** Ends the connections; calls that are under way fail. */
  close(): Promise<void>;
}

/** How the client reaches the database. */
export interface ElasticsearchClientOptions {
  readonly url: string;
  /** The whole value of the header `Authorization`. */
  readonly authorization?: string;
  /** Limit of one call with its retries; default 30 s. */
  readonly timeoutMs?: number;
  /** How often one call is tried again; default 3. */
  readonly maxRetries?: number;
  /** Default 32. */
  readonly maxConnections?: number;
  /** Largest answer that is read; default 256 MiB. */
  readonly maxAnswerBytes?: number;
}
