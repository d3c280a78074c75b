/** The kinds of array that columns are made of. */
export type NumberArray = Uint8Array | Uint16Array | Uint32Array | Float64Array;

/** Which arrays hold the numbers of a column. */
export interface NumberKind<A extends NumberArray> {
  /** An array of zeros that can hold the number. */
  make(length: number, number: number): A;
  /** Whether the array can hold the number; if not, all are copied to one that can. */
  fits(array: A, number: number): boolean;
}

export const UINT32: NumberKind<Uint32Array> = {
  make: (length) => new Uint32Array(length),
  fits: () => true,
};

/** By bytes of an element: the first whole number that it cannot hold. */
const BOUNDS: readonly number[] = [0, 2 ** 8, 2 ** 16, 0, 2 ** 32, 0, 0, 0, Number.POSITIVE_INFINITY];

/** Whole numbers from 0, in arrays as narrow as they allow. */
export const WHOLE_NUMBERS: NumberKind<NumberArray> = {
  make(length, number) {
    if (number < BOUNDS[1]!) return new Uint8Array(length);
    if (number < BOUNDS[2]!) return new Uint16Array(length);
    return number < BOUNDS[4]! ? new Uint32Array(length) : new Float64Array(length);
  },
  fits: (array, number) => number < BOUNDS[array.BYTES_PER_ELEMENT]!,
};

/** A new array of the same width. */
export function makeLike<A extends NumberArray>(array: A, length: number): A {
  return new (array.constructor as new (length: number) => A)(length);
}
