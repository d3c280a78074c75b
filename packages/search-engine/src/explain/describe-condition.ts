import type { FieldType, FieldTypeName, ValueCondition } from '../mapping/field-type.ts';
import type { IndexedValue } from '../mapping/field-values.ts';
import { nextDouble } from '../query/compile/condition.ts';

/** Least and greatest value of types that are whole numbers in Lucene. */
const WHOLE_NUMBERS: Partial<Record<FieldTypeName, readonly [bigint, bigint]>> = {
  byte: [-(2n ** 31n), 2n ** 31n - 1n],
  short: [-(2n ** 31n), 2n ** 31n - 1n],
  integer: [-(2n ** 31n), 2n ** 31n - 1n],
  long: [-(2n ** 63n), 2n ** 63n - 1n],
  scaled_float: [-(2n ** 63n), 2n ** 63n - 1n],
  date: [-(2n ** 63n), 2n ** 63n - 1n],
  date_nanos: [-(2n ** 63n), 2n ** 63n - 1n],
};

/** What is asked of one field's values, as Lucene writes it. */
export function describeCondition(field: FieldType, condition: ValueCondition): string {
  const { path } = field;
  switch (condition.type) {
    case 'none':
      if (field.range !== undefined) return 'MatchNoDocsQuery("range didn\'t intersect anything")';
      return 'MatchNoDocsQuery("Value is out of range")';
    case 'all':
      return `ConstantScore(DocValuesFieldExistsQuery [field=${path}])`;
    case 'term': {
      if (field.type === 'boolean') return `${path}:${letterOf(condition.value)}`;
      const value = shown(field, condition.value);
      if (field.form !== 'number' && field.type !== 'ip') return `${path}:${value}`;
      return `${path}:[${value} TO ${value}]`;
    }
    case 'relation': {
      const { described } = field.range!.kind;
      return `${path}:<ranges:[${described(condition.lowest)} : ${described(condition.highest)}]>`;
    }
    case 'range':
      return field.form === 'number' && field.type !== 'boolean'
        ? `${path}:${describeNumbers(field, condition)}`
        : `${path}:${describeTerms(field, condition)}`;
  }
}

function describeTerms(field: FieldType, condition: ValueCondition & { type: 'range' }): string {
  const { lower, upper, includeLower, includeUpper } = condition;
  const show = (value: IndexedValue): string => (field.type === 'boolean' ? letterOf(value) : shown(field, value));
  const from = lower === undefined ? '*' : show(lower);
  const to = upper === undefined ? '*' : show(upper);
  return `${includeLower ? '[' : '{'}${from} TO ${to}${includeUpper ? ']' : '}'}`;
}

/** compat: Lucene's ranges of numbers hold both of their ends. */
function describeNumbers(field: FieldType, condition: ValueCondition & { type: 'range' }): string {
  const { lower, upper, includeLower, includeUpper } = condition;
  const limits = WHOLE_NUMBERS[field.type];
  if (limits === undefined) {
    const from = lower === undefined ? '-Infinity' : shown(field, includeLower ? lower : nextDouble(Number(lower)));
    const to = upper === undefined ? 'Infinity' : shown(field, includeUpper ? upper : -nextDouble(-Number(upper)));
    return `[${from} TO ${to}]`;
  }
  const least = includeLower ? Math.ceil(Number(lower)) : Math.floor(Number(lower)) + 1;
  const greatest = includeUpper ? Math.floor(Number(upper)) : Math.ceil(Number(upper)) - 1;
  const from = Number.isFinite(least) ? BigInt(least) : limits[0];
  const to = Number.isFinite(greatest) ? BigInt(greatest) : limits[1];
  return `[${from} TO ${to}]`;
}

function shown(field: FieldType, value: IndexedValue): string {
  if (typeof value === 'string') {
    return field.type === 'ip' ? (field.formatter()?.(value) ?? value) : value.slice(field.columnPrefix.length);
  }
  if (WHOLE_NUMBERS[field.type] !== undefined) return String(value);
  return Number.isInteger(value) ? `${value}.0` : String(value);
}

function letterOf(value: IndexedValue): string {
  return Number(value) === 0 ? 'F' : 'T';
}
