import { emptyObject, isJsonObject, type JsonObject } from '../json/json.ts';

/**
 * Lays one mapping over another. Objects are merged field by field; a field that the later mapping types is taken from it
 * whole. Dynamic templates of the later mapping come first, and replace those of the same name.
 */
export function mergeMappings(under: JsonObject, over: JsonObject): JsonObject {
  const result = copy(under);
  for (const [name, value] of Object.entries(over)) {
    if (name === 'properties' && isJsonObject(value) && isJsonObject(result[name])) {
      result[name] = mergeProperties(result[name], value);
    } else if (name === 'dynamic_templates' && Array.isArray(value) && Array.isArray(result[name])) {
      result[name] = mergeDynamicTemplates(result[name], value);
    } else if (name === '_meta' && isJsonObject(value) && isJsonObject(result[name])) {
      result[name] = { ...result[name], ...value };
    } else {
      result[name] = value;
    }
  }
  return result;
}

function mergeProperties(under: JsonObject, over: JsonObject): JsonObject {
  const result = copy(under);
  for (const [field, definition] of Object.entries(over)) {
    const before = result[field];
    const bothObjects = isObjectField(before) && isObjectField(definition);
    result[field] = bothObjects ? mergeMappings(before, definition) : definition;
  }
  return result;
}

function isObjectField(definition: unknown): definition is JsonObject {
  return isJsonObject(definition) && (definition.type === undefined || definition.type === 'object');
}

function mergeDynamicTemplates(under: readonly unknown[], over: readonly unknown[]): readonly unknown[] {
  const names = new Set(over.flatMap((template) => (isJsonObject(template) ? Object.keys(template) : [])));
  const kept = under.filter(
    (template) => !isJsonObject(template) || !Object.keys(template).some((name) => names.has(name)),
  );
  return [...over, ...kept];
}

function copy(object: JsonObject): Record<string, unknown> {
  const result = emptyObject();
  for (const [name, value] of Object.entries(object)) result[name] = value;
  return result;
}
