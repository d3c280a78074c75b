import { DaybookError } from '@daybook/errors';
import type { JsonObject } from '../mapping/json.ts';

/** The setting of that name, without `index.` before it, however dots and objects are mixed in `settings`. */
export function readSetting(settings: JsonObject, name: string): unknown {
  return lookUp(settings, `index.${name}`) ?? lookUp(settings, name);
}

/** A numeric setting; undefined when it is not set, `invalid-argument` when it is no number. */
export function readNumberSetting(settings: JsonObject, name: string): number | undefined {
  const value = readSetting(settings, name);
  if (value === undefined || value === null) return undefined;
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof number === 'number' && Number.isSafeInteger(number)) return number;
  throw new DaybookError('invalid-argument', `Failed to parse value [${String(value)}] for setting [index.${name}]`, {
    detail: { reason: 'illegal_argument_exception' },
  });
}

function lookUp(settings: JsonObject, path: string): unknown {
  if (Object.hasOwn(settings, path)) return settings[path];
  for (let dot = path.indexOf('.'); dot >= 0; dot = path.indexOf('.', dot + 1)) {
    const child = Object.hasOwn(settings, path.slice(0, dot)) ? settings[path.slice(0, dot)] : undefined;
    if (typeof child !== 'object' || child === null || Array.isArray(child)) continue;
    const found = lookUp(child as JsonObject, path.slice(dot + 1));
    if (found !== undefined) return found;
  }
  return undefined;
}
