const lineFeed = 0x0a;
const carriageReturn = 0x0d;

/** The lines of a newline-delimited body, without their ends (LF or CRLF). The last line may lack its end. */
export function splitLines(body: Uint8Array): Uint8Array[] {
  const lines: Uint8Array[] = [];
  for (let start = 0; start < body.byteLength; ) {
    const found = body.indexOf(lineFeed, start);
    const end = found < 0 ? body.byteLength : found;
    lines.push(body.subarray(start, end > start && body[end - 1] === carriageReturn ? end - 1 : end));
    start = end + 1;
  }
  return lines;
}
