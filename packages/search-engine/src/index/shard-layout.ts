import type { JsonObject } from '../mapping/json.ts';
import { murmur3 } from '../query/functions/murmur3.ts';
import { readNumberSetting } from './settings.ts';

/** How the documents of an index would fall to its shards, which are one here: who asks with a routing value sees one shard's only. */
export interface ShardLayout {
  /** `index.number_of_shards` */
  readonly shards: number;
  /** `index.number_of_routing_shards`: a multiple of the shards, among which documents are spread first. */
  readonly routingShards: number;
  /** `index.routing_partition_size`: over so many routing shards the documents of one routing value are spread, by their ids. */
  readonly partitionSize: number;
}

/** The layout that the settings of an index make. */
export function shardLayout(settings: JsonObject): ShardLayout {
  const shards = readNumberSetting(settings, 'number_of_shards') ?? 1;
  const routingShards = readNumberSetting(settings, 'number_of_routing_shards') ?? defaultRoutingShards(shards);
  return { shards, routingShards, partitionSize: readNumberSetting(settings, 'routing_partition_size') ?? 1 };
}

/** The number of the shard that a document is in. */
export function shardOf(layout: ShardLayout, id: string, routing: string | undefined): number {
  if (layout.shards === 1) return 0;
  const { partitionSize } = layout;
  const offset = partitionSize === 1 ? 0 : floorMod(hash(id), partitionSize);
  return scaled(layout, hash(routing ?? id) + offset);
}

/** The numbers of the shards in which documents of a routing value may be. */
export function shardsOfRouting(layout: ShardLayout, routing: string): ReadonlySet<number> {
  const { shards, routingShards } = layout;
  const last = Math.min(layout.partitionSize, routingShards) - 1;
  const first = hash(routing);
  const numbers = new Set([scaled(layout, first + last)]);
  // One step for each shard: a partition may be of any size.
  for (let offset = 0; offset < last; offset += Math.max(1, Math.floor(routingShards / shards))) {
    numbers.add(scaled(layout, first + offset));
  }
  return numbers.add(scaled(layout, first));
}

/** Shards can be split by two up to 1,024 of them, and once more if there are so many. */
function defaultRoutingShards(shards: number): number {
  const splits = 10 - Math.ceil(Math.log2(shards));
  return shards * 2 ** Math.max(1, splits);
}

/** The 32-bit hash of a text's UTF-16 code units, the lower byte of each first. */
function hash(text: string): number {
  return murmur3(Buffer.from(text, 'utf16le'), 0);
}

/** compat: the sum is one of 32 bits. */
function scaled({ shards, routingShards }: ShardLayout, sum: number): number {
  return Math.floor(floorMod(sum | 0, routingShards) / (routingShards / shards));
}

function floorMod(number: number, divisor: number): number {
  return ((number % divisor) + divisor) % divisor;
}
