import type { BytesInBlock } from '../../dictionary/byte-arena.ts';

/** Shorter pieces stand in too many terms by chance. */
const PIECE_BYTES = [3, 2];
const MAX_BYTES_OF_CHARACTER = 4;
const ASCII = /^[\x20-\x7e]*$/;

/**
 * A test that every term within `maxEdits` of `word` passes, and hardly any other: an edit touches two pieces of the word at most, and all others are in the
 * term, no further from where they belong than the edits before them can move them. Undefined for a word that is too short for that, or has
 * characters of several bytes.
 */
export function nearTest(word: string, maxEdits: number): ((term: BytesInBlock) => boolean) | undefined {
  const bytes = Buffer.from(word);
  const maxMissing = 2 * maxEdits;
  const length = PIECE_BYTES.find((size) => Math.floor(bytes.length / size) > maxMissing);
  if (length === undefined || !ASCII.test(word)) return undefined;
  const end = bytes.length - (bytes.length % length);
  return (term) => {
    const growth = term.end - term.start - bytes.length;
    if (growth < -maxEdits || growth > maxEdits * MAX_BYTES_OF_CHARACTER) return false;
    let missing = 0;
    for (let at = 0; at < end && missing <= maxMissing; at += length) {
      const place = term.start + at;
      // What a term has lost is `maxEdits` bytes at most, so what it has won is that much more than its growth at most.
      const isThere = hasPiece(term, place - maxEdits, place + growth + maxEdits, bytes, at, length);
      if (!isThere) missing++;
    }
    return missing <= maxMissing;
  };
}

/** Whether the term has the `length` bytes at `at` of the word, beginning between two of its places, which may be outside. */
function hasPiece(term: BytesInBlock, first: number, last: number, word: Buffer, at: number, length: number): boolean {
  const { block } = term;
  const end = Math.min(last, term.end - length);
  for (let place = Math.max(first, term.start); place <= end; place++) {
    let equal = 0;
    while (equal < length && block[place + equal] === word[at + equal]) equal++;
    if (equal === length) return true;
  }
  return false;
}
