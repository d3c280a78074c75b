import { isJsonObject, type Json, type JsonObject } from './json.ts';

/** Most entries of one document's `input-values` or `output-values`. */
const MAX_ENTRIES = 1000;
const MAX_DEPTH = 8;

/**
 * The leaves of `values` as `name=value`: those of an array under the array's name, those of an object under
 * `name.member`. At most 1,000, each once, names in order, so that equal values give equal lists. Long ones are left to the
 * mapping's `ignore_above`.
 */
export function searchableValues(values: JsonObject): readonly string[] {
  const found = new Set<string>();
  const collect = (name: string, value: Json, depth: number): void => {
    if (found.size >= MAX_ENTRIES || depth > MAX_DEPTH || value === null) return;
    if (Array.isArray(value)) {
      for (const item of value) collect(name, item, depth + 1);
    } else if (isJsonObject(value)) {
      for (const [member, item] of byName(value)) collect(`${name}.${member}`, item, depth + 1);
    } else {
      found.add(`${name}=${value}`);
    }
  };
  for (const [name, value] of byName(values)) collect(name, value, 0);
  return [...found];
}

function byName(values: JsonObject): [string, Json][] {
  return Object.entries(values).sort(([a], [b]) => (a < b ? -1 : 1));
}
