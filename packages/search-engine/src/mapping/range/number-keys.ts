/** The keys of numbers, as a `RangeKind` has them. */

const SIGN_32 = 2n ** 31n;
const SIGN_64 = 2n ** 63n;
const view = new DataView(new ArrayBuffer(8));

/** Of a whole number of 32 bits. */
export function intKey(value: bigint): bigint {
  return value + SIGN_32;
}

export function intOfKey(key: bigint): bigint {
  return key - SIGN_32;
}

/** Of a whole number of 64 bits. */
export function longKey(value: bigint): bigint {
  return value + SIGN_64;
}

export function longOfKey(key: bigint): bigint {
  return key - SIGN_64;
}

/** Of a 32-bit float: its bits, all of them turned over where it is negative. Minus zero comes right before zero. */
export function floatKey(value: number): bigint {
  view.setFloat32(0, value);
  const bits = BigInt(view.getUint32(0));
  return bits < SIGN_32 ? bits + SIGN_32 : 2n * SIGN_32 - 1n - bits;
}

export function floatOfKey(key: bigint): number {
  view.setUint32(0, Number(key < SIGN_32 ? 2n * SIGN_32 - 1n - key : key - SIGN_32));
  return view.getFloat32(0);
}

/** Of a double, as {@link floatKey}. */
export function doubleKey(value: number): bigint {
  view.setFloat64(0, value);
  const bits = view.getBigUint64(0);
  return bits < SIGN_64 ? bits + SIGN_64 : 2n * SIGN_64 - 1n - bits;
}

export function doubleOfKey(key: bigint): number {
  view.setBigUint64(0, key < SIGN_64 ? 2n * SIGN_64 - 1n - key : key - SIGN_64);
  return view.getFloat64(0);
}
