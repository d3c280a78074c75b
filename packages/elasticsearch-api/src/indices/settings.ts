import { parseError } from '../errors/errors.ts';
import { emptyObject, isJsonObject, type JsonObject, type JsonTree, tokenOf } from '../json/json.ts';

/** Settings of an index under their full names, `index.number_of_shards`; values as the wire writes them. */
export type FlatSettings = Readonly<Record<string, unknown>>;

/** Flattens settings however they are nested and prefixed. Scalars become strings, null stays (it removes a setting). */
export function flattenSettings(settings: unknown): FlatSettings {
  if (settings === undefined || settings === null) return {};
  if (!isJsonObject(settings)) throw parseError(`key [settings] must be an object, found [${tokenOf(settings)}]`);
  const flat = emptyObject();
  collect(settings, '', flat);
  return flat;
}

function collect(object: JsonObject, prefix: string, flat: Record<string, unknown>): void {
  for (const [name, value] of Object.entries(object)) {
    const path = prefix === '' ? name : `${prefix}.${name}`;
    if (isJsonObject(value)) collect(value, path, flat);
    else flat[path === 'index' || path.startsWith('index.') ? path : `index.${path}`] = textOf(value);
  }
}

function textOf(value: unknown): unknown {
  if (value === null || typeof value === 'string') return value;
  return Array.isArray(value) ? value.map(textOf) : String(value);
}

/** Nests flat settings at their dots; a name that is both a value and a prefix stays flat. */
export function nestSettings(flat: FlatSettings): JsonObject {
  const root = emptyObject();
  for (const [path, value] of Object.entries(flat)) {
    let node = root;
    const names = path.split('.');
    const last = names.pop() ?? '';
    for (const name of names) {
      node[name] ??= emptyObject();
      if (!isJsonObject(node[name])) break;
      node = node[name] as Record<string, unknown>;
    }
    node[last] = value;
  }
  return root;
}

/** Flat settings as they are answered: nested, unless `flat` ones are asked for. */
export function shownSettings(settings: FlatSettings, flat: boolean): JsonTree {
  return (flat ? settings : nestSettings(settings)) as JsonTree;
}

/** The setting that keeps the expression from which an index has its name; not set where that is the name itself. */
export const providedName = 'index.provided_name';

const CREATED_VERSION = '7.17.2';
const CREATED_VERSION_ID = '7170299';

/** Every setting of an index as it is answered: those that were made, and what the index itself says. */
export function answeredSettings(
  index: { readonly name: string; readonly uuid: string; readonly creationTimeMs: number; settings(): JsonObject },
  options: { readonly flat: boolean; readonly human?: boolean; readonly isClosed: boolean },
): JsonTree {
  const all = {
    ...(options.human
      ? {
          'index.creation_date_string': new Date(index.creationTimeMs).toISOString(),
          'index.version.created_string': CREATED_VERSION,
        }
      : {}),
    'index.creation_date': String(index.creationTimeMs),
    'index.number_of_shards': '1',
    'index.number_of_replicas': '0',
    'index.uuid': index.uuid,
    ...(options.isClosed ? { 'index.verified_before_close': 'true' } : {}),
    'index.version.created': CREATED_VERSION_ID,
    [providedName]: index.name,
    ...flattenSettings(index.settings()),
  };
  return shownSettings(all, options.flat);
}

/** By the settings that an index has until they are changed: every search asks for some. */
const flattened = new WeakMap<JsonObject, FlatSettings>();

/** One setting of an index, by its name without `index.`. */
export function settingOf(index: { settings(): JsonObject }, name: string): unknown {
  const settings = index.settings();
  let flat = flattened.get(settings);
  if (flat === undefined) {
    flat = flattenSettings(settings);
    flattened.set(settings, flat);
  }
  return flat[`index.${name}`];
}
