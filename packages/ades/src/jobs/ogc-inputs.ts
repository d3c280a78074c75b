import type { JsonObject, JsonValue } from '@daybook/cwl';
import { isJsonObject } from '@daybook/jobs';

/** Members of a qualified value (OGC API – Processes Part 1, qualifiedInputValue). */
const QUALIFIERS: ReadonlySet<string> = new Set(['value', 'mediaType', 'encoding', 'schema', 'format']);

/** The map of inputs that an OGC body means: qualified values are unwrapped, links stay for the process to take. */
export function inputsFromOgc(inputs: Readonly<Record<string, unknown>>): JsonObject {
  return Object.fromEntries(Object.entries(inputs).map(([id, value]) => [id, unwrap(value as JsonValue)]));
}

function unwrap(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(unwrap);
  return isQualified(value) ? value.value : value;
}

function isQualified(value: JsonValue): value is { readonly value: JsonValue } {
  return isJsonObject(value) && Object.hasOwn(value, 'value') && Object.keys(value).every((key) => QUALIFIERS.has(key));
}
