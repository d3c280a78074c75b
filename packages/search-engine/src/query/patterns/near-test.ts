import type { BytesInBlock } from '../../dictionary/byte-arena.ts';

/** Shorter pieces are in so many terms that looking for them costs more than it saves. */
const MIN_PIECE_BYTES = 2;
const MAX_BYTES_OF_CHARACTER = 4;
const ASCII = /^[\x20-\x7e]*$/;

/**
 * A test that every term within `maxEdits` of `word` passes, and hardly any other: of so many pieces of the word that edits cannot touch them all, one is in the
 * term where it belongs, or as far from there as the edits before it can move it. Undefined for a word that is too
 * short for that, or has characters of several bytes.
 */
export function nearTest(word: string, maxEdits: number): ((term: BytesInBlock) => boolean) | undefined {
  const bytes = Buffer.from(word);
  // A swap of neighbours may touch two pieces.
  const pieces = 2 * maxEdits + 1;
  const length = Math.floor(bytes.length / pieces);
  if (length < MIN_PIECE_BYTES || !ASCII.test(word)) return undefined;
  const reach = maxEdits * MAX_BYTES_OF_CHARACTER;
  return ({ block, start, end }) => {
    if (Math.abs(end - start - bytes.length) > reach) return false;
    for (let at = 0; at < pieces * length; at += length) {
      const last = Math.min(start + at + reach, end - length);
      for (let place = Math.max(start, start + at - maxEdits); place <= last; place++) {
        let equal = 0;
        while (equal < length && block[place + equal] === bytes[at + equal]) equal++;
        if (equal === length) return true;
      }
    }
    return false;
  };
}
