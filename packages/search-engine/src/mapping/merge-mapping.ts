import type { LeafField } from './leaf-field.ts';
import { mappingError } from './mapping-errors.ts';
import type { MappingNode, ObjectNode } from './mapping-tree.ts';
import { parameterConflicts } from './parameter.ts';

/** The object with everything of the other put in; throws `illegal_argument_exception` on a conflict. */
export function mergeObjects(before: ObjectNode, after: ObjectNode): ObjectNode {
  if (before.enabled !== after.enabled) {
    throw mappingError(
      'illegal_argument_exception',
      `the [enabled] parameter can't be updated for the object mapping [${before.path || '_doc'}]`,
    );
  }
  const properties = new Map(before.properties);
  for (const [name, node] of after.properties) {
    const existing = properties.get(name);
    properties.set(name, existing === undefined ? node : mergeNodes(existing, node));
  }
  return { ...before, dynamic: after.dynamic ?? before.dynamic, properties };
}

function mergeNodes(before: MappingNode, after: MappingNode): MappingNode {
  if (before.kind === 'object' && after.kind === 'object') return mergeObjects(before, after);
  if (before.kind === 'object' || after.kind === 'object') {
    throw mappingError(
      'illegal_argument_exception',
      `can't merge a non object mapping [${before.path}] with an object mapping`,
    );
  }
  if (before.kind === 'alias' && after.kind === 'alias') return after;
  if (before.kind === 'leaf' && after.kind === 'leaf') {
    return { kind: 'leaf', path: before.path, field: mergeFields(before.field, after.field) };
  }
  if (before.kind === 'alias') {
    throw mappingError(
      'illegal_argument_exception',
      `Cannot merge a field alias mapping [${before.path}] with a mapping that is not for a field alias.`,
    );
  }
  throw typeChange(before.path, typeOf(before), typeOf(after));
}

function typeOf(node: MappingNode): string {
  return node.kind === 'leaf' ? node.field.type : node.kind;
}

function typeChange(path: string, before: string, after: string): Error {
  return mappingError(
    'illegal_argument_exception',
    `mapper [${path}] cannot be changed from type [${before}] to [${after}]`,
  );
}

function mergeFields(before: LeafField, after: LeafField): LeafField {
  if (before.type !== after.type) throw typeChange(before.path, before.type, after.type);
  const conflicts = parameterConflicts(before.definition.parameters, before.parameters, after.parameters);
  if (conflicts.length > 0) {
    throw mappingError(
      'illegal_argument_exception',
      `Mapper for [${before.path}] conflicts with existing mapper:\n\t${conflicts.join('\n\t')}`,
    );
  }
  const multiFields = new Map(before.multiFields);
  for (const [name, field] of after.multiFields) {
    const existing = multiFields.get(name);
    multiFields.set(name, existing === undefined ? field : mergeFields(existing, field));
  }
  after.multiFields = multiFields;
  return after;
}
