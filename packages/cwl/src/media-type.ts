import { alternatives, type CwlType } from './cwl-type.ts';
import type { JsonValue } from './json.ts';

const IANA = /^https?:\/\/(?:www\.)?iana\.org\/assignments\/media-types\/([\w.+-]+\/[\w.+-]+)$/;

/** The media type of a parameter's values, for descriptions in the WPS-T form. `format` is a CWL file format: one IRI or several. */
export function mediaTypeOf(type: CwlType, format: JsonValue | undefined): string {
  for (const member of alternatives(type)) {
    if (member.kind === 'array') return mediaTypeOf(member.items, format);
    if (member.kind === 'Directory') return 'inode/directory';
    if (member.kind === 'File') return ianaName(format) ?? 'application/octet-stream';
    if (member.kind === 'record' || member.kind === 'Any') return 'application/json';
  }
  return 'text/plain';
}

function ianaName(format: JsonValue | undefined): string | undefined {
  const first = Array.isArray(format) ? format[0] : format;
  return typeof first === 'string' ? IANA.exec(first)?.[1] : undefined;
}
