import { isJsonObject, type JsonObject } from '../json/json.ts';

/** One field of a mapping, by its full path. */
export interface MappedField {
  readonly path: string;
  /** `object` where the mapping types none. */
  readonly type: string;
  readonly definition: JsonObject;
}

/** Every field of a mapping: objects, the fields in them, and multi-fields. */
export function mappedFields(mappings: JsonObject): readonly MappedField[] {
  const fields: MappedField[] = [];
  const visit = (properties: unknown, prefix: string): void => {
    if (!isJsonObject(properties)) return;
    for (const [name, definition] of Object.entries(properties)) {
      if (!isJsonObject(definition)) continue;
      const path = `${prefix}${name}`;
      fields.push({ path, type: typeof definition.type === 'string' ? definition.type : 'object', definition });
      visit(definition.properties, `${path}.`);
      visit(definition.fields, `${path}.`);
    }
  };
  visit(mappings.properties, '');
  return fields;
}
