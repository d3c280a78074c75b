import type { JsonTree } from '../json/json.ts';
import { type FlatSettings, flattenSettings, shownSettings } from './settings.ts';

/** What holds where an index does not set it; of the settings that mean something here. */
const defaults: Readonly<Record<string, string | readonly string[]>> = {
  'index.blocks.metadata': 'false',
  'index.blocks.read': 'false',
  'index.blocks.read_only': 'false',
  'index.blocks.read_only_allow_delete': 'false',
  'index.blocks.write': 'false',
  'index.default_pipeline': '_none',
  'index.final_pipeline': '_none',
  'index.hidden': 'false',
  'index.mapping.coerce': 'false',
  'index.mapping.depth.limit': '20',
  'index.mapping.ignore_malformed': 'false',
  'index.mapping.total_fields.limit': '1000',
  'index.max_inner_result_window': '100',
  'index.max_result_window': '10000',
  'index.number_of_routing_shards': '1',
  'index.query.default_field': ['*'],
  'index.refresh_interval': '1s',
  'index.write.wait_for_active_shards': '1',
};

/** The defaults of the settings that an index does not make; `wanted` picks among them by full name. */
export function defaultSettings(
  index: { settings(): Readonly<Record<string, unknown>> },
  options: { readonly flat: boolean; readonly wanted?: (name: string) => boolean },
): JsonTree {
  const made = flattenSettings(index.settings());
  const { wanted = () => true } = options;
  const left: FlatSettings = Object.fromEntries(
    Object.entries(defaults).filter(([name]) => made[name] === undefined && wanted(name)),
  );
  return shownSettings(left, options.flat);
}
