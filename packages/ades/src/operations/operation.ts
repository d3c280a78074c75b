import type { Json, JsonObject } from '@daybook/jobs';
import type { OperationDocument } from '@daybook/jobs-database';

/** What can be done with many jobs by one request. */
export type OperationAction = 'retry' | 'dismiss' | 'delete' | 'label';

/** A job with which it could not be done. */
interface OperationFailure {
  readonly jobID: string;
  readonly detail: string;
}

/** A document of the index `operations`, beside the pages of ids (OPERATIONS.md). */
export interface Operation extends OperationDocument {
  readonly action: OperationAction;
  /** A query string of Lucene, or a query of the Elasticsearch DSL, as it was sent. */
  readonly query: string | JsonObject;
  /** `preparing` until all ids of its jobs are written. */
  readonly status: 'preparing' | 'running' | 'done';
  readonly finished?: string;
  readonly 'user-id': string;
  /** URLs of outputs of jobs that the ADES runs itself begin with it. */
  readonly 'base-url': string;
  /** The inputs of `set`, sealed for this operation: some may be secret. */
  readonly 'set-inputs'?: string;
  readonly 'set-process-version'?: string;
  readonly 'add-labels'?: readonly string[];
  readonly 'remove-labels'?: readonly string[];
  readonly matched: number;
  readonly done: number;
  readonly failed: number;
  /** The first 100. */
  readonly failures: readonly OperationFailure[];
  /** Who is at it, and until when nobody else may be. */
  readonly owner?: string;
  readonly 'lease-until'?: string;
}

/** What an answer shows of an operation. */
export type OperationInfo = Readonly<Record<string, Json>>;

/** The operation in the form of its answers. */
export function operationInfo(operation: Operation): OperationInfo {
  const { id, action, query, status, created, finished, matched, done, failed, failures } = operation;
  return {
    id,
    action,
    query,
    status: status === 'preparing' ? 'running' : status,
    created,
    ...(finished !== undefined && { finished }),
    matched,
    done,
    failed,
    failures: failures.map(({ jobID, detail }) => ({ jobID, detail })),
  };
}
