import type { CwlType, PrimitiveKind, RecordField } from './cwl-type.ts';
import type { JsonSchema } from './process-description.ts';

// spec: OGC 18-062r2, 7.8 — the description's schemas are those of OpenAPI 3.0, without references.

const TEXT: JsonSchema = { type: 'string' };

const LINK: JsonSchema = {
  type: 'object',
  required: ['href'],
  properties: { href: { type: 'string', format: 'uri' }, type: TEXT },
};

const PRIMITIVES: Readonly<Record<Exclude<PrimitiveKind, 'null'>, JsonSchema>> = {
  boolean: { type: 'boolean' },
  int: { type: 'integer', format: 'int32' },
  long: { type: 'integer', format: 'int64' },
  float: { type: 'number', format: 'float' },
  double: { type: 'number', format: 'double' },
  string: TEXT,
  File: { oneOf: [LINK, cwlObject('File', { contents: TEXT, format: TEXT })] },
  Directory: { oneOf: [LINK, cwlObject('Directory', { listing: { type: 'array', items: { type: 'object' } } })] },
  Any: {},
};

/** The values of a CWL type. Null is allowed by `nullable`; an `Any` allows everything. */
export function schemaOf(type: CwlType): JsonSchema {
  switch (type.kind) {
    case 'array':
      return { type: 'array', items: schemaOf(type.items) };
    case 'enum':
      return { type: 'string', enum: type.symbols };
    case 'record':
      return recordSchema(type.fields);
    case 'union':
      return unionSchema(type.members);
    case 'null':
      return { nullable: true };
    default:
      return PRIMITIVES[type.kind];
  }
}

function recordSchema(fields: readonly RecordField[]): JsonSchema {
  const required = fields.filter(({ type }) => schemaOf(type).nullable !== true).map(({ name }) => name);
  const properties = fields.map(({ name, type, doc }): [string, JsonSchema] => {
    return [name, doc === undefined ? schemaOf(type) : { ...schemaOf(type), description: doc }];
  });
  return {
    type: 'object',
    // An empty list is not allowed.
    ...(required.length > 0 && { required }),
    properties: Object.fromEntries(properties),
    additionalProperties: false,
  };
}

function unionSchema(members: readonly CwlType[]): JsonSchema {
  const present = withoutShadowed(members.filter((member) => member.kind !== 'null'));
  const nullable = members.some((member) => member.kind === 'null') ? { nullable: true } : {};
  const schemas = present.map(schemaOf).flatMap((schema) => (Array.isArray(schema.oneOf) ? schema.oneOf : [schema]));
  return schemas.length === 1 ? { ...schemas[0]!, ...nullable } : { oneOf: schemas, ...nullable };
}

/** Of `oneOf` a value may match one branch only, and every integer is a number, and every long text a text. */
function withoutShadowed(members: readonly CwlType[]): readonly CwlType[] {
  const kinds = new Set(members.map((member) => member.kind));
  if (kinds.has('Any')) return [{ kind: 'Any' }];
  const shadowed = new Set<CwlType['kind']>();
  if (kinds.has('double') || kinds.has('float')) shadowed.add('int').add('long');
  if (kinds.has('double')) shadowed.add('float');
  if (kinds.has('long')) shadowed.add('int');
  if (kinds.has('string')) shadowed.add('enum');
  return members.filter((member) => !shadowed.has(member.kind));
}

function cwlObject(className: string, more: JsonSchema): JsonSchema {
  return {
    type: 'object',
    required: ['class'],
    properties: {
      class: { type: 'string', enum: [className] },
      location: TEXT,
      path: TEXT,
      basename: TEXT,
      ...more,
    },
  };
}
