import { DaybookError } from '@daybook/errors';
import { isJsonObject, type JsonObject } from '../../json/json.ts';

/** The value of a setting as it is kept; null in a change removes it. */
export type SettingValue = string | readonly string[];
/** Settings by their full names. */
export type SettingValues = Readonly<Record<string, SettingValue>>;
/** Changes of settings by their full names or patterns of them. */
export type SettingChanges = ReadonlyMap<string, SettingValue | null>;

/** Flattens the settings of one scope, however they are nested. */
export function flattenChanges(given: JsonObject): SettingChanges {
  const changes = new Map<string, SettingValue | null>();
  const collect = (object: JsonObject, prefix: string): void => {
    for (const [name, value] of Object.entries(object)) {
      if (isJsonObject(value)) collect(value, `${prefix}${name}.`);
      else changes.set(`${prefix}${name}`, keptValue(value));
    }
  };
  collect(given, '');
  return changes;
}

function keptValue(value: unknown): SettingValue | null {
  if (value === null) return null;
  if (!Array.isArray(value)) return String(value);
  if (value.every((element) => typeof element !== 'object')) return value.map(String);
  throw new DaybookError('invalid-argument', 'only value lists are allowed in serialized settings', {
    detail: { reason: 'settings_exception', status: 500 },
  });
}

/** The text that a value is parsed from; lists are written as Java writes them. */
export function textOf(value: SettingValue): string {
  return typeof value === 'string' ? value : `[${value.join(', ')}]`;
}
