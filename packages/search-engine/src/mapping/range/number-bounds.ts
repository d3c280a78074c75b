import type { QueryValue } from '../../query/query.ts';
import { floatRange } from '../field-types/floats.ts';
import { integerRange } from '../field-types/integers.ts';
import { javaNameOf, notNumeric, parseDecimal } from '../field-types/number-field.ts';
import { javaText } from '../java-text.ts';
import { valueError } from '../mapping-errors.ts';
import { doubleKey, floatKey, intKey, longKey } from './number-keys.ts';

/** How bounds that are numbers are read. Both throw a `valueError`. */
export interface NumberBounds {
  /** The key of a document's bound. */
  documentKey(value: unknown, coerce: boolean): bigint;
  /** The key of a query's value. */
  queriedKey(value: QueryValue): bigint;
}

const NAMES = { integer: 'an integer', long: 'a long' } as const;
/** The grammar of Java's `BigDecimal`. */
const BIG_DECIMAL = /^([+-]?)(?:(\d+)(?:\.(\d*))?|\.(\d+))(?:[eE]([+-]?\d+))?$/;

/** Whole numbers. Those of 64 bits have every digit of a string; a JSON number has those of a double. */
export function wholeBounds(type: 'integer' | 'long'): NumberBounds {
  const [keyOf, greatest] = type === 'long' ? [longKey, 2n ** 63n - 1n] : [intKey, 2n ** 31n - 1n];
  const { fit } = integerRange(type);
  // The double of the greatest long is one more than it.
  const ofDouble = (number: number): bigint => (number === 2 ** 63 ? greatest : BigInt(Math.trunc(number)));

  /** `shown`: how an error names the number. */
  function ofText(text: string, shown: string): bigint {
    const number = type === 'long' ? Number(text) : parseDecimal(text);
    if (type === 'long' && !BIG_DECIMAL.test(text)) throw valueError(`For input string: "${text}"`);
    const isInReach = number <= Number(greatest) && number >= -Number(greatest) - 1;
    const whole = !isInReach ? undefined : type === 'long' ? wholePart(text) : BigInt(Math.trunc(number));
    if (whole !== undefined && whole <= greatest && whole >= -greatest - 1n) return whole;
    throw valueError(`Value [${shown}] is out of range for ${NAMES[type]}`);
  }

  return {
    documentKey(value, coerce) {
      if (typeof value === 'number') {
        // compat: what is beyond the greatest by a fraction is out of range too.
        fit(value < 0 ? Math.floor(value) : Math.ceil(value), true);
        return keyOf(ofDouble(fit(value, coerce)));
      }
      if (typeof value !== 'string') throw notNumeric(value);
      if (!coerce) throw valueError(`${javaNameOf(type)} value passed as String`);
      return keyOf(ofText(value, value));
    },
    queriedKey(value) {
      // compat: a text is shown by its bytes.
      const shown = typeof value === 'string' ? hexBytes(value) : javaText(value);
      const number = typeof value === 'number' ? value : parseDecimal(String(value));
      const whole = ofText(exactText(value), type === 'long' ? String(value) : shown);
      if (Number.isInteger(number)) return keyOf(whole);
      throw valueError(`Value [${shown}] has a decimal part`);
    },
  };
}

/** Numbers of 32 and 64 bits with a fraction. */
export function floatingBounds(type: 'float' | 'double'): NumberBounds {
  const { fit } = floatRange(type);
  const keyOf = (number: number): bigint => (type === 'float' ? floatKey : doubleKey)(fit(number, true));
  return {
    documentKey(value, coerce) {
      if (typeof value === 'number') return keyOf(value);
      if (typeof value !== 'string') throw notNumeric(value);
      if (!coerce) throw valueError(`${javaNameOf(type)} value passed as String`);
      return keyOf(parseDecimal(value));
    },
    queriedKey: (value) => keyOf(typeof value === 'number' ? value : parseDecimal(String(value))),
  };
}

/** A number's digits without an exponent; the greatest long where it is the double next to that. */
function exactText(value: QueryValue): string {
  if (typeof value !== 'number') return String(value);
  if (value === 2 ** 63) return String(2n ** 63n - 1n);
  return Number.isInteger(value) ? String(BigInt(value)) : String(value);
}

/** What stands before the point of a decimal number of no more than twenty digits there. */
function wholePart(decimal: string): bigint {
  const [, sign, whole = '', fraction = '', onlyFraction = '', exponent = '0'] = BIG_DECIMAL.exec(decimal)!;
  const all = whole + fraction + onlyFraction;
  const digits = all.replace(/^0+/, '');
  const point = whole.length + Number(exponent) - (all.length - digits.length);
  const magnitude = point <= 0 || digits === '' ? 0n : BigInt(digits.slice(0, point).padEnd(point, '0'));
  return sign === '-' ? -magnitude : magnitude;
}

function hexBytes(text: string): string {
  return `[${[...Buffer.from(text)].map((byte) => byte.toString(16)).join(' ')}]`;
}
