import type { SortKey } from '@daybook/search-engine';
import { contentParseError, illegalArgument, unsupported } from '../errors/errors.ts';
import { showValue } from '../errors/show-value.ts';
import { defined, isJsonObject, type JsonObject } from '../json/json.ts';
import { readContent } from './read-content.ts';

const numericTypes: readonly NonNullable<SortKey['numericType']>[] = ['long', 'double', 'date', 'date_nanos'];
const modes: readonly NonNullable<SortKey['mode']>[] = ['min', 'max', 'sum', 'avg', 'median'];

/** Reads `sort` of a body: a field, an object of fields (each key counts, in order), or a list of either. */
export function parseSort(value: unknown): readonly SortKey[] {
  return (Array.isArray(value) ? value : [value]).flatMap((element: unknown) => {
    if (typeof element === 'string') return [sortKey(element, {})];
    if (!isJsonObject(element)) {
      throw illegalArgument('malformed sort format, within the sort array, an object, or an actual string are allowed');
    }
    return Object.entries(element).map(([field, options]) =>
      sortKey(field, isJsonObject(options) ? options : defined({ order: checkedOrder(options) })),
    );
  });
}

/** compat: the direction alone is refused in other words than one among options. */
function checkedOrder(order: unknown): unknown {
  if (order === null) return undefined;
  if (/^(?:asc|desc)$/i.test(String(order))) return order;
  throw illegalArgument(`No enum constant org.elasticsearch.search.sort.SortOrder.${String(order).toUpperCase()}`);
}

/** Reads `sort=field:desc,other` of a query string. compat: a field with any other direction is passed over. */
export function parseSortParameter(list: readonly string[]): readonly SortKey[] {
  return list.flatMap((element) => {
    const colon = element.lastIndexOf(':');
    if (colon < 0) return [sortKey(element, {})];
    const order = element.slice(colon + 1);
    return order === 'asc' || order === 'desc' ? [sortKey(element.slice(0, colon), { order })] : [];
  });
}

function sortKey(field: string, given: JsonObject): SortKey {
  if (field === '_script' || field === '_geo_distance') throw unsupported(`sort by [${field}]`);
  const kinds = {
    order: 'string',
    missing: 'value',
    mode: 'string',
    format: 'string',
    unmapped_type: 'string',
    numeric_type: 'string',
    nested: 'any',
    nested_path: 'any',
  } as const;
  const options = readContent('field_sort', given, kinds);
  if (options.nested !== undefined || options.nested_path !== undefined) throw unsupported('sort by [nested] fields');
  const { missing } = options;
  return defined({
    field,
    direction: parseDirection(options.order) ?? (field === '_score' ? 'desc' : 'asc'),
    missing: typeof missing === 'boolean' ? String(missing) : missing,
    mode: parseMode(options.mode),
    format: options.format,
    numericType: parseNumericType(options.numeric_type),
    unmappedType: options.unmapped_type,
  });
}

function parseDirection(order: string | undefined): 'asc' | 'desc' | undefined {
  const lower = order?.toLowerCase();
  if (lower === undefined || lower === 'asc' || lower === 'desc') return lower;
  throw badField('order', `No enum constant org.elasticsearch.search.sort.SortOrder.${order?.toUpperCase()}`);
}

function parseNumericType(name: string | undefined): SortKey['numericType'] {
  const type = numericTypes.find((candidate) => candidate === name?.toLowerCase());
  if (name === undefined || type !== undefined) return type;
  const message = `invalid value for [numeric_type], must be [long, double, date, date_nanos], got ${name}`;
  throw badField('numeric_type', message);
}

function parseMode(name: string | undefined): SortKey['mode'] {
  const mode = modes.find((candidate) => candidate === name?.toLowerCase());
  if (name !== undefined && mode === undefined) throw badField('mode', `Unknown SortMode [${showValue(name)}]`);
  return mode;
}

function badField(field: string, message: string): Error {
  return contentParseError(`[field_sort] failed to parse field [${field}]`, illegalArgument(message));
}
