import { isJobId, isJsonObject } from '@daybook/jobs';

/** The body of a message on the request queue: `{"id": "<job id>"}`. */
export function buildJobRequest(jobId: string): string {
  return JSON.stringify({ id: jobId });
}

/** The job's id in the body of a message on the request queue, or undefined where the body is no request. */
export function parseJobRequest(body: string): string | undefined {
  try {
    const request: unknown = JSON.parse(body);
    return isJsonObject(request) && isJobId(request.id) ? request.id : undefined;
  } catch {
    return undefined;
  }
}
