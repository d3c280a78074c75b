import { DaybookError } from '@daybook/errors';
import { entries, isObject, shortId } from './cwl-document.ts';
import { alternatives, type CwlType, type PrimitiveKind, type RecordField } from './cwl-type.ts';
import { documentation } from './documentation.ts';
import type { JsonObject, JsonValue } from './json.ts';
import type { NamedTypes } from './named-types.ts';

const PRIMITIVES: Readonly<Record<string, PrimitiveKind>> = {
  null: 'null',
  boolean: 'boolean',
  int: 'int',
  long: 'long',
  float: 'float',
  double: 'double',
  string: 'string',
  File: 'File',
  Directory: 'Directory',
  Any: 'Any',
  stdin: 'File',
  stdout: 'File',
  stderr: 'File',
};

/** Named types may name each other; deeper than this they go round in a circle. */
const MAX_DEPTH = 16;

/**
 * Reads a CWL type as a document has it: a name, `T?`, `T[]`, a union as an array, or an array, enum or record type.
 * Throws `invalid-argument` at a type that CWL does not know.
 */
export function parseType(value: JsonValue | undefined, named: NamedTypes, depth = 0): CwlType {
  if (depth > MAX_DEPTH) throw new DaybookError('invalid-argument', `a type is nested deeper than ${MAX_DEPTH} levels`);
  if (typeof value === 'string') return parseName(value, named, depth);
  if (Array.isArray(value)) return union(value.map((member: JsonValue) => parseType(member, named, depth + 1)));
  if (isObject(value)) return parseSchema(value, named, depth);
  throw unknownType(value);
}

function parseName(name: string, named: NamedTypes, depth: number): CwlType {
  if (name.endsWith('?')) return union([{ kind: 'null' }, parseName(name.slice(0, -1), named, depth + 1)]);
  if (name.endsWith('[]')) return { kind: 'array', items: parseName(name.slice(0, -2), named, depth + 1) };
  const kind = PRIMITIVES[name.replace(/^(cwl:|xsd:|https:\/\/w3id\.org\/cwl\/(cwl|salad)#)/, '')];
  if (kind !== undefined) return { kind };
  const schema = named.find(name);
  if (schema === undefined) throw unknownType(name);
  return parseSchema(schema, named, depth + 1);
}

function parseSchema(schema: JsonObject, named: NamedTypes, depth: number): CwlType {
  if (typeof schema.$import === 'string') return parseName(schema.$import, named, depth + 1);
  switch (schema.type) {
    case 'array':
      return { kind: 'array', items: parseType(schema.items, named, depth + 1) };
    case 'enum':
      return { kind: 'enum', symbols: symbols(schema) };
    case 'record':
      return {
        kind: 'record',
        fields: entries(schema.fields, 'name', 'type').map((field) => parseField(field, named, depth)),
      };
    default:
      return parseType(schema.type, named, depth + 1);
  }
}

function symbols(schema: JsonObject): readonly string[] {
  const found = Array.isArray(schema.symbols) ? schema.symbols : [];
  return found.filter((symbol) => typeof symbol === 'string').map(shortId);
}

function parseField(field: JsonObject, named: NamedTypes, depth: number): RecordField {
  const doc = documentation(field.doc) ?? documentation(field.label);
  return {
    name: shortId(String(field.name)),
    type: parseType(field.type, named, depth + 1),
    ...(doc !== undefined && { doc }),
  };
}

function union(types: readonly CwlType[]): CwlType {
  const members = types.flatMap(alternatives);
  return members.length === 1 ? members[0]! : { kind: 'union', members };
}

function unknownType(value: JsonValue | undefined): DaybookError {
  return new DaybookError(
    'invalid-argument',
    `type: ${JSON.stringify(value)} is no type that CWL or the document knows`,
  );
}
