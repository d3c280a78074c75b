import type { JsonObject } from '../mapping/json.ts';
import { isJsonObject } from '../mapping/json.ts';

/**
 * The settings of an index as one nested object without the leading `index`, whether they were given flat (`index.analysis.analyzer.a.type`),
 * nested, or both.
 */
export function nestSettings(settings: JsonObject): JsonObject {
  const nested: Record<string, unknown> = Object.create(null);
  addSettings(nested, [], settings);
  return nested;
}

function addSettings(target: Record<string, unknown>, path: readonly string[], value: unknown): void {
  if (isJsonObject(value)) {
    for (const [name, inner] of Object.entries(value)) addSettings(target, [...path, ...name.split('.')], inner);
    return;
  }
  const names = path[0] === 'index' ? path.slice(1) : path;
  let object = target;
  for (const name of names.slice(0, -1)) {
    const next = object[name];
    const inner = isJsonObject(next) ? (next as Record<string, unknown>) : Object.create(null);
    object[name] = inner;
    object = inner;
  }
  const last = names[names.length - 1];
  if (last !== undefined) object[last] = value;
}
