/** A JSON value. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;

/** A JSON object; its names come from users, so it is read with `Object.entries` and built with `Object.fromEntries`. */
export interface JsonObject {
  readonly [name: string]: Json;
}

/** Whether `value` is an object that is neither null nor an array. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Deepest nesting of what users send: far above any use, far below what a recursion over it bears. */
export const MAX_JSON_DEPTH: number = 100;

/** Whether `value` nests objects and arrays deeper than {@link MAX_JSON_DEPTH}. */
export function isTooDeep(value: unknown, depth = 0): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return depth >= MAX_JSON_DEPTH || Object.values(value).some((member) => isTooDeep(member, depth + 1));
}

/** One spelling per value: members sorted by name, no white space, members that are undefined left out. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_name, member: unknown) => {
    if (!isJsonObject(member)) return member;
    return Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}

/** Whether `value` says nothing: absent, null, `""`, `none`, `{}` or `[]`. Such a value never erases another. */
export function isEmptyValue(value: unknown): boolean {
  if (value === undefined || value === null) return true;
  if (typeof value === 'string') return value.trim() === '' || value.trim().toLowerCase() === 'none';
  if (Array.isArray(value)) return value.length === 0;
  return isJsonObject(value) && Object.keys(value).length === 0;
}

/** An object without its members that are undefined, typed so that they may be absent. Its names are the system's own, none of a user's. */
export function withoutUndefined<T extends object>(members: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  const known: Record<string, unknown> = {};
  for (const name in members) if (members[name] !== undefined) known[name] = members[name];
  return known as { [K in keyof T]: Exclude<T[K], undefined> };
}
