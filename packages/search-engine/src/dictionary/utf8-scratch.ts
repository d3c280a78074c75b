import { MAX_ENTRY_BYTES } from './byte-arena.ts';

/** Where {@link encodeToScratch} leaves its bytes; they stand until the next call. */
export const SCRATCH: Buffer = Buffer.alloc(MAX_ENTRY_BYTES * 3 + 3);

/** The same bytes. */
export const SCRATCH_VIEW: DataView = new DataView(SCRATCH.buffer, SCRATCH.byteOffset, SCRATCH.byteLength);

/** A longer text is encoded faster by the buffer itself than by a loop. */
const SHORT_TEXT = 24;

/** Encodes `text` as UTF-8 into {@link SCRATCH} and returns the number of bytes; a text that is too long for an entry gives more than MAX_ENTRY_BYTES. */
export function encodeToScratch(text: string): number {
  const { length } = text;
  if (length > MAX_ENTRY_BYTES) return length;
  if (length > SHORT_TEXT) return SCRATCH.write(text, 0, 'utf8');
  for (let i = 0; i < length; i++) {
    const unit = text.charCodeAt(i);
    if (unit > 0x7f) return SCRATCH.write(text, 0, 'utf8');
    SCRATCH[i] = unit;
  }
  return length;
}
