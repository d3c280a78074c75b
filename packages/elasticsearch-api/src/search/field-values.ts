import { emptyObject, isJsonObject, type JsonTree } from '../json/json.ts';
import { RawJson } from '../json/raw-json.ts';
import { matchesPattern } from '../wildcards/wildcard.ts';
import type { FieldRequest } from './search-specification.ts';

/** The values of the fields that were asked for, taken from the source: always lists, under the fields' full names. */
export function fieldValues(
  source: Uint8Array,
  requests: readonly FieldRequest[],
): Readonly<Record<string, JsonTree>> | undefined {
  const result = emptyObject<JsonTree[]>();
  const visit = (value: unknown, path: string): void => {
    if (Array.isArray(value)) {
      for (const element of value) visit(element, path);
    } else if (isJsonObject(value)) {
      for (const [name, member] of Object.entries(value)) visit(member, path === '' ? name : `${path}.${name}`);
    } else if (value !== null) {
      const request = requests.find(({ pattern }) => matchesPattern(pattern, path));
      if (request === undefined) return;
      result[path] ??= [];
      result[path].push(format(value as string | number | boolean, request.format));
    }
  };
  visit(new RawJson(source).parse(), '');
  return Object.keys(result).length === 0 ? undefined : result;
}

/** Dates in `epoch_millis` are what dashboards ask for; other formats keep the value as it was written. */
function format(value: string | number | boolean, name: string | undefined): JsonTree {
  if (name !== 'epoch_millis' || typeof value === 'boolean') return value;
  const timeMs = typeof value === 'number' ? value : Date.parse(value);
  return Number.isNaN(timeMs) ? value : String(timeMs);
}
