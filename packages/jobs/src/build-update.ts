import { randomUUID } from 'node:crypto';
import { DaybookError } from '@daybook/errors';
import { inputsHash } from './inputs-hash.ts';
import { parseInstant } from './instant.ts';
import { isJobId, JOB_ID_RULE } from './job-id.ts';
import type { JobUpdate, VerdictUpdate } from './job-update.ts';
import { isTooDeep, type Json, type JsonObject, MAX_JSON_DEPTH, withoutUndefined } from './json.ts';

/** When an event happened and what it is called; a publisher mints both once and repeats them at each retry. */
export interface Mint {
  /** Default: now. */
  readonly time?: Date;
  /** Default: a random UUID. */
  readonly eventId?: string;
}

/** What the ADES knows of a job that it accepted. */
export interface Submission {
  readonly id: string;
  readonly inputs: JsonObject;
  readonly labels: readonly string[];
  readonly userId: string;
  readonly processId: string;
  readonly processVersion?: string;
  /** The job of which this is the retry. */
  readonly retryOf?: string;
  /** Input id → sealed value of each secret, for which `inputs` has what is shown in its place. */
  readonly secrets?: Readonly<Record<string, string>>;
  /** Default: that of `inputs`. */
  readonly inputsHash?: string;
}

/** The event of a job's submission, at whose time it was submitted. 'invalid-argument' for a bad id or inputs too deep. */
export function submission(job: Submission, mint: Mint = {}): JobUpdate {
  if (isTooDeep(job.inputs))
    throw new DaybookError('invalid-argument', `Inputs may nest up to ${MAX_JSON_DEPTH} levels, not more`);
  const event = minted(job.id, mint);
  return withoutUndefined({
    ...event,
    kind: 'submission',
    status: 'submitted',
    inputs: job.inputs,
    labels: job.labels,
    'user-id': job.userId,
    'process-id': job.processId,
    'process-version': job.processVersion,
    'retry-of': job.retryOf,
    secrets: job.secrets,
    'inputs-hash': job.inputsHash ?? inputsHash(job.inputs),
    'submit-time': event.time,
  }) as JobUpdate;
}

/** What a worker or a step may say of a job on its way. */
export type StatusUpdate = Pick<JobUpdate, 'id'> &
  Partial<
    Pick<
      JobUpdate,
      | 'attempt'
      | 'status'
      | 'progress'
      | 'step'
      | 'message'
      | 'inputs'
      | 'outputs'
      | 'labels'
      | 'add-labels'
      | 'remove-labels'
      | 'worker'
      | 'queue-time'
      | 'start-time'
      | 'heartbeat-time'
      | 'removed-time'
      | 'superseded-by'
    >
  >;

/** An event of a job on its way. */
export function statusUpdate(said: StatusUpdate, mint: Mint = {}): JobUpdate {
  return withoutUndefined({ ...minted(said.id, mint), kind: 'update', ...said });
}

/** How a run ended, by the worker that ran it. */
export type RunVerdict = Required<Pick<JobUpdate, 'id' | 'attempt'>> & {
  readonly status: 'succeeded' | 'failed';
} & Partial<
    Pick<
      JobUpdate,
      | 'worker'
      | 'outputs'
      | 'results'
      | 'message'
      | 'error'
      | 'error-class'
      | 'failed-step'
      | 'exit-code'
      | 'resources'
      | 'cpu-seconds'
      | 'peak-memory'
      | 'start-time'
      | 'stop-time'
    >
  >;

/** The worker's verdict. An attempt below 1 is a fault of the caller's: 'internal'. */
export function verdict(run: RunVerdict, mint: Mint = {}): VerdictUpdate {
  if (!Number.isInteger(run.attempt) || run.attempt < 1)
    throw new DaybookError('internal', `A verdict of job ${run.id} needs an attempt from 1, not ${run.attempt}`);
  const event = minted(run.id, mint);
  return withoutUndefined({ ...event, kind: 'verdict', 'stop-time': event.time, ...run });
}

/** The dismissal of a job by a user: it outranks every other end. */
export function dismissal(job: { readonly id: string; readonly message?: string }, mint: Mint = {}): VerdictUpdate {
  return withoutUndefined({ ...minted(job.id, mint), kind: 'dismissal', status: 'dismissed', message: job.message });
}

/** A failure that no worker reported: the backend refused the job, or its attempts are exhausted. */
export function presumedFailure(
  job: { readonly id: string; readonly error: string; readonly attempt?: number; readonly resources?: Json },
  mint: Mint = {},
): VerdictUpdate {
  return withoutUndefined({ ...minted(job.id, mint), kind: 'presumed-failure', status: 'failed', ...job });
}

/** What remains in the message of a verdict that stands at `url` as JSON because it is too large for the bus. */
export function verdictByReference(update: VerdictUpdate, stored: { url: string; sha256: string }): VerdictUpdate {
  return withoutUndefined({
    id: update.id,
    'event-id': update['event-id'],
    time: update.time,
    kind: update.kind,
    attempt: update.attempt,
    status: update.status,
    'results-url': stored.url,
    'results-digest': stored.sha256,
  });
}

function minted(id: string, mint: Mint): Pick<JobUpdate, 'id' | 'event-id' | 'time'> {
  if (!isJobId(id)) throw new DaybookError('invalid-argument', `Job id ${JSON.stringify(id)} is not ${JOB_ID_RULE}`);
  const time = parseInstant((mint.time ?? new Date()).getTime());
  if (time === undefined) throw new DaybookError('invalid-argument', 'An event needs a time between 1970 and 9999');
  return { id, 'event-id': mint.eventId ?? randomUUID(), time };
}
