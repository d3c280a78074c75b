/** Media types of CWL documents in deploy requests (OGC API – Processes Part 2, requirements class CWL). */
export const CWL_MEDIA_TYPES: readonly string[] = ['application/cwl', 'application/cwl+json', 'application/cwl+yaml'];

/** What a document without a URL of its own resolves relative references against: a host that cannot exist (RFC 2606). */
export const INLINE_BASE_URL = 'http://inline.invalid/process.cwl';

/** Whether `mediaType`, which may have parameters, is one of CWL. */
export function isCwlMediaType(mediaType: string): boolean {
  return CWL_MEDIA_TYPES.includes(mediaType.replace(/;.*$/, '').trim().toLowerCase());
}
