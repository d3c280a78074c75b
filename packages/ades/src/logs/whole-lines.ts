const LINE_FEED = 0x0a;

/**
 * How many bytes of a chunk make whole lines; 0 where it has no line end yet. A chunk that `isFull` without one is cut before a character that may
 * go on behind it.
 */
export function wholeLines(chunk: Uint8Array, isFull: boolean): number {
  const lines = chunk.lastIndexOf(LINE_FEED) + 1;
  return lines === 0 && isFull ? wholeCharacters(chunk) : lines;
}

function wholeCharacters(chunk: Uint8Array): number {
  // UTF-8: a character's first byte is no 10xxxxxx, and three more follow at most.
  for (let length = 1; length <= Math.min(4, chunk.length); length += 1) {
    const byte = chunk[chunk.length - length] ?? 0;
    if (byte < 0x80) return chunk.length;
    if (byte >= 0xc0) return chunk.length - length || chunk.length;
  }
  return chunk.length;
}
