import { isJsonObject, type Json, type JsonObject } from '@daybook/jobs';

/** What a JSON schema takes, in a few words: `array of integer`, `link or File`. */
export function schemaWords(schema: JsonObject): string {
  const { oneOf, allOf, anyOf, type, items, enum: values, format, contentMediaType, properties } = schema;
  const words = alternatives(oneOf ?? anyOf, ' or ') ?? alternatives(allOf, ' and ');
  if (words !== undefined) return words;
  if (Array.isArray(values)) return values.map(String).join(' | ');
  if (type === 'array') return `array of ${isJsonObject(items) ? schemaWords(items) : 'anything'}`;
  if (type === 'object' && isJsonObject(properties)) return objectWords(properties);
  const more = contentMediaType ?? format;
  const name = typeof type === 'string' ? type : 'anything';
  return typeof more === 'string' ? `${name} (${more})` : name;
}

function alternatives(members: Json | undefined, word: string): string | undefined {
  if (!Array.isArray(members)) return undefined;
  return [...new Set(members.filter(isJsonObject).map(schemaWords))].join(word);
}

function objectWords(properties: JsonObject): string {
  const { class: className, href } = properties;
  if (isJsonObject(className) && Array.isArray(className.enum)) return className.enum.map(String).join(' | ');
  return href === undefined ? `object {${Object.keys(properties).join(', ')}}` : 'link';
}
