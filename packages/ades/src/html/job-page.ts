import type { JobDocument, JsonObject } from '@daybook/jobs';
import { pathSegment } from '../http/base-url.ts';
import { jsonLink } from '../http/links.ts';
import { ogcStatusInfo } from '../jobs/ogc-job.ts';

/** Members of a job's document that a person wants to see beside statusInfo, where there are any. */
const SHOWN = ['user-id', 'error', 'error-class', 'failed-step', 'exit-code', 'step', 'worker', 'attempts', 'duration'];

/** What the page of a job shows: statusInfo, and what a client would ask the jobs database or other resources for. */
export function jobPage(job: JobDocument, baseUrl: string): JsonObject {
  const { links, ...info } = ogcStatusInfo(job, baseUrl);
  const url = `${baseUrl}/jobs/${pathSegment(job.id)}`;
  const process = job['process-id'];
  const more = [
    jsonLink(`${url}/logs`, 'related', 'logs'),
    jsonLink(`${url}/updates`, 'related', 'updates'),
    ...(process === undefined ? [] : [jsonLink(`${baseUrl}/processes/${pathSegment(process)}`, 'related', 'process')]),
  ];
  const known = SHOWN.flatMap((name) => (job[name] === undefined ? [] : [[name, job[name]]]));
  return {
    ...info,
    ...(Object.fromEntries(known) as JsonObject),
    labels: job.labels,
    inputs: job.inputs,
    outputs: job.outputs,
    links: [...links, ...more],
  } as unknown as JsonObject;
}
