import { type Index, shardLayout } from '@daybook/search-engine';
import { didYouMean } from '../errors/did-you-mean.ts';
import { illegalArgument } from '../errors/errors.ts';
import { checkSettingValue } from './index-setting-types.ts';
import { isAmong, isKnownSetting, knownSettings } from './known-settings.ts';
import { type FlatSettings, providedName } from './settings.ts';

/** Settings that can only change while an index is closed. */
const unchangedWhileOpen: readonly string[] = [
  'index.analysis.',
  'index.codec',
  'index.data_path',
  'index.load_fixed_bitset_filters_eagerly',
  'index.mapping.coerce',
  'index.mapping.ignore_malformed',
  'index.queries.cache.enabled',
  'index.shard.check_on_startup',
  'index.similarity.',
  'index.store.type',
];

/**
 * Settings that cannot change once an index is made. The real product lets the two of routing change while it is closed, and does not find its documents
 * any more then.
 */
const unchanging: readonly string[] = [
  'index.number_of_routing_shards',
  'index.number_of_shards',
  'index.routing_partition_size',
  'index.soft_deletes.enabled',
  'index.sort.',
];

const madeByIndex: ReadonlySet<string> = new Set(['index.uuid', 'index.creation_date', providedName]);

/** Whether a setting is made by the index itself: nobody sets or removes it. */
export function isMadeByIndex(name: string): boolean {
  return madeByIndex.has(name);
}

/** Checks the settings with which an index is made. */
export function checkNewSettings(settings: FlatSettings): void {
  for (const [name, value] of Object.entries(settings)) {
    const inIndex = name.slice('index.'.length);
    if (isMadeByIndex(name) || !isKnownSetting(inIndex)) throw unknownSetting(name);
    checkSettingValue(inIndex, value);
  }
}

/** Refuses settings of a new index by which documents would not fall to its shards. */
export function checkShardLayout(name: string, settings: FlatSettings): void {
  const { shards, routingShards, partitionSize } = shardLayout(settings);
  if (routingShards < shards) {
    throw illegalArgument(
      `index.number_of_routing_shards [${routingShards}] must be >= index.number_of_shards [${shards}]`,
    );
  }
  if (routingShards % shards !== 0) {
    throw illegalArgument(`the number of source shards [${shards}] must be a factor of [${routingShards}]`);
  }
  if (partitionSize > 1 && partitionSize >= routingShards) {
    throw illegalArgument(
      `routing partition size [${partitionSize}] should be a positive number less than the number of shards ` +
        `[${routingShards}] for [${name}]`,
    );
  }
}

const similarity = 'index.similarity.';

/** Whether settings that are to change say how terms are scored. */
export function changesSimilarity(settings: FlatSettings): boolean {
  return Object.keys(settings).some((name) => name.startsWith(similarity));
}

/** Checks settings that are to change. */
export function checkChangedSettings(settings: FlatSettings, index: Index, isClosed: boolean): void {
  const names = Object.keys(settings);
  const made = names.find(isMadeByIndex);
  if (made !== undefined) throw unknownSetting(made);
  const refused = names.filter((name) => isAmong(name, unchanging) || (!isClosed && isAmong(name, unchangedWhileOpen)));
  if (refused.length > 0) {
    throw illegalArgument(
      isClosed
        ? `final ${index.name} setting [${refused[0]}], not updateable`
        : `Can't update non dynamic settings [[${refused.join(', ')}]] for open indices [[${index.name}/${index.uuid}]]`,
    );
  }
  checkNewSettings(Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== null)));
}

function unknownSetting(name: string): Error {
  const hint = didYouMean(
    name,
    knownSettings.map((known) => `index.${known}`),
    0.7,
  );
  const otherwise =
    ' please check that any required plugins are installed, or check the breaking changes documentation for removed settings';
  return illegalArgument(`unknown setting [${name}]${hint === '' ? otherwise : hint}`);
}
