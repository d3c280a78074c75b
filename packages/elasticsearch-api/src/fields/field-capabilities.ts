import { TimeSlice } from '@daybook/search-engine';
import { type MappedField, mappedFields } from '../indices/mapped-fields.ts';
import { isJsonObject, type JsonObject } from '../json/json.ts';

/** What a field of one type can do in the indices that have it so. */
export interface FieldCapability {
  readonly type: string;
  readonly indices: readonly string[];
  /** In all of these indices. */
  readonly searchable: boolean;
  readonly aggregatable: boolean;
  readonly nonSearchable: readonly string[];
  readonly nonAggregatable: readonly string[];
  /** Of the mappings: name → every value that it has. */
  readonly meta: ReadonlyMap<string, ReadonlySet<string>>;
}

/** An index by its name and mappings. */
export interface IndexFields {
  readonly name: string;
  readonly mappings: JsonObject;
}

/** Fields of the metadata, which every index has: name → whether they can be searched and aggregated. */
const METADATA_FIELDS: readonly (readonly [string, boolean, boolean])[] = [
  ['_feature', false, false],
  ['_field_names', true, false],
  ['_id', true, true],
  ['_ignored', true, false],
  ['_index', true, true],
  ['_routing', true, false],
  ['_seq_no', true, true],
  ['_source', false, false],
  ['_type', true, true],
  ['_version', false, false],
];

/** What an index says of one field. */
interface FieldOfIndex {
  readonly index: string;
  readonly type: string;
  readonly searchable: boolean;
  readonly aggregatable: boolean;
  readonly meta: unknown;
}

/**
 * The wanted fields, each with its types. With `withUnmapped`, the indices that lack a field are a type of their own. Many indices are looked at in
 * slices between which other work runs.
 */
export async function fieldCapabilities(
  indices: readonly IndexFields[],
  isWanted: (name: string) => boolean,
  withUnmapped: boolean,
): Promise<ReadonlyMap<string, readonly FieldCapability[]>> {
  const slice = new TimeSlice();
  const found = new Map<string, FieldOfIndex[]>();
  for (const index of indices) {
    if (slice.isOver) await slice.next();
    for (const [name, field] of fieldsOf(index)) {
      if (isWanted(name)) append(found, name, field);
    }
  }
  const names = indices.map(({ name }) => name);
  const capabilities = new Map<string, readonly FieldCapability[]>();
  for (const [name, fields] of found) {
    if (slice.isOver) await slice.next();
    capabilities.set(name, byType(withUnmapped ? [...fields, ...unmappedIn(names, fields)] : fields));
  }
  return capabilities;
}

function byType(fields: readonly FieldOfIndex[]): readonly FieldCapability[] {
  const types = new Map<string, FieldOfIndex[]>();
  for (const field of fields) append(types, field.type, field);
  return [...types].map(([type, ofType]) => merge(type, ofType));
}

function append(groups: Map<string, FieldOfIndex[]>, name: string, field: FieldOfIndex): void {
  const group = groups.get(name);
  if (group === undefined) groups.set(name, [field]);
  else group.push(field);
}

function* fieldsOf(index: IndexFields): Generator<readonly [string, FieldOfIndex]> {
  const fields = mappedFields(index.mappings);
  const byPath = new Map(fields.map((field) => [field.path, field]));
  for (const field of fields) {
    const target = field.type === 'alias' ? byPath.get(String(field.definition.path)) : field;
    if (target !== undefined) yield [field.path, fieldOf(index.name, target)];
  }
  for (const [name, searchable, aggregatable] of METADATA_FIELDS) {
    yield [name, { index: index.name, type: name, searchable, aggregatable, meta: undefined }];
  }
}

function fieldOf(index: string, { type, definition }: MappedField): FieldOfIndex {
  const isLeaf = type !== 'object';
  const hasColumn = type !== 'text' && definition.doc_values !== false;
  return {
    index,
    type,
    searchable: isLeaf && definition.index !== false,
    aggregatable: isLeaf && (hasColumn || definition.fielddata === true),
    meta: definition.meta,
  };
}

function unmappedIn(names: readonly string[], fields: readonly FieldOfIndex[]): readonly FieldOfIndex[] {
  const mapped = new Set(fields.map(({ index }) => index));
  return names
    .filter((name) => !mapped.has(name))
    .map((index) => ({ index, type: 'unmapped', searchable: false, aggregatable: false, meta: undefined }));
}

function merge(type: string, fields: readonly FieldOfIndex[]): FieldCapability {
  const nonSearchable = fields.filter(({ searchable }) => !searchable).map(({ index }) => index);
  const nonAggregatable = fields.filter(({ aggregatable }) => !aggregatable).map(({ index }) => index);
  const meta = new Map<string, Set<string>>();
  for (const field of fields) {
    if (!isJsonObject(field.meta)) continue;
    for (const [name, value] of Object.entries(field.meta)) {
      meta.set(name, (meta.get(name) ?? new Set()).add(String(value)));
    }
  }
  return {
    type,
    indices: fields.map(({ index }) => index),
    searchable: nonSearchable.length === 0,
    aggregatable: nonAggregatable.length === 0,
    nonSearchable,
    nonAggregatable,
    meta,
  };
}
