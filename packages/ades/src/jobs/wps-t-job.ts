import type { JobDocument, Json, JsonObject } from '@daybook/jobs';
import type { DismissedJob } from './dismissed-job.ts';
import { jobMessage } from './job-message.ts';

/** The statuses of WPS-T. */
type WpsTStatus = 'accepted' | 'running' | 'succeeded' | 'failed' | 'dismissed';

/** The answer to a WPS-T status request. */
export interface WpsTJobStatus {
  readonly jobID: string;
  readonly status: WpsTStatus;
  readonly message: string;
}

/** A job in the WPS-T list, its inputs in the form of an execute request. */
export interface WpsTJobEntry extends WpsTJobStatus {
  readonly inputs: readonly { readonly id: string; readonly data: Json }[];
}

/** The answer to a WPS-T dismissal. */
export interface WpsTStatusInfo {
  readonly jobID: string;
  readonly procID: string;
  readonly status: 'dismissed';
  readonly timestamp: string;
  readonly inputs: JsonObject;
}

/** How the job is, by its verdict alone: a step that says `succeeded` early does not show here. */
function wpsTStatus(job: JobDocument): WpsTStatus {
  return job.state === 'successful' ? 'succeeded' : job.state;
}

/** A job's status in the WPS-T form. */
export function wpsTJobStatus(job: JobDocument): WpsTJobStatus {
  return { jobID: job.id, status: wpsTStatus(job), message: jobMessage(job) };
}

/** A job as an entry of the WPS-T list. */
export function wpsTJobEntry(job: JobDocument): WpsTJobEntry {
  return { ...wpsTJobStatus(job), inputs: Object.entries(job.inputs).map(([id, data]) => ({ id, data })) };
}

/** A job that was just dismissed or removed, in the WPS-T form. */
export function wpsTStatusInfo({ job, time }: DismissedJob): WpsTStatusInfo {
  return {
    jobID: job.id,
    procID: job['process-id'] ?? '',
    status: 'dismissed',
    timestamp: time,
    inputs: job.inputs,
  };
}
