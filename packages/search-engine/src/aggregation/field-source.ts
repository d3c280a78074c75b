import type { NumericDocValues, OrdinalDocValues, RangeDocValues } from '../columns/doc-values.ts';
import type { FieldType, ValueFormatter } from '../mapping/field-type.ts';
import type { IndexedValue } from '../mapping/field-values.ts';
import { parseMapping } from '../mapping/parse-mapping.ts';
import type { QueryValue } from '../query/query.ts';
import { withoutDocValues } from '../sort/unsortable.ts';
import { aggregationError } from './aggregation-error.ts';
import type { SearchedIndex } from './aggregator.ts';
import { decimalFormatter } from './decimal-format.ts';
import type { UnmappedType } from './unmapped-type.ts';

/** What the values of a field are to an aggregation. */
type ValueKind = 'string' | 'long' | 'double' | 'date' | 'boolean' | 'unmapped';

/** The field of an aggregation, over all indices of the search. */
export interface FieldSource {
  readonly name: string;
  readonly kind: ValueKind;
  /** The field of the first index that maps it. */
  readonly type: FieldType | undefined;
  /** How values are written besides themselves; undefined where they are not. */
  readonly formatter: ValueFormatter | undefined;
  /** What stands for a document without a value, in the column's form. */
  readonly missing: IndexedValue | undefined;
}

interface FieldRequest {
  readonly field: string;
  readonly missing?: QueryValue;
  readonly format?: string;
  readonly timeZone?: string;
  readonly valueType?: UnmappedType;
}

/** What resolving a field needs to know of the search. */
export interface PlanContext {
  readonly indices: readonly SearchedIndex[];
  readonly nowMs: number;
  readonly maxBuckets: number;
}

/** What an aggregation takes; `unmappedType` is what it takes an unmapped field for where the request does not say. */
interface FieldUse {
  readonly name: string;
  readonly numbersOnly: boolean;
  /** Dates and booleans are no numbers to it. */
  readonly plainNumbersOnly?: boolean;
  /** Whether it takes ranges too. */
  readonly takesRanges?: boolean;
  readonly unmappedType?: UnmappedType;
}

/** Resolves the field of an aggregation of that wire type. Throws `invalid-argument` where the field cannot be aggregated, or not by it. */
export function resolveField(request: FieldRequest, context: PlanContext, aggregation: FieldUse): FieldSource {
  const types = context.indices.flatMap(({ mapping }) => mapping.field(request.field) ?? []);
  for (const type of types) checkField(type, aggregation);
  if (types.some(({ range }) => range !== undefined)) checkRanges(types, request);
  const { valueType = aggregation.unmappedType } = request;
  const isMetaField = request.field === '_id' || request.field === '_index';
  const type = types[0] ?? (valueType === undefined || isMetaField ? undefined : typeOfUnmapped(valueType));
  if (type === undefined) {
    const kind = isMetaField ? 'string' : kindOfMissing(request.missing);
    return {
      name: request.field,
      kind,
      type,
      formatter: plainFormatter(request.format),
      missing: plain(request.missing),
    };
  }
  return {
    name: request.field,
    kind:
      types.length === 0 && request.missing === undefined
        ? 'unmapped'
        : commonKind(types.length === 0 ? [type] : types),
    type,
    formatter: type.formatter(request.format, request.timeZone),
    missing: missingValue(type, request, context.nowMs),
  };
}

/** What stands for a missing value; a date is read as the aggregation shows dates. */
function missingValue(
  type: FieldType,
  { missing, format, timeZone }: FieldRequest,
  nowMs: number,
): IndexedValue | undefined {
  if (missing === undefined) return undefined;
  if (type.type !== 'date' && type.type !== 'date_nanos') return indexedValue(type, missing, nowMs);
  const form = { ...(format !== undefined && { format }), ...(timeZone !== undefined && { timeZone }) };
  const condition = type.rangeCondition({ type: 'range', field: type.path, gte: missing, ...form }, { nowMs });
  return condition.type === 'range' ? condition.lower : undefined;
}

function typeOfUnmapped(type: UnmappedType): FieldType | undefined {
  return parseMapping({ properties: { unmapped: { type } } }).field('unmapped');
}

function checkField(type: FieldType, use: FieldUse): void {
  const { name, numbersOnly, plainNumbersOnly = false, takesRanges = false } = use;
  if (type.form === 'text' && !type.docValues) {
    throw aggregationError(
      'Text fields are not optimised for operations that require per-document field data like aggregations and sorting, so these ' +
        `operations are disabled by default. Please use a keyword field instead. Alternatively, set fielddata=true on [${type.path}] in ` +
        'order to load field data by uninverting the inverted index. Note that this can use significant memory.',
    );
  }
  if (!type.docValues) {
    throw aggregationError(withoutDocValues(type));
  }
  if (type.range !== undefined && takesRanges) return;
  const isPlain = type.type !== 'boolean' && type.type !== 'date' && type.type !== 'date_nanos';
  if (type.range !== undefined || (numbersOnly && type.form !== 'number') || (plainNumbersOnly && !isPlain)) {
    throw aggregationError(`Field [${type.path}] of type [${type.type}] is not supported for aggregation [${name}]`);
  }
}

function checkRanges(types: readonly FieldType[], { field, missing, format }: FieldRequest): void {
  const [first] = types;
  if (types.some(({ type }) => type !== first?.type)) throw differentTypes(field);
  if (missing !== undefined) {
    throw aggregationError(
      "Can't apply missing values on a class org.elasticsearch.search.aggregations.support.ValuesSource$Range",
    );
  }
  if (format !== undefined && first?.type !== 'date_range') {
    throw aggregationError(`Field [${field}] of type [${first?.type}] does not support custom formats`);
  }
}

function kindOf(type: FieldType): ValueKind {
  switch (type.type) {
    case 'long':
    case 'integer':
    case 'short':
    case 'byte':
      return 'long';
    case 'double':
    case 'float':
    case 'half_float':
    case 'scaled_float':
    case 'integer_range':
    case 'long_range':
    case 'float_range':
    case 'double_range':
      return 'double';
    case 'date':
    case 'date_nanos':
    case 'date_range':
      return 'date';
    case 'boolean':
      return 'boolean';
    default:
      return 'string';
  }
}

function commonKind(types: readonly FieldType[]): ValueKind {
  const kinds = new Set(types.map(kindOf));
  const [first] = kinds;
  if (kinds.size <= 1) return first ?? 'unmapped';
  if (!kinds.has('string')) return 'double';
  throw differentTypes(types[0]!.path);
}

function differentTypes(path: string): Error {
  return aggregationError(
    `the field [${path}] you gave in the aggregation query existed as two different types in two different indices`,
    'aggregation_execution_exception',
  );
}

function kindOfMissing(missing: QueryValue | undefined): ValueKind {
  if (missing === undefined) return 'unmapped';
  if (typeof missing === 'number') return Number.isInteger(missing) ? 'long' : 'double';
  return typeof missing === 'boolean' ? 'boolean' : 'string';
}

function plain(value: QueryValue | undefined): IndexedValue | undefined {
  return typeof value === 'boolean' ? Number(value) : value;
}

function plainFormatter(format: string | undefined): ValueFormatter | undefined {
  return format === undefined || /[a-zA-Z]/.test(format) ? undefined : decimalFormatter(format);
}

/** A value of the request in the form of the field's column; undefined when nothing there can equal it. Of dates: the first instant that it names. */
export function indexedValue(type: FieldType, value: QueryValue, nowMs: number): IndexedValue | undefined {
  const condition = type.termCondition(value, { nowMs });
  const prefix = type.columnPrefix.length;
  if (condition.type === 'range') return condition.lower;
  if (condition.type !== 'term') return undefined;
  return typeof condition.value === 'string' ? condition.value.slice(prefix) : condition.value;
}

/** The field's numbers in one index; undefined where it has none. */
export function numericValues(source: FieldSource, { reader }: SearchedIndex): NumericDocValues | undefined {
  const docValues = reader.docValues(source.name);
  return docValues?.type === 'numeric' ? docValues : undefined;
}

/** The field's terms in one index; undefined where it has none. */
export function ordinalValues(source: FieldSource, { reader }: SearchedIndex): OrdinalDocValues | undefined {
  const docValues = reader.docValues(source.name);
  return docValues?.type === 'ordinal' ? docValues : undefined;
}

/** The field's ranges in one index; undefined where it has none. */
export function rangeValues(source: FieldSource, { reader }: SearchedIndex): RangeDocValues | undefined {
  const docValues = reader.docValues(source.name);
  return docValues?.type === 'range' ? docValues : undefined;
}
