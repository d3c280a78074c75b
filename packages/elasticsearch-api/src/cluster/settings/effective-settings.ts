import type { Block, SearchLimits } from '@daybook/search-engine';
import { parseTimeMs } from '../../http/time-value.ts';
import { scrollsBound } from '../../search/scroll-registry.ts';
import { clusterBlocks } from '../cluster-blocks.ts';
import { AutoCreateIndex } from './auto-create-index.ts';
import { dynamicSettings } from './dynamic-settings.ts';
import type { SettingValues } from './flatten-settings.ts';

/** What the settings of the cluster say to the APIs. */
export interface EffectiveSettings extends Required<SearchLimits> {
  readonly autoCreateIndex: AutoCreateIndex;
  /** What the cluster refuses. */
  readonly blocks: readonly Block[];
  readonly destructiveRequiresName: boolean;
  readonly maxSearchedShards: number;
  readonly maxShards: number;
  readonly canClose: boolean;
  readonly allowPartialResults: boolean;
  readonly maxKeepAliveMs: number;
  readonly maxOpenScrolls: number;
  /** How long a search may take that does not say so itself; -1 is no limit. */
  readonly searchTimeoutMs: number;
}

/** Reads them; `values` have been checked. */
export function effectiveSettings(values: SettingValues): EffectiveSettings {
  const value = (name: string) => values[name] ?? dynamicSettings.get(name)!.default;
  const flag = (name: string): boolean => value(name) !== 'false';
  return {
    autoCreateIndex: new AutoCreateIndex(value('action.auto_create_index')),
    blocks: clusterBlocks(flag),
    destructiveRequiresName: flag('action.destructive_requires_name'),
    maxSearchedShards: Number(value('action.search.shard_count.limit')),
    maxShards: Number(value('cluster.max_shards_per_node')),
    canClose: flag('cluster.indices.close.enable'),
    allowIdFieldData: flag('indices.id_field_data.enabled'),
    allowExpensiveQueries: flag('search.allow_expensive_queries'),
    allowPartialResults: flag('search.default_allow_partial_results'),
    maxBuckets: Number(value('search.max_buckets')),
    maxKeepAliveMs: parseTimeMs(String(value('search.max_keep_alive')), 'search.max_keep_alive'),
    maxOpenScrolls: Math.min(Number(value('search.max_open_scroll_context')), scrollsBound),
    searchTimeoutMs: parseTimeMs(String(value('search.default_search_timeout')), 'search.default_search_timeout'),
  };
}
