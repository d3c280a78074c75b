import { isJobId } from './job-id.ts';
import { isJsonObject } from './json.ts';

/** A message on the request queue. */
export interface JobRequest {
  readonly jobId: string;
  /** How many of the job's attempts workers gave back because they themselves were to end: these do not count. */
  readonly handBacks: number;
}

/** The body of a message on the request queue: `{"id": "<job id>"}`, and `hand-backs` where there were any. */
export function buildJobRequest(jobId: string, handBacks = 0): string {
  return JSON.stringify({ id: jobId, ...(handBacks > 0 && { 'hand-backs': handBacks }) });
}

/** Reads the body of a message on the request queue; undefined where it is no request. */
export function parseJobRequest(body: string): JobRequest | undefined {
  try {
    const request: unknown = JSON.parse(body);
    if (!isJsonObject(request) || !isJobId(request.id)) {
      return undefined;
    }
    const handBacks = request['hand-backs'];
    return { jobId: request.id, handBacks: Number.isSafeInteger(handBacks) ? Math.max(0, Number(handBacks)) : 0 };
  } catch {
    return undefined;
  }
}
