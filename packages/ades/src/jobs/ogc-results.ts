import { isJsonObject, type JobDocument, type Json, type JsonObject } from '@daybook/jobs';
import { lastSegment } from '../http/last-segment.ts';
import { mediaTypeOf } from '../http/media-type.ts';
import { isLocated } from './cwl-value.ts';

/**
 * The results of a job that succeeded, as OGC API – Processes words them (Part 1, results): output id → value, link, or qualified value for
 * an object. Outputs that only Update Job steps published are links as well; an output that is null is left out.
 */
export function ogcResults(job: JobDocument): JsonObject {
  const values = { ...job.outputs, ...job.results };
  const published = Object.entries(values).filter(([, value]) => value !== null);
  return Object.fromEntries(
    published.map(([id, value]) => [
      id,
      job.results !== undefined && Object.hasOwn(job.results, id) ? ogcValue(value) : linkTo(value),
    ]),
  );
}

function ogcValue(value: Json): Json {
  if (Array.isArray(value)) return value.map(ogcValue);
  if (isLocated(value)) {
    const title = value.basename ?? lastSegment(value.location);
    const type = value.class === 'File' ? mediaTypeOf(title) : 'application/json';
    return { href: value.location, type, title };
  }
  return isJsonObject(value) ? { value: withLinks(value) } : value;
}

/** A record stays as it is but for the files in it. */
function withLinks(record: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(record).map(([name, member]) => [
      name,
      isJsonObject(member) && !isLocated(member) ? withLinks(member) : ogcValue(member),
    ]),
  );
}

function linkTo(value: Json): Json {
  if (Array.isArray(value)) return value.map(linkTo);
  if (typeof value === 'string' && URL.canParse(value)) return { href: value, type: mediaTypeOf(lastSegment(value)) };
  return isJsonObject(value) ? { value } : value;
}
