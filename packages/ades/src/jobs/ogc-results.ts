import { isJsonObject, type JobDocument, type Json, type JsonObject } from '@daybook/jobs';
import { lastSegment } from '../http/last-segment.ts';
import { mediaTypeOf } from '../http/media-type.ts';
import { isLocated } from './cwl-value.ts';

/**
 * An output as OGC API – Processes words it in a results document (Part 1, results): a value, a link, or a qualified value for an object.
 * What only Update Job steps published are links as well.
 */
export function ogcValue(job: JobDocument, id: string, value: Json): Json {
  return job.results !== undefined && Object.hasOwn(job.results, id) ? fromResults(value) : linkTo(value);
}

function fromResults(value: Json): Json {
  if (Array.isArray(value)) return value.map(fromResults);
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
      isJsonObject(member) && !isLocated(member) ? withLinks(member) : fromResults(member),
    ]),
  );
}

function linkTo(value: Json): Json {
  if (Array.isArray(value)) return value.map(linkTo);
  if (typeof value === 'string' && URL.canParse(value)) return { href: value, type: mediaTypeOf(lastSegment(value)) };
  return isJsonObject(value) ? { value } : value;
}
