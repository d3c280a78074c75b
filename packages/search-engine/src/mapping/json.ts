/** A JSON object as the wire has it: mappings and settings are stored and answered in this form. */
export type JsonObject = { readonly [name: string]: unknown };

/** Whether a JSON value is an object and not a list. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
