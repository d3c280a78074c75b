import type { FieldValues } from './field-values.ts';
import type { ValueSink } from './leaf-field.ts';
import { valueError } from './mapping-errors.ts';
import type { KeyBits } from './range/range-kind.ts';

/** Lucene's longest term, in bytes of UTF-8. */
const MAX_TERM_BYTES = 32_766;

/** Gathers the values of one document by column. */
export class ValueCollector implements ValueSink {
  readonly values: Map<string, FieldValues> = new Map();
  readonly #ignored = new Set<string>();

  get ignoredPaths(): readonly string[] {
    return [...this.#ignored].sort();
  }

  string(column: string, value: string): void {
    // A UTF-16 unit makes three bytes at most, so short strings need no counting.
    if (value.length * 3 > MAX_TERM_BYTES) refuseImmense(column, value);
    const known = this.values.get(column);
    if (known === undefined) this.values.set(column, { form: 'string', values: [value] });
    else (known.values as string[]).push(value);
  }

  number(column: string, value: number): void {
    // One zero, so that values that compare equal are equal in every way.
    const number = value === 0 ? 0 : value;
    const known = this.values.get(column);
    if (known === undefined) this.values.set(column, { form: 'number', values: [number] });
    else (known.values as number[]).push(number);
  }

  text(column: string, value: string): void {
    const known = this.values.get(column);
    if (known === undefined) this.values.set(column, { form: 'text', values: [value] });
    else (known.values as string[]).push(value);
  }

  range(column: string, bits: KeyBits, lowest: bigint, highest: bigint): void {
    const known = this.values.get(column);
    if (known === undefined) this.values.set(column, { form: 'range', bits, values: [lowest, highest] });
    else (known.values as bigint[]).push(lowest, highest);
  }

  ignored(path: string): void {
    this.#ignored.add(path);
  }
}

/** What marks the error as one of the whole document, to be shown as it is. */
export const IMMENSE_TERM = 'max_bytes_length_exceeded_exception';

function refuseImmense(column: string, value: string): void {
  const bytes = Buffer.from(value);
  if (bytes.length <= MAX_TERM_BYTES) return;
  const tooLong = `bytes can be at most ${MAX_TERM_BYTES} in length; got ${bytes.length}`;
  const prefix = [...new Int8Array(bytes.subarray(0, 30))].join(', ');
  throw valueError(
    `Document contains at least one immense term in field="${column}" (whose UTF8 encoding is longer than the max length ` +
      `${MAX_TERM_BYTES}), all of which were skipped.  Please correct the analyzer to not produce such terms.  The prefix of the first ` +
      `immense term is: '[${prefix}]...', original message: ${tooLong}`,
    { causedBy: { type: IMMENSE_TERM, reason: tooLong } },
  );
}
