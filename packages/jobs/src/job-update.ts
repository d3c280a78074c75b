import type { FinalStatus } from './job-status.ts';
import type { Json, JsonObject } from './json.ts';

/** Who speaks: the submission, a step or the worker on the way, or one of the three that end a job. */
export type UpdateKind = 'submission' | 'update' | 'verdict' | 'dismissal' | 'presumed-failure';

/** The kinds that end a job. */
export type VerdictKind = 'verdict' | 'dismissal' | 'presumed-failure';

/**
 * One update event: the message on the topic, and the document in `job-updates`. UPDATE-EVENT.md has the grammar. Times
 * are in the spelling of `parseInstant`.
 */
export interface JobUpdate {
  /** The job's id. */
  readonly id: string;
  /** Minted once by the publisher; the deduplication id on the topic and the id in `job-updates`. */
  readonly 'event-id': string;
  readonly time: string;
  readonly kind: UpdateKind;
  /** The run of the job that speaks, from 1. A verdict carries it always. */
  readonly attempt?: number;
  readonly status?: string;
  /** 0 to 100. */
  readonly progress?: number;
  readonly step?: string;
  readonly message?: string;
  readonly inputs?: JsonObject;
  /** Of a submission alone: input id → sealed value. It stands in no message and not in the history. */
  readonly secrets?: JsonObject;
  /** Output id → URL, or array of URLs. */
  readonly outputs?: JsonObject;
  readonly labels?: readonly string[];
  /** Of the ADES alone, as are those removed: they stand in no message. */
  readonly 'add-labels'?: readonly string[];
  readonly 'remove-labels'?: readonly string[];
  readonly 'user-id'?: string;
  readonly 'process-id'?: string;
  readonly 'process-version'?: string;
  readonly 'retry-of'?: string;
  readonly 'superseded-by'?: string;
  readonly 'inputs-hash'?: string;
  readonly worker?: string;
  readonly 'submit-time'?: string;
  readonly 'queue-time'?: string;
  readonly 'start-time'?: string;
  readonly 'stop-time'?: string;
  readonly 'heartbeat-time'?: string;
  readonly 'removed-time'?: string;
  readonly error?: string;
  readonly 'error-class'?: string;
  readonly 'failed-step'?: string;
  readonly 'exit-code'?: number;
  /** The workflow's CWL output object, each File and Directory located by URL. */
  readonly results?: JsonObject;
  /** Per step, as the worker measured it. */
  readonly resources?: Json;
  readonly 'cpu-seconds'?: number;
  /** Bytes. */
  readonly 'peak-memory'?: number;
  /** Where the whole verdict stands when it is too large for a message. */
  readonly 'results-url'?: string;
  /** SHA-256 of what stands there, in hexadecimal. */
  readonly 'results-digest'?: string;
}

/** An update that ends its job. */
export interface VerdictUpdate extends JobUpdate {
  readonly kind: VerdictKind;
  readonly status: FinalStatus;
}

/** Whether `update` ends its job. */
export function isVerdictUpdate(update: JobUpdate): update is VerdictUpdate {
  return update.kind === 'verdict' || update.kind === 'dismissal' || update.kind === 'presumed-failure';
}
