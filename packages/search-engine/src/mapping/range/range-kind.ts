import { Double } from '../../numbers/double.ts';
import { javaDouble } from '../../numbers/java-double.ts';
import { javaFloat } from '../../numbers/java-float.ts';
import { shortestFloat } from '../../numbers/shortest-float.ts';
import { formatIpAddress } from '../field-types/ip-address.ts';
import { valueError } from '../mapping-errors.ts';
import { doubleKey, doubleOfKey, floatKey, floatOfKey, intOfKey, longOfKey } from './number-keys.ts';

/** How many bits a bound's key has. */
export type KeyBits = 32 | 64 | 128;

/** What ranges run over. A bound is held as its key: a whole number from 0 on, of `bits` bits, and keys ascend as the values do. */
export interface RangeKind {
  readonly bits: KeyBits;
  /** The bounds of a range that has none. */
  readonly least: bigint;
  readonly greatest: bigint;
  /** The next key, and the one before: of a bound that does not belong to its range. */
  above(key: bigint): bigint;
  below(key: bigint): bigint;
  /** Whether the first value is greater; zeros of both signs are one value. */
  isGreater(first: bigint, second: bigint): boolean;
  /** As a stored field shows the value. */
  text(key: bigint): string;
  /** As messages and explanations show it: an address has a slash before it. */
  described(key: bigint): string;
  /** As a field of a hit shows the value. */
  shown(key: bigint): number | Double | string;
  /** The value of the key whose words, the highest first, begin at `at`; undefined of addresses, which are no numbers. */
  readonly numberAt: ((words: Uint32Array, at: number) => number) | undefined;
}

const WORD = 2 ** 32;
const SIGN = 2 ** 31;

/** compat: behind the greatest whole number comes the least. */
function wholeNumbers(bits: 32 | 64, ofKey: (key: bigint) => bigint): Omit<RangeKind, 'numberAt'> {
  return {
    bits,
    least: 0n,
    greatest: 2n ** BigInt(bits) - 1n,
    above: (key) => BigInt.asUintN(bits, key + 1n),
    below: (key) => BigInt.asUintN(bits, key - 1n),
    isGreater: (first, second) => first > second,
    text: (key) => String(ofKey(key)),
    described: (key) => String(ofKey(key)),
    shown: (key) => Number(ofKey(key)),
  };
}

export const intKind: RangeKind = {
  ...wholeNumbers(32, intOfKey),
  numberAt: (words, at) => words[at]! - SIGN,
};

/** Whole numbers of 64 bits; instants in milliseconds too. */
export const longKind: RangeKind = {
  ...wholeNumbers(64, longOfKey),
  numberAt: (words, at) => (words[at]! - SIGN) * WORD + words[at + 1]!,
};

function floatingNumbers(
  bits: 32 | 64,
  keyOf: (value: number) => bigint,
  ofKey: (key: bigint) => number,
): Pick<RangeKind, 'bits' | 'least' | 'greatest' | 'above' | 'below' | 'isGreater'> {
  const zero = keyOf(0);
  return {
    bits,
    least: keyOf(Number.NEGATIVE_INFINITY),
    greatest: keyOf(Number.POSITIVE_INFINITY),
    // Both zeros are one value: its neighbours are the least numbers beside it.
    above: (key) => (ofKey(key) === 0 ? zero : key) + 1n,
    below: (key) => (ofKey(key) === 0 ? zero - 1n : key) - 1n,
    isGreater: (first, second) => ofKey(first) > ofKey(second),
  };
}

export const floatKind: RangeKind = {
  ...floatingNumbers(32, floatKey, floatOfKey),
  text: (key) => javaFloat(floatOfKey(key)),
  described: (key) => javaFloat(floatOfKey(key)),
  shown: (key) => new Double(shortestFloat(floatOfKey(key))),
  numberAt: (words, at) => floatOfKey(BigInt(words[at]!)),
};

export const doubleKind: RangeKind = {
  ...floatingNumbers(64, doubleKey, doubleOfKey),
  text: (key) => javaDouble(doubleOfKey(key)),
  described: (key) => javaDouble(doubleOfKey(key)),
  shown: (key) => new Double(doubleOfKey(key)),
  numberAt: (words, at) => doubleOfKey((BigInt(words[at]!) << 32n) | BigInt(words[at + 1]!)),
};

const LAST_ADDRESS = 2n ** 128n - 1n;

function noAddress(flow: string, beyond: string, last: string): Error {
  return valueError(`${flow}: there is no ${beyond} InetAddress than ${last}`, { type: 'arithmetic_exception' });
}

/** Addresses: the key is the address itself, of IPv6 or mapped into it. */
export const ipKind: RangeKind = {
  bits: 128,
  least: 0n,
  greatest: LAST_ADDRESS,
  above(key) {
    if (key === LAST_ADDRESS) throw noAddress('Overflow', 'greater', 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff');
    return key + 1n;
  },
  below(key) {
    if (key === 0n) throw noAddress('Underflow', 'smaller', '0:0:0:0:0:0:0:0');
    return key - 1n;
  },
  isGreater: (first, second) => first > second,
  text: addressText,
  described: (key) => `/${addressText(key)}`,
  shown: addressText,
  numberAt: undefined,
};

function addressText(key: bigint): string {
  return formatIpAddress(key.toString(16).padStart(32, '0'));
}
