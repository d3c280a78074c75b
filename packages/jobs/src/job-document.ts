import type { JobState } from './job-status.ts';
import type { Json, JsonObject } from './json.ts';
import type { MergeState } from './merge-state.ts';

/**
 * A document of the index `jobs`. The named members are the system's: each write rewrites them from `merge` and removes
 * those that are not known. All others belong to users and survive every write. No member is ever null.
 */
export interface JobDocument {
  readonly id: string;
  /** What the last update said, any string; one of the system's own once the job is final. */
  readonly status: string;
  /** `***` in the place of a secret (secrets/SECRETS.md). */
  readonly inputs: JsonObject;
  /** Output id → URL, or array of URLs. */
  readonly outputs: JsonObject;
  readonly labels: readonly string[];
  readonly 'user-id': string;
  readonly state: JobState;
  /** Whether there is a verdict. */
  readonly final: boolean;
  readonly 'process-id'?: string;
  readonly 'process-version'?: string;
  readonly 'submit-time'?: string;
  readonly 'queue-time'?: string;
  readonly 'start-time'?: string;
  readonly 'stop-time'?: string;
  readonly 'update-time'?: string;
  readonly 'heartbeat-time'?: string;
  readonly 'removed-time'?: string;
  /** 0 to 100. */
  readonly progress?: number;
  readonly step?: string;
  readonly message?: string;
  readonly error?: string;
  /** Equal for failures that are alike: see `errorClass`. */
  readonly 'error-class'?: string;
  readonly 'failed-step'?: string;
  readonly 'exit-code'?: number;
  readonly attempts?: number;
  readonly worker?: string;
  /** Seconds from submission to start. */
  readonly 'wait-time'?: number;
  /** Seconds from start to stop. */
  readonly duration?: number;
  readonly 'cpu-seconds'?: number;
  /** Bytes. */
  readonly 'peak-memory'?: number;
  /** Stored, not indexed. */
  readonly results?: JsonObject;
  /** Stored, not indexed. */
  readonly resources?: Json;
  readonly 'retry-of'?: string;
  readonly 'superseded-by'?: string;
  readonly 'inputs-hash'?: string;
  /** `name=value` of each input, for searching on every engine. */
  readonly 'input-values'?: readonly string[];
  /** `name=value` of each output. */
  readonly 'output-values'?: readonly string[];
  /** Stored, not indexed; absent where a list left it out. */
  readonly merge?: MergeState;
  readonly [userField: string]: unknown;
}

/** The members of a job's document that are rewritten at each write. */
export const OWNED_FIELDS: ReadonlySet<string> = new Set([
  'id',
  'status',
  'inputs',
  'outputs',
  'labels',
  'user-id',
  'state',
  'final',
  'process-id',
  'process-version',
  'submit-time',
  'queue-time',
  'start-time',
  'stop-time',
  'update-time',
  'heartbeat-time',
  'removed-time',
  'progress',
  'step',
  'message',
  'error',
  'error-class',
  'failed-step',
  'exit-code',
  'attempts',
  'worker',
  'wait-time',
  'duration',
  'cpu-seconds',
  'peak-memory',
  'results',
  'resources',
  'retry-of',
  'superseded-by',
  'inputs-hash',
  'input-values',
  'output-values',
  'merge',
]);
