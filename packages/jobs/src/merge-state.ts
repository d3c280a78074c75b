import type { FinalStatus } from './job-status.ts';
import type { Json, JsonObject } from './json.ts';

/**
 * A value with the key that decides which of two stays: rank, time, attempt, event id, and, where all are equal, the
 * canonical JSON of the value.
 */
export interface Register<T extends Json> {
  readonly rank: number;
  readonly time: string;
  readonly attempt: number;
  readonly id: string;
  readonly value: T;
}

/** 3 a dismissal, 2 the worker's own word, 1 a failure that was presumed for it. */
export type VerdictClass = 1 | 2 | 3;

/** How a job ended: one whole record, of which no part is ever mixed with another verdict's. */
export interface Verdict {
  readonly class: VerdictClass;
  /** 0 where the verdict is no run's. */
  readonly attempt: number;
  readonly time: string;
  readonly id: string;
  readonly status: FinalStatus;
  readonly 'stop-time': string;
  readonly outputs?: JsonObject;
  readonly results?: JsonObject;
  readonly message?: string;
  readonly error?: string;
  readonly 'error-class'?: string;
  readonly 'failed-step'?: string;
  readonly 'exit-code'?: number;
  readonly resources?: Json;
  readonly 'cpu-seconds'?: number;
  readonly 'peak-memory'?: number;
}

/**
 * Everything that the updates of one job have said: plain JSON, kept whole in the document's field `merge`. Each part
 * joins by itself (MERGE.md), so states join in any order, any number of times, with one result.
 */
export interface MergeState {
  readonly id: string;
  readonly verdict?: Verdict;
  readonly status?: Register<string>;
  readonly progress?: Register<number>;
  readonly step?: Register<string>;
  readonly message?: Register<string>;
  readonly worker?: Register<string>;
  readonly 'superseded-by'?: Register<string>;
  readonly outputs?: Readonly<Record<string, Register<Json>>>;
  readonly inputs?: Register<JsonObject>;
  /** Input id → sealed value. */
  readonly secrets?: Register<JsonObject>;
  readonly labels?: Register<readonly string[]>;
  /** Label → whether it was added or removed since. */
  readonly 'label-changes'?: Readonly<Record<string, Register<boolean>>>;
  readonly 'user-id'?: Register<string>;
  readonly 'process-id'?: Register<string>;
  readonly 'process-version'?: Register<string>;
  readonly 'retry-of'?: Register<string>;
  readonly 'inputs-hash'?: Register<string>;
  readonly 'submit-time'?: string;
  readonly 'queue-time'?: string;
  readonly 'start-time'?: string;
  readonly 'removed-time'?: string;
  readonly 'update-time'?: string;
  readonly 'heartbeat-time'?: string;
  readonly attempts?: number;
}

/** The state of a job of which nothing is known yet: the neutral element of the join. */
export function emptyState(id: string): MergeState {
  return { id };
}
