import { isDaybookError } from '@daybook/errors';
import { FIELD_TYPES } from './field-types.ts';
import { javaText } from './java-text.ts';
import type { JsonObject } from './json.ts';
import { isJsonObject } from './json.ts';
import type { FieldContext, FieldSite, FieldTypeDefinition, LeafField } from './leaf-field.ts';
import { mapperParsingError, mappingError } from './mapping-errors.ts';
import type { Dynamic, MappingNode, ObjectNode } from './mapping-tree.ts';
import { joinPath } from './mapping-tree.ts';
import { OBJECT_PARAMETERS } from './object-parameters.ts';
import { booleanOf, withoutUnreadable } from './parameter.ts';

/** Parses the body of an object: `properties`, `dynamic` and `enabled`; other names are the caller's. */
export function parseObject(json: JsonObject, path: string, context: FieldContext): ObjectNode {
  return {
    kind: 'object',
    path,
    dynamic: json.dynamic === undefined ? undefined : parseDynamic(json.dynamic),
    enabled: json.enabled === undefined ? true : booleanOf(json.enabled),
    properties: parseProperties(json.properties, path, context),
  };
}

function parseDynamic(value: unknown): Dynamic {
  if (value === 'strict') return 'strict';
  try {
    return booleanOf(value) ? 'true' : 'false';
  } catch {
    // The reason below names the parameter, which the plain one does not.
    throw mappingError('illegal_argument_exception', 'Could not convert [dynamic.dynamic] to boolean', {
      type: 'illegal_argument_exception',
      reason: `Failed to parse value [${javaText(value)}] as only [true] or [false] are allowed.`,
    });
  }
}

function parseProperties(value: unknown, path: string, context: FieldContext): ReadonlyMap<string, MappingNode> {
  const nodes = new Map<string, MappingNode>();
  // compat: an empty list stands for no properties, as some clients write it.
  if (value === undefined || (Array.isArray(value) && value.length === 0)) return nodes;
  if (!isJsonObject(value)) throw mapperParsingError('properties must be a map type');
  for (const [name, json] of Object.entries(value)) {
    if (name === '') throw mappingError('illegal_argument_exception', 'name cannot be empty string');
    if (!isJsonObject(json)) {
      throw mapperParsingError(
        `Expected map for property [fields] on field [${name}] but got a class ${javaClassOf(json)}`,
      );
    }
    addAt(nodes, name.split('.'), json, path, context);
  }
  return nodes;
}

/** Puts a property whose name has dots into the objects that its name goes through. */
function addAt(
  nodes: Map<string, MappingNode>,
  names: readonly string[],
  json: JsonObject,
  path: string,
  context: FieldContext,
): void {
  const [name = '', ...rest] = names;
  if (name.trim() === '') {
    throw mappingError('illegal_argument_exception', `name cannot be empty string`);
  }
  const fullPath = joinPath(path, name);
  if (rest.length === 0) {
    nodes.set(name, parseNode(json, name, fullPath, context));
    return;
  }
  const existing = nodes.get(name);
  const properties = new Map(existing?.kind === 'object' ? existing.properties : []);
  addAt(properties, rest, json, fullPath, context);
  nodes.set(name, {
    kind: 'object',
    path: fullPath,
    dynamic: existing?.kind === 'object' ? existing.dynamic : undefined,
    enabled: true,
    properties,
  });
}

function parseNode(json: JsonObject, name: string, path: string, context: FieldContext): MappingNode {
  const type = typeOf(json, name);
  if (type === 'object') {
    refuseUnknown(json, name, OBJECT_PARAMETERS);
    return parseObject(json, path, context);
  }
  if (type === 'alias') {
    refuseUnknown(json, name, ['type', 'path']);
    const target = json.path;
    if (typeof target !== 'string') {
      throw mapperParsingError(`The [path] property must be specified for field [${name}].`);
    }
    return { kind: 'alias', path, target };
  }
  return { kind: 'leaf', path, field: parseLeaf(json, type, path, context) };
}

function typeOf(json: JsonObject, name: string): string {
  if (json.type !== undefined) return javaText(json.type);
  const isObject = json.properties !== undefined || json.enabled !== undefined;
  if (isObject) return 'object';
  throw mapperParsingError(`No type specified for field [${name}]`);
}

function refuseUnknown(json: JsonObject, name: string, known: readonly string[]): void {
  const unknown = Object.entries(json).filter(([key]) => !known.includes(key));
  if (unknown.length === 0) return;
  const shown = unknown.map(([key, value]) => ` [${key} : ${javaText(value)}]`).join('');
  throw mapperParsingError(`Mapping definition for [${name}] has unsupported parameters: ${shown}`);
}

function parseLeaf(
  json: JsonObject,
  type: string,
  path: string,
  context: FieldContext,
  isMultiField = false,
): LeafField {
  const definition = FIELD_TYPES.get(type);
  if (definition === undefined) {
    throw mapperParsingError(
      `${isMultiField ? 'no' : 'No'} handler for type [${type}] declared on field [${lastName(path)}]`,
    );
  }
  const field = buildField(definition, { ...context, path, json });
  const fields = json.fields;
  // compat: an empty list stands for no fields.
  if (fields === undefined || (Array.isArray(fields) && fields.length === 0)) return field;
  if (!isJsonObject(fields)) {
    throw mapperParsingError(
      `Expected map for property [fields] on field [${lastName(path)}] but got a class ${javaClassOf(fields)}`,
    );
  }
  const multiFields = new Map<string, LeafField>();
  for (const [name, inner] of Object.entries(fields)) {
    if (name.includes('.')) {
      throw mapperParsingError(`Field name [${name}] which is a multi field of [${lastName(path)}] cannot contain '.'`);
    }
    if (!isJsonObject(inner))
      throw mapperParsingError(`Illegal field [${name}], only fields can be specified inside fields`);
    const innerType = inner.type;
    if (innerType === undefined) throw mapperParsingError(`no type specified for property [${name}]`);
    if (innerType === 'object' || innerType === 'alias') {
      throw mapperParsingError(`Type [${innerType}] cannot be used in multi field`);
    }
    multiFields.set(name, parseLeaf(inner, javaText(innerType), `${path}.${name}`, context, true));
  }
  field.multiFields = multiFields;
  return field;
}

function buildField(definition: FieldTypeDefinition, site: FieldSite): LeafField {
  try {
    return definition.build(site);
  } catch (error) {
    if (!site.isStored || !isDaybookError(error, 'invalid-argument')) throw error;
    return definition.build({ ...site, json: withoutUnreadable(definition.parameters, site.json, site.path) });
  }
}

function lastName(path: string): string {
  return path.slice(path.lastIndexOf('.') + 1);
}

function javaClassOf(value: unknown): string {
  if (Array.isArray(value)) return 'java.util.ArrayList';
  if (typeof value === 'string') return 'java.lang.String';
  if (typeof value === 'boolean') return 'java.lang.Boolean';
  return 'java.lang.Integer';
}
