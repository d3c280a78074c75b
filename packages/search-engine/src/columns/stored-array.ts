import type { NumberArray } from './number-array.ts';

/** An array that lies in a file until it is first read. Like an array that was handed out, it stands for one content for good. */
export class StoredArray<A extends NumberArray = NumberArray> {
  /** In elements. */
  readonly length: number;
  readonly byteLength: number;
  readonly #load: () => A;
  #array: A | undefined;

  constructor(size: { readonly length: number; readonly byteLength: number }, load: () => A) {
    this.length = size.length;
    this.byteLength = size.byteLength;
    this.#load = load;
  }

  /** The same array each time. What cannot be read is thrown, and is tried again the next time. */
  read(): A {
    this.#array ??= this.#load();
    return this.#array;
  }
}

/** An array that may still lie in a file. */
export type Stored<A extends NumberArray> = A | StoredArray<A>;

export function readStored<A extends NumberArray>(array: Stored<A>): A {
  return array instanceof StoredArray ? array.read() : array;
}
