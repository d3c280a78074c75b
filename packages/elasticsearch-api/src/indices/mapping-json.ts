import { FRACTIONAL_TYPES } from '@daybook/search-engine';
import { doubleJson } from '../json/floating-point.ts';
import { isJsonObject, type JsonObject, setMember } from '../json/json.ts';

/** A mapping, or the definition of one field, as the wire shows it: parameters that are doubles are written as such. */
export function mappingJson(mapping: JsonObject): JsonObject {
  const shown: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(mapping)) shown[name] = parameterJson(mapping, name, value);
  return shown;
}

function parameterJson({ type }: JsonObject, name: string, value: unknown): unknown {
  if (typeof value === 'number') {
    const isDouble =
      name === 'boost' || name === 'scaling_factor' || (name === 'null_value' && FRACTIONAL_TYPES.has(String(type)));
    return isDouble ? doubleJson(value) : value;
  }
  if (name === 'fielddata_frequency_filter' && isJsonObject(value)) {
    return { ...value, min: doubleJson(Number(value.min)), max: doubleJson(Number(value.max)) };
  }
  if ((name !== 'properties' && name !== 'fields') || !isJsonObject(value)) return value;
  const fields: Record<string, unknown> = {};
  for (const [field, definition] of Object.entries(value)) {
    setMember(fields, field, isJsonObject(definition) ? mappingJson(definition) : definition);
  }
  return fields;
}
