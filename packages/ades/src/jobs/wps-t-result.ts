import type { JobDocument, Json } from '@daybook/jobs';
import { lastSegment } from '../http/last-segment.ts';
import { mediaTypeOf } from '../http/media-type.ts';
import { isLocated } from './cwl-value.ts';

/** The answer to a WPS-T result request. An output that is an array of files has an entry for each. */
export interface WpsTResult {
  readonly outputs: readonly WpsTOutput[];
}

/** One output and where it can be read. */
interface WpsTOutput {
  readonly id: string;
  readonly mimeType: string;
  readonly href: string;
}

/** The results of a job that succeeded, in the WPS-T form. */
export function wpsTResult(job: JobDocument): WpsTResult {
  return { outputs: Object.entries(job.outputs).flatMap(([id, value]) => entries(id, value, job.results?.[id])) };
}

function entries(id: string, url: Json, result: Json | undefined): readonly WpsTOutput[] {
  if (Array.isArray(url)) {
    // An element that is null has no URL.
    const results = Array.isArray(result) ? result.filter((each) => each !== null) : [];
    return url.flatMap((each, index) => entries(id, each, results[index]));
  }
  // An Update Job step may publish any value under an output's name; only a URL can be read.
  return typeof url === 'string' && URL.canParse(url) ? [{ id, mimeType: mediaType(url, result), href: url }] : [];
}

/** Directories are listed and literals served as JSON. */
function mediaType(url: string, result: Json | undefined): string {
  if (result === undefined) return mediaTypeOf(lastSegment(url));
  return isLocated(result) && result.class === 'File'
    ? mediaTypeOf(result.basename ?? lastSegment(url))
    : 'application/json';
}
