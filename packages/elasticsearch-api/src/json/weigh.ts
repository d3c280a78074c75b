import type { JsonTree } from './json.ts';
import { RawJson } from './raw-json.ts';

const VALUE_CHARS = 8;

/**
 * What is left of so many characters when a value has been written, roughly; below 0 when they are not enough. No more of the value is looked at
 * than that.
 */
export function weigh(value: JsonTree, chars: number): number {
  if (typeof value === 'string') return chars - VALUE_CHARS - value.length;
  if (typeof value !== 'object' || value === null) return chars - VALUE_CHARS;
  if (value instanceof RawJson) return chars - VALUE_CHARS - value.length;
  let left = chars - VALUE_CHARS;
  if (isArray(value)) {
    for (let at = 0; at < value.length && left >= 0; at++) left = weigh(value[at], left);
  } else {
    for (const name in value) {
      if (left < 0) break;
      left = weigh(value[name], left - name.length);
    }
  }
  return left;
}

/** `Array.isArray`, of a type that it does not tell read-only arrays of. */
export function isArray(value: JsonTree): value is readonly JsonTree[] {
  return Array.isArray(value);
}
