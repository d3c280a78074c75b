const NUMERIC = 0xfe;
const TEXT = 0xff;
/** Stands before what begins as one of the other two, or as itself. */
const BASE64_ESCAPE = 0xfd;
const BASE64 = /^(?:[\w-]{4})*(?:[\w-][AQgw]|[\w-]{2}[AEIMQUYcgkosw048])?$/;

/** An id as the real product indexes it: digits by two in a byte, base64 as what it stands for, anything else as its UTF-8. */
export function encodedId(id: string): Buffer {
  if (/^[0-9]+$/.test(id))
    return Buffer.concat([Buffer.of(NUMERIC), Buffer.from(id.length % 2 ? `${id}f` : id, 'hex')]);
  if (!BASE64.test(id)) return Buffer.concat([Buffer.of(TEXT), Buffer.from(id)]);
  const bytes = Buffer.from(id, 'base64url');
  return bytes[0]! >= BASE64_ESCAPE ? Buffer.concat([Buffer.of(BASE64_ESCAPE), bytes]) : bytes;
}
