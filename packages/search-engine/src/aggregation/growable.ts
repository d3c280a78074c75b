/** The array, or a larger one with the same contents, that has an element at `index`. Doubles, so that a run of calls copies little. */
export function grownFloats(array: Float64Array, index: number): Float64Array {
  if (index < array.length) return array;
  const grown = new Float64Array(Math.max(16, index + 1, array.length * 2));
  grown.set(array);
  return grown;
}

/** As {@link grownFloats}, of whole numbers. */
export function grownIntegers(array: Uint32Array, index: number): Uint32Array {
  if (index < array.length) return array;
  const grown = new Uint32Array(Math.max(16, index + 1, array.length * 2));
  grown.set(array);
  return grown;
}
