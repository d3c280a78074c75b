import type { JsonObject } from '../engine/engine.ts';

/** Whether a JSON value is an object and not a list. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
