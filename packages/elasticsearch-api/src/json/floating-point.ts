import { Double, javaDouble, shortestFloat } from '@daybook/search-engine';
import { type JsonTree, setMember } from './json.ts';
import { RawJson } from './raw-json.ts';

const ZERO = new RawJson('0.0');
const ONE = new RawJson('1.0');

/** A double as Java writes it, `1.0` where JavaScript writes `1`: clients with types of numbers tell it from a long so. What is no number, also in JSON, stays as it is. */
export function doubleJson<T extends string | number | null | undefined>(value: T): T | RawJson {
  if (value === 1) return ONE;
  if (Object.is(value, 0)) return ZERO;
  if (typeof value !== 'number' || !Number.isFinite(value) || isWrittenAlike(value)) return value;
  return new RawJson(javaDouble(value));
}

/** A 32-bit float, such as a score: the shortest decimal that stands for the same float. */
export function floatJson(value: number | null): JsonTree {
  return doubleJson(value === null ? null : shortestFloat(value));
}

/** A value as the engine shows it, its doubles as Java writes them. */
export function valueJson(value: unknown): JsonTree {
  if (value instanceof Double) return doubleJson(value.value);
  if (Array.isArray(value)) return value.map(valueJson);
  if (typeof value !== 'object' || value === null) return value as JsonTree;
  const members: Record<string, JsonTree> = {};
  for (const [name, member] of Object.entries(value)) setMember(members, name, valueJson(member));
  return members;
}

/** Whether JavaScript writes a double as Java does. */
function isWrittenAlike(value: number): boolean {
  const magnitude = Math.abs(value);
  return magnitude >= 1e-3 && magnitude < 1e7 && !Number.isInteger(value);
}
