import type { Index } from '@daybook/search-engine';
import { didYouMean } from '../errors/did-you-mean.ts';
import { illegalArgument } from '../errors/errors.ts';
import { showValue } from '../errors/show-value.ts';
import { isKnownSetting, knownSettings } from './known-settings.ts';
import { type FlatSettings, providedName } from './settings.ts';

/** Settings that cannot change once an index is made. */
const fixed: ReadonlySet<string> = new Set([
  'index.number_of_shards',
  'index.number_of_routing_shards',
  'index.routing_partition_size',
  'index.codec',
  'index.shard.check_on_startup',
]);

const madeByIndex: ReadonlySet<string> = new Set(['index.uuid', 'index.creation_date', providedName]);

/** Whether a setting is made by the index itself: nobody sets or removes it. */
export function isMadeByIndex(name: string): boolean {
  return madeByIndex.has(name);
}

/** Checks the settings with which an index is made. */
export function checkNewSettings(settings: FlatSettings): void {
  for (const [name, value] of Object.entries(settings)) {
    if (isMadeByIndex(name) || !isKnownSetting(name.slice('index.'.length))) {
      throw unknownSetting(name);
    }
    if (name.startsWith('index.blocks.')) checkFlag(value);
    if (name === 'index.number_of_shards') checkCount(name, value, 1, 1024);
    if (name === 'index.number_of_replicas') checkCount(name, value, 0, 1024);
    if (name === 'index.max_result_window') checkCount(name, value, 1, 2_147_483_647);
  }
}

/** Checks settings that are to change. */
export function checkChangedSettings(settings: FlatSettings, index: Index): void {
  const made = Object.keys(settings).find(isMadeByIndex);
  if (made !== undefined) throw unknownSetting(made);
  const names = Object.keys(settings).filter((name) => fixed.has(name) || name.startsWith('index.analysis.'));
  if (names.length > 0) {
    throw illegalArgument(
      `Can't update non dynamic settings [[${names.join(', ')}]] for open indices [[${index.name}/${index.uuid}]]`,
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

function checkFlag(value: unknown): void {
  if (value === 'true' || value === 'false') return;
  const text = Array.isArray(value) ? `[${value.join(', ')}]` : String(value);
  throw illegalArgument(`Failed to parse value [${text}] as only [true] or [false] are allowed.`);
}

function checkCount(name: string, value: unknown, min: number, max: number): void {
  const count = Number(value);
  if (!Number.isInteger(count))
    throw illegalArgument(`Failed to parse value [${showValue(value)}] for setting [${name}]`);
  if (count < min) throw illegalArgument(`Failed to parse value [${count}] for setting [${name}] must be >= ${min}`);
  if (count > max) throw illegalArgument(`Failed to parse value [${count}] for setting [${name}] must be <= ${max}`);
}
