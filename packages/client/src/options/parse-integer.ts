import { usageError } from './usage-error.ts';

/** A parser of whole numbers from `min` to `max` for the option `name`; throws `invalid-argument`. */
export function integerOption(name: string, min: number, max: number): (text: string) => number {
  return (text) => {
    const number = /^\d+$/.test(text) ? Number(text) : Number.NaN;
    if (number >= min && number <= max) return number;
    throw usageError(`${name}: expected a whole number from ${min} to ${max}, found ${JSON.stringify(text)}`);
  };
}

/** Gathers the values of an option that may be repeated. */
export function repeated(value: string, earlier: readonly string[] = []): readonly string[] {
  return [...earlier, value];
}
