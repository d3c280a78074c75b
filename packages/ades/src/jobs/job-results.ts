import { isJsonObject, type JobDocument, type Json, type JsonObject } from '@daybook/jobs';
import { pathSegment } from '../http/base-url.ts';
import { lastSegment } from '../http/last-segment.ts';
import { mediaTypeOf } from '../http/media-type.ts';
import { isLocated } from './cwl-value.ts';
import { ogcValue } from './ogc-results.ts';
import type { ResultsRequest, TransmissionMode } from './results-request.ts';

/** One output of a job that succeeded. */
export interface JobResult {
  readonly id: string;
  readonly mode: TransmissionMode;
  /** As the results of the job have it; for an output that only Update Job steps published, what they published. */
  readonly value: Json;
  /** Where it can be read. */
  readonly url: string;
  /** Of what is read there. */
  readonly mediaType: string;
}

/** The outputs that a request asks for and that the job has; one that is null it has not. */
export function jobResults(job: JobDocument, request: ResultsRequest, baseUrl: string): readonly JobResult[] {
  const values = Object.entries({ ...job.outputs, ...job.results });
  return values.flatMap(([id, value]) => {
    const mode = request.outputs === undefined ? 'value' : request.outputs.get(id);
    if (value === null || mode === undefined) return [];
    return [{ id, mode, value, ...locationOf(job, id, value, baseUrl) }];
  });
}

/** The results as a document: output id → value, link, or qualified value for an object. */
export function resultsDocument(job: JobDocument, results: readonly JobResult[]): JsonObject {
  return Object.fromEntries(
    results.map(({ id, mode, value, url, mediaType }): [string, Json] => {
      return [id, mode === 'reference' ? { href: url, type: mediaType } : ogcValue(job, id, value)];
    }),
  );
}

function locationOf(job: JobDocument, id: string, value: Json, baseUrl: string): Pick<JobResult, 'url' | 'mediaType'> {
  if (isLocated(value)) {
    const name = value.basename ?? lastSegment(value.location);
    return { url: value.location, mediaType: value.class === 'File' ? mediaTypeOf(name) : 'application/json' };
  }
  const isPublishedOnly = job.results === undefined || !Object.hasOwn(job.results, id);
  if (isPublishedOnly && typeof value === 'string' && URL.canParse(value)) {
    return { url: value, mediaType: mediaTypeOf(lastSegment(value)) };
  }
  const published = isJsonObject(job.outputs) ? job.outputs[id] : undefined;
  const url =
    typeof published === 'string' ? published : `${baseUrl}/jobs/${pathSegment(job.id)}/outputs/${pathSegment(id)}`;
  return { url, mediaType: 'application/json' };
}
