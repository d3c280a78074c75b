import { CHUNK_MASK, CHUNK_SHIFT } from '../../columns/doc-set.ts';
import type { NumericChunk, OrdinalChunk, TermDictionary } from '../../columns/doc-values.ts';
import { parseDateFormat } from '../../dates/date-format.ts';
import { parseDateMath } from '../../dates/date-math.ts';
import { calendarRounding, fixedRounding } from '../../dates/rounding.ts';
import { parseTimeZone, UTC } from '../../dates/time-zone.ts';
import { Double } from '../../numbers/double.ts';
import type { QueryValue } from '../../query/query.ts';
import type { CompositeSource } from '../aggregation.ts';
import { aggregationError } from '../aggregation-error.ts';
import type { AggregatedIndex } from '../aggregator.ts';
import {
  type FieldSource,
  indexedValue,
  numericValues,
  ordinalValues,
  type PlanContext,
  resolveField,
} from '../field-source.ts';
import { compareTerms } from './order.ts';

/** A value of a composite key; null stands for a document without one. */
export type KeyPart = string | number | null;

const MAX_KEPT_TERMS = 65_536;
const USE_NAMES = { terms: 'terms', histogram: 'histogram', dateHistogram: 'date_histogram' } as const;

/** One source of a composite aggregation, resolved. */
export class PlannedSource {
  readonly name: string;
  readonly #request: CompositeSource;
  readonly #source: FieldSource;
  readonly #round: (value: number) => number;
  readonly #nowMs: number;

  constructor(request: CompositeSource, context: PlanContext) {
    this.name = request.name;
    this.#request = request;
    this.#nowMs = context.nowMs;
    const numbersOnly = request.type !== 'terms';
    this.#source = resolveField(request, context, { name: USE_NAMES[request.type], numbersOnly });
    this.#round = roundingOf(request);
  }

  /** The values of a document by its number, each of them once. */
  reader(index: AggregatedIndex): (doc: number) => readonly KeyPart[] {
    const none: readonly KeyPart[] = this.#request.missingBucket ? [null] : [];
    const ordinals = ordinalValues(this.#source, index);
    const docValues = ordinals ?? numericValues(this.#source, index);
    if (docValues === undefined) return () => none;
    const shown: (value: number) => KeyPart = ordinals === undefined ? this.#round : termsOf(ordinals.dictionary);
    let current = -1;
    let chunk: NumericChunk | OrdinalChunk | undefined;
    return (doc) => {
      if (doc >>> CHUNK_SHIFT !== current) {
        current = doc >>> CHUNK_SHIFT;
        chunk = docValues.chunk(current);
      }
      if (chunk === undefined) return none;
      const offset = doc & CHUNK_MASK;
      const values = 'ordinals' in chunk ? chunk.ordinals : chunk.values;
      if (chunk.single) {
        const value = values[offset]!;
        const isMissing = ordinals === undefined ? Number.isNaN(value) : value === 0;
        return isMissing ? none : [shown(value)];
      }
      const start = chunk.starts[offset]!;
      const count = chunk.counts[offset]!;
      if (count === 0) return none;
      return [...new Set(Array.from(values.subarray(start, start + count), shown))];
    };
  }

  compare(a: KeyPart, b: KeyPart): number {
    const sign = this.#request.direction === 'asc' ? 1 : -1;
    if (a === null || b === null) return sign * (Number(b === null) - Number(a === null));
    if (typeof a === 'number' && typeof b === 'number') return sign * (a - b);
    return sign * compareTerms(String(a), String(b));
  }

  /** The value as a key shows it, and as it comes back in `after`. */
  show(part: KeyPart): string | number | Double | boolean | null {
    if (part === null) return null;
    if (this.#source.kind === 'boolean') return part === 1;
    const { formatter, kind } = this.#source;
    const isFormatted = kind === 'string' || this.#request.format !== undefined;
    if (isFormatted && formatter !== undefined) return formatter(part);
    const isDouble = kind === 'double' || this.#request.type === 'histogram';
    return isDouble && typeof part === 'number' ? new Double(part) : part;
  }

  /** A value of `after` as documents have it. */
  parse(value: QueryValue | null): KeyPart {
    if (value === null) {
      if (this.#request.missingBucket) return null;
      throw aggregationError(`Invalid value for [after.${this.name}], expected comparable, got [null]`);
    }
    const { type } = this.#source;
    if (type?.form === 'string' && typeof value !== 'string') {
      throw aggregationError(`invalid value, expected string, got ${javaNameOf(value)}`);
    }
    if (typeof value === 'number') return value;
    if (type === undefined) return String(value);
    const { format } = this.#request;
    if (this.#source.kind === 'date' && format !== undefined) return this.#parseDate(String(value), format);
    const parsed = indexedValue(type, value, this.#nowMs);
    if (parsed !== undefined) return parsed;
    throw aggregationError(`Invalid value for [after.${this.name}]: [${String(value)}]`);
  }

  #parseDate(text: string, format: string): number {
    const request = this.#request;
    const zone = 'timeZone' in request && request.timeZone !== undefined ? parseTimeZone(request.timeZone) : undefined;
    return parseDateMath(text, parseDateFormat(format), { nowMs: this.#nowMs, roundUp: false, timeZone: zone });
  }
}

/** Terms by their ordinals; those of a small dictionary are decoded once. */
function termsOf(dictionary: TermDictionary): (ordinal: number) => string {
  if (dictionary.size > MAX_KEPT_TERMS) return (ordinal) => dictionary.term(ordinal);
  const terms: string[] = [];
  return (ordinal) => (terms[ordinal] ??= dictionary.term(ordinal));
}

function javaNameOf(value: number | boolean): string {
  if (typeof value === 'boolean') return 'Boolean';
  return Number.isInteger(value) ? 'Integer' : 'Double';
}

function roundingOf(request: CompositeSource): (value: number) => number {
  if (request.type === 'terms') return (value) => value;
  if (request.type === 'histogram') {
    const { interval } = request;
    return (value) => Math.floor(value / interval) * interval;
  }
  const { calendarInterval, fixedIntervalMs = 1, timeZone, offsetMs } = request;
  const zone = timeZone === undefined ? UTC : parseTimeZone(timeZone);
  const rounding =
    calendarInterval === undefined
      ? fixedRounding(fixedIntervalMs, zone, offsetMs)
      : calendarRounding(calendarInterval, zone, offsetMs);
  return rounding.start;
}
