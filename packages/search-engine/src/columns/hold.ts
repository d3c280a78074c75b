import type { NumberArray } from './number-array.ts';

/**
 * Somebody reads arrays as they are at one moment, such as a checkpoint that is being written. Until the hold is released, whoever wants to change such an
 * array copies it first. Afterwards it is written in place, but through a new view of its memory: an array object that was ever handed out stands
 * for one content for good, by which a checkpoint knows what it has written before.
 */
export class Hold {
  #isReleased = false;

  get isReleased(): boolean {
    return this.#isReleased;
  }

  release(): void {
    this.#isReleased = true;
  }
}

/** Of arrays that others may read at any time. */
export const FOREVER: Hold = new Hold();

/** Of arrays whose content is known elsewhere, though nobody reads them. */
export const RELEASED: Hold = new Hold();
RELEASED.release();

/** An array object of the same content that may be written, in the same memory or in its own. */
export function renewedArray<A extends NumberArray>(array: A, inPlace: boolean): A {
  return (inPlace ? array.subarray(0) : array.slice()) as A;
}

/** What there is of an array below `end`. */
export function arrayUpTo<A extends NumberArray>(array: A, end: number): A {
  return array.length <= end ? array : (array.subarray(0, end) as A);
}

/** The hold of an array that had `first`, if any, and is held once more. */
export function joinHolds(first: Hold | undefined, second: Hold): Hold {
  return isFree(first) || first === second ? second : FOREVER;
}

/** Whether nobody reads an array that has this hold, or none. */
export function isFree(hold: Hold | undefined): boolean {
  return hold === undefined || hold.isReleased;
}
