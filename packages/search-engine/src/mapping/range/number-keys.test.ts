import fc from 'fast-check';
import { expect, test } from 'vitest';
import { doubleKey, doubleOfKey, floatKey, floatOfKey, longKey, longOfKey } from './number-keys.ts';
import { doubleKind, floatKind, intKind, ipKind, longKind } from './range-kind.ts';

const double = fc.double({ noNaN: true });

test('keys of doubles ascend as the doubles do, and are theirs again', () => {
  fc.assert(
    fc.property(double, double, (a, b) => {
      expect(doubleOfKey(doubleKey(a))).toBe(a);
      if (a < b) expect(doubleKey(a) < doubleKey(b)).toBe(true);
      expect(doubleKind.isGreater(doubleKey(a), doubleKey(b))).toBe(a > b);
    }),
  );
});

test('keys of 32-bit floats ascend as the floats do, and are theirs again', () => {
  fc.assert(
    fc.property(fc.float({ noNaN: true }), fc.float({ noNaN: true }), (a, b) => {
      expect(floatOfKey(floatKey(a))).toBe(a);
      if (a < b) expect(floatKey(a) < floatKey(b)).toBe(true);
    }),
  );
});

test.each([
  [doubleKind, doubleKey(1), '1.0000000000000002', '0.9999999999999999'],
  [doubleKind, doubleKey(0), '5.0E-324', '-5.0E-324'],
  [doubleKind, doubleKey(-0), '5.0E-324', '-5.0E-324'],
  [floatKind, floatKey(1), '1.0000001', '0.99999994'],
  [floatKind, floatKey(3.4028234663852886e38), 'Infinity', '3.4028233E38'],
  [longKind, longKey(2n ** 53n), '9007199254740993', '9007199254740991'],
  [intKind, intKind.greatest, '-2147483648', '2147483646'],
  [longKind, longKind.least, '-9223372036854775807', '9223372036854775807'],
  [ipKind, 0xffff_0a00_00ffn, '10.0.1.0', '10.0.0.254'],
])('the neighbours of a bound are the nearest values: %#', (kind, key, above, below) => {
  expect([kind.text(kind.above(key)), kind.text(kind.below(key))]).toEqual([above, below]);
});

test('behind the last address there is none', () => {
  expect(() => ipKind.above(ipKind.greatest)).toThrow('Overflow: there is no greater InetAddress');
  expect(() => ipKind.below(ipKind.least)).toThrow('Underflow: there is no smaller InetAddress');
});

test.each([
  [intKind, 5n - -(2n ** 31n), 5],
  [longKind, longKey(-3n), -3],
  [longKind, longKey(2n ** 40n + 7n), 2 ** 40 + 7],
  [doubleKind, doubleKey(-1.5), -1.5],
  [floatKind, floatKey(0.25), 0.25],
])('words of a key are read as the number: %#', (kind, key, number) => {
  const words = kind.bits === 32 ? [Number(key)] : [Number(key >> 32n), Number(key & 0xffff_ffffn)];
  expect(kind.numberAt?.(Uint32Array.from([9, ...words]), 1)).toBe(number);
  expect(longOfKey(longKey(-1n))).toBe(-1n);
});
