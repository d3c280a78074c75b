import { isObject } from './cwl-document.ts';
import { type CwlType, isOptional, type PrimitiveKind, type RecordField } from './cwl-type.ts';
import { expectation } from './expected.ts';
import { bindFile, refuseDirectives } from './file-value.ts';
import type { JsonObject, JsonValue } from './json.ts';
import { Mismatch } from './mismatch.ts';

const INTEGER = /^[+-]?\d+$/;
const NUMBER = /^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?$/;
const INT_LIMIT = 2 ** 31;

/** `exact`: the value must have the type. `lenient`: texts of numbers, and one value for an array of one, are taken as well. */
type Mode = 'exact' | 'lenient';

/**
 * The CWL value that a user's value stands for. What has a type exactly is never taken for another: where a string is allowed, `"5"`
 * stays one. Throws Mismatch; `path` names the value there.
 */
export function bindValue(type: CwlType, value: JsonValue, path: string): JsonValue {
  try {
    return bind(type, value, path, 'exact');
  } catch (error) {
    if (!(error instanceof Mismatch)) throw error;
    return bind(type, value, path, 'lenient');
  }
}

function bind(type: CwlType, value: JsonValue, path: string, mode: Mode): JsonValue {
  switch (type.kind) {
    case 'array':
      return bindArray(type.items, value, path, mode);
    case 'record':
      return bindRecord(type.fields, value, path, mode);
    case 'union':
      return bindUnion(type.members, value, path, mode);
    case 'File':
    case 'Directory':
      return bindFile(type.kind, value, path);
    case 'enum': {
      if (typeof value === 'string' && type.symbols.includes(value)) return value;
      throw new Mismatch(path, expectation(type), value);
    }
    default: {
      const bound = bindPrimitive(type.kind, value, path, mode);
      if (bound === undefined) throw new Mismatch(path, expectation(type), value);
      return bound;
    }
  }
}

/** Undefined where the value does not fit. */
function bindPrimitive(kind: PrimitiveKind, value: JsonValue, path: string, mode: Mode): JsonValue | undefined {
  switch (kind) {
    case 'null':
      return value === null ? null : undefined;
    case 'string':
      return typeof value === 'string' ? value : undefined;
    case 'boolean':
      if (mode === 'lenient' && (value === 'true' || value === 'false')) return value === 'true';
      return typeof value === 'boolean' ? value : undefined;
    case 'Any':
      return value === null ? undefined : refuseDirectives(value, path);
    default:
      return bindNumber(kind, value, mode);
  }
}

function bindNumber(kind: PrimitiveKind, value: JsonValue, mode: Mode): number | undefined {
  const isInteger = kind === 'int' || kind === 'long';
  let number = value;
  if (typeof value === 'string' && mode === 'lenient' && (isInteger ? INTEGER : NUMBER).test(value))
    number = Number(value);
  if (typeof number !== 'number' || !Number.isFinite(number)) return undefined;
  if (!isInteger) return number;
  const fits = kind === 'int' ? number >= -INT_LIMIT && number < INT_LIMIT : Number.isSafeInteger(number);
  return Number.isInteger(number) && fits ? number : undefined;
}

function bindArray(items: CwlType, value: JsonValue, path: string, mode: Mode): JsonValue {
  if (Array.isArray(value)) return value.map((item: JsonValue, index) => bind(items, item, `${path}[${index}]`, mode));
  if (mode === 'exact' || value === null) throw new Mismatch(path, expectation({ kind: 'array', items }), value);
  return [bind(items, value, path, mode)];
}

function bindRecord(fields: readonly RecordField[], value: JsonValue, path: string, mode: Mode): JsonObject {
  const type: CwlType = { kind: 'record', fields };
  if (!isObject(value)) throw new Mismatch(path, expectation(type), value);
  const unknown = Object.keys(value).find((key) => !fields.some((field) => field.name === key));
  if (unknown !== undefined) throw new Mismatch(`${path}.${unknown}`, expectation(type), value[unknown]!);
  const bound = fields.flatMap((field): [string, JsonValue][] => {
    const sent = Object.hasOwn(value, field.name) ? value[field.name]! : null;
    if (sent === null && isOptional(field.type)) return [];
    return [[field.name, bind(field.type, sent, `${path}.${field.name}`, mode)]];
  });
  return Object.fromEntries(bound);
}

function bindUnion(members: readonly CwlType[], value: JsonValue, path: string, mode: Mode): JsonValue {
  let close: Mismatch | undefined;
  for (const member of members) {
    try {
      return bind(member, value, path, mode);
    } catch (error) {
      if (!(error instanceof Mismatch)) throw error;
      if (hasShapeOf(member, value)) close ??= error;
    }
  }
  // Where one member could hold the value, its own complaint says more than "expected one of all".
  throw close ?? new Mismatch(path, expectation({ kind: 'union', members }), value);
}

function hasShapeOf(type: CwlType, value: JsonValue): boolean {
  if (type.kind === 'array') return Array.isArray(value);
  if (!isObject(value)) return false;
  if (type.kind === 'File' || type.kind === 'Directory') return value.class === type.kind;
  return type.kind === 'Any' || (type.kind === 'record' && value.class === undefined);
}
