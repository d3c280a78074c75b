import type { JobDocument, JobState } from '@daybook/jobs';
import { pathSegment } from '../http/base-url.ts';
import { jsonLink, type Link, ogcRelation } from '../http/links.ts';
import type { DismissedJob } from './dismissed-job.ts';
import { jobMessage } from './job-message.ts';

/** OGC API – Processes Part 1, statusInfo; members that are not known are absent. */
export interface OgcStatusInfo {
  readonly jobID: string;
  readonly processID?: string;
  readonly type: 'process';
  readonly status: JobState;
  readonly message: string;
  readonly created?: string;
  readonly started?: string;
  readonly finished?: string;
  readonly updated?: string;
  readonly progress?: number;
  readonly labels?: readonly string[];
  readonly 'user-id'?: string;
  readonly 'error-class'?: string;
  readonly 'retry-of'?: string;
  readonly 'superseded-by'?: string;
  readonly links: readonly Link[];
}

/** A job's status in the OGC form. */
export function ogcStatusInfo(job: JobDocument, baseUrl: string): OgcStatusInfo {
  const members = {
    processID: job['process-id'],
    created: job['submit-time'],
    started: job['start-time'],
    finished: job['stop-time'],
    updated: job['update-time'],
    // spec: OGC 18-062r2, statusInfo.yaml — an integer.
    progress: job.progress === undefined ? undefined : Math.floor(job.progress),
    labels: job.labels.length === 0 ? undefined : job.labels,
    'user-id': job['user-id'],
    'error-class': job['error-class'],
    'retry-of': job['retry-of'],
    'superseded-by': job['superseded-by'],
  };
  const known = Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
  return {
    jobID: job.id,
    type: 'process',
    status: job.state,
    message: jobMessage(job),
    ...(known as Partial<OgcStatusInfo>),
    links: links(job, baseUrl),
  };
}

/** A job that was just dismissed or removed, in the OGC form. */
export function ogcDismissedInfo({ job, message }: DismissedJob, baseUrl: string): OgcStatusInfo {
  return ogcStatusInfo({ ...job, state: 'dismissed', message, final: true }, baseUrl);
}

function links(job: JobDocument, baseUrl: string): readonly Link[] {
  const url = `${baseUrl}/jobs/${pathSegment(job.id)}`;
  const hasResults = job.state === 'successful' && job['removed-time'] === undefined;
  return [
    jsonLink(url, 'self', 'status'),
    ...(job.final ? [] : [jsonLink(url, 'monitor', 'status')]),
    ...(hasResults ? [jsonLink(`${url}/results`, ogcRelation('results'), 'results')] : []),
  ];
}
