/** The kinds of array that columns are made of. */
export type NumberArray = Uint8Array | Uint16Array | Uint32Array | Float64Array;
