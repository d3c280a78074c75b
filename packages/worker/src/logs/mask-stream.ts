import { SHOWN } from '../run/mask.ts';

/** Replaces values in bytes that come in pieces, a value that is cut by the end of a piece too. */
export interface MaskStream {
  /** What can be shown by now: all but an end in which a value may have begun. */
  push(bytes: Uint8Array): Buffer;
  /** What was held back; nothing comes after it. */
  end(): Buffer;
}

/** Masks the UTF-8 of the values; without any, bytes pass as they are. */
export function createMaskStream(values: readonly string[]): MaskStream {
  // One character for each byte, so that a piece may end anywhere in one.
  const wanted = values
    .filter((value) => value !== '')
    .map((value) => Buffer.from(value).toString('latin1'))
    .sort((a, b) => b.length - a.length);
  const longest = wanted[0]?.length ?? 0;
  let held = '';

  /** Masks from the left, the longest value first; keeps back the end from where a value may go on in the next piece. */
  const take = (text: string, isLast: boolean): Buffer => {
    let shown = '';
    let from = 0;
    let at = 0;
    while (at < text.length && (isLast || !mayGoOn(text, at))) {
      const value = wanted.find((each) => text.startsWith(each, at));
      if (value === undefined) {
        at++;
        continue;
      }
      shown += text.slice(from, at) + SHOWN;
      at += value.length;
      from = at;
    }
    held = text.slice(at);
    return Buffer.from(shown + text.slice(from, at), 'latin1');
  };
  const mayGoOn = (text: string, at: number): boolean => {
    const left = text.length - at;
    return left < longest && wanted.some((value) => value.length > left && value.startsWith(text.slice(at)));
  };
  return {
    push(bytes) {
      const piece = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      return wanted.length === 0 ? piece : take(held + piece.toString('latin1'), false);
    },
    end: () => take(held, true),
  };
}
