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

  const masked = (text: string): string => wanted.reduce((rest, value) => rest.replaceAll(value, () => SHOWN), text);
  /** The longest end of the text with which a value begins. */
  const unfinished = (text: string): string => {
    for (let length = Math.min(longest - 1, text.length); length > 0; length--) {
      const end = text.slice(-length);
      if (wanted.some((value) => value.startsWith(end))) return end;
    }
    return '';
  };
  return {
    push(bytes) {
      if (wanted.length === 0) return Buffer.from(bytes);
      const text = masked(held + Buffer.from(bytes).toString('latin1'));
      held = unfinished(text);
      return Buffer.from(text.slice(0, text.length - held.length), 'latin1');
    },
    end() {
      const rest = Buffer.from(held, 'latin1');
      held = '';
      return rest;
    },
  };
}
