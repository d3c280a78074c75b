import { isNumber, sameValue, textOf, type Value } from './values.ts';

/** Applies an operator of two operands that are both evaluated; undefined where the operands do not fit it. */
export function applyOperator(operator: string, left: Value, right: Value): Value | undefined {
  if (operator === '==') return sameValue(left, right);
  if (operator === '!=') return !sameValue(left, right);
  if (operator === '+' && (typeof left === 'string' || typeof right === 'string')) return textOf(left) + textOf(right);
  if (!isNumber(left) || !isNumber(right)) return undefined;
  if (typeof left === 'bigint' && typeof right === 'bigint') return ofWholes(operator, left, right);
  return ofDoubles(operator, Number(left), Number(right));
}

function ofWholes(operator: string, left: bigint, right: bigint): Value | undefined {
  if ((operator === '/' || operator === '%') && right === 0n) return undefined;
  switch (operator) {
    case '+':
      return BigInt.asIntN(64, left + right);
    case '-':
      return BigInt.asIntN(64, left - right);
    case '*':
      return BigInt.asIntN(64, left * right);
    case '/':
      return left / right;
    case '%':
      return left % right;
    default:
      return compare(operator, left, right);
  }
}

function ofDoubles(operator: string, left: number, right: number): Value | undefined {
  switch (operator) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '/':
      return left / right;
    case '%':
      return left % right;
    default:
      return compare(operator, left, right);
  }
}

function compare<T extends number | bigint>(operator: string, left: T, right: T): boolean | undefined {
  switch (operator) {
    case '<':
      return left < right;
    case '<=':
      return left <= right;
    case '>':
      return left > right;
    case '>=':
      return left >= right;
    default:
      return undefined;
  }
}
