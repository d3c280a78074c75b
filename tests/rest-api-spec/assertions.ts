import { inspect, isDeepStrictEqual } from 'node:util';
import { NumberLiteral } from './number-literal.ts';
import { type Stash, unstash } from './stash.ts';
import { valueAt } from './value-at.ts';

type Check = (actual: unknown, expected: unknown) => boolean;

const comparisons: Readonly<Record<string, Check>> = {
  match: matches,
  length: (actual, expected) => lengthOf(actual) === Number(expected),
  gt: (actual, expected) => Number(actual) > Number(expected),
  gte: (actual, expected) => Number(actual) >= Number(expected),
  lt: (actual, expected) => Number(actual) < Number(expected),
  lte: (actual, expected) => Number(actual) <= Number(expected),
  contains: contains,
};

/** Whether a step compares something in the answer. */
export function isAssertion(kind: string): boolean {
  return kind in comparisons || kind === 'is_true' || kind === 'is_false';
}

/** Holds the answer against a step, and says what was found where it does not fit. */
export function assertStep(kind: string, argument: unknown, answer: unknown, stash: Stash): void {
  if (kind === 'is_true' || kind === 'is_false') {
    const actual = valueAt(answer, String(argument ?? ''), stash);
    if (isTrue(actual) !== (kind === 'is_true')) fail(kind, String(argument), actual, undefined);
    return;
  }
  const check = comparisons[kind];
  if (check === undefined) throw new Error(`The step [${kind}] is not understood`);
  for (const [path, wanted] of Object.entries(argument as Record<string, unknown>)) {
    const actual = valueAt(answer, path, stash);
    const expected = unstash(wanted, stash);
    if (!check(actual, expected)) fail(kind, path, actual, expected);
  }
}

function fail(kind: string, path: string, actual: unknown, expected: unknown): never {
  const show = (value: unknown): string => inspect(value, { depth: 8, breakLength: 120 }).slice(0, 2000);
  throw new Error(
    `${kind} [${path}]: expected ${expected === undefined ? kind : show(expected)}, found ${show(actual)}`,
  );
}

function isTrue(value: unknown): boolean {
  return value !== undefined && value !== null && !['', 'false', '0'].includes(String(value).toLowerCase());
}

function lengthOf(value: unknown): number | undefined {
  if (typeof value === 'string' || Array.isArray(value)) return value.length;
  return typeof value === 'object' && value !== null ? Object.keys(value).length : undefined;
}

function matches(actual: unknown, expected: unknown): boolean {
  if (typeof expected === 'string' && /^\s*\/[\s\S]*\/\s*$/.test(expected)) {
    return verboseExpressionOf(expected).test(String(actual));
  }
  return isDeepStrictEqual(plain(actual), plain(expected));
}

function contains(actual: unknown, expected: unknown): boolean {
  if (typeof actual === 'string') return actual.includes(String(expected));
  if (!Array.isArray(actual)) return false;
  return actual.some((item) =>
    typeof expected === 'object' && expected !== null
      ? Object.entries(expected).every(([name, member]) => matches((item as Record<string, unknown>)?.[name], member))
      : matches(item, expected),
  );
}

/** An expression of a `match`, in which blanks and comments do not count. */
function verboseExpressionOf(text: string): RegExp {
  const skipped = (_: string, escaped?: string): string => escaped ?? '';
  return expressionOf(text.trim().replace(/(\\[\s\S])|#[^\n]*|\s+/g, skipped));
}

/**
 * An expression of the suite, between slashes, as the Java it was written for reads it: possessive quantifiers are greedy ones
 * here, and `$` stands before a last line break too.
 */
export function expressionOf(text: string): RegExp {
  const source = text.trim().slice(1, -1);
  return new RegExp(source.replace(/(?<!\\)([*+?}])\+/g, '$1').replace(/\$$/, '\\n?$'));
}

/** Numbers by value, whatever they were written as. */
function plain(value: unknown): unknown {
  if (value instanceof NumberLiteral) return Number(value.text);
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, plain(member)]));
  }
  return value === undefined ? null : value;
}
